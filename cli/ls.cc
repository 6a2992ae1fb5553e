// The models in the stores, or in a folder, with dates and sizes. Makes no store that is not there.
#include <CLI/CLI.hpp>
#include <algorithm>

#include "cli/output.h"
#include "cli/place_options.h"
#include "cli/usage.h"
#include "tfjs/base/error.h"
#include "tfjs/base/iso_date.h"
#include "tfjs/io/folder_listing.h"
#include "tfjs/io/model_management.h"

namespace tfjs::cli {
namespace {

struct LsArguments {
  std::string url;
  PlaceOptions place = {};
  bool json = false;
};

using Models = std::map<std::string, io::ModelArtifactsInfo>;

Models in_folder(const std::string& path) {
  Models models;
  for (const io::StoredModel& model : io::list_models_in_folder(path, print_warning)) {
    models[model.url] = model.info;
  }
  return models;
}

/// All of a scheme for "indexeddb://"; else the model of that name and those below it.
Models in_stores(const std::string& url) {
  const auto& stores = io::default_router().stores();
  const bool is_store =
      url.empty() || std::any_of(stores.begin(), stores.end(), [&url](const auto& store) {
        return url.starts_with(store.first);
      });
  if (!is_store) {
    std::vector<std::string> schemes;
    for (const auto& [scheme, list] : stores) schemes.push_back(scheme);
    throw usage_error("cannot list ", tfjs::quoted(url), "; what can be listed is a folder, ",
                      join(schemes, ", "));
  }
  Models models;
  for (const auto& [name, info] : io::list_models().get()) {
    const bool is_below =
        name.starts_with(url) &&
        (url.empty() || url.ends_with('/') || name.size() == url.size() || name[url.size()] == '/');
    if (is_below) models[name] = info;
  }
  return models;
}

std::string as_json(const Models& models) {
  Json::Array list;
  for (const auto& [url, info] : models) {
    list.push_back(Json::object({{"url", url},
                                 {"dateSaved", iso_date(info.date_saved_ms)},
                                 {"modelTopologyBytes", info.model_topology_bytes},
                                 {"weightSpecsBytes", info.weight_specs_bytes},
                                 {"weightDataBytes", info.weight_data_bytes}}));
  }
  return write_json(Json(std::move(list))) + "\n";
}

std::string as_table(const Models& models) {
  std::vector<std::vector<std::string>> rows = {{"MODEL", "SAVED", "TOPOLOGY", "WEIGHTS"}};
  for (const auto& [url, info] : models) {
    // Down to the second, as "2026-11-27 05:52:19".
    std::string date = iso_date(info.date_saved_ms).substr(0, 19);
    date[10] = ' ';
    rows.push_back(
        {url, date, size_text(info.model_topology_bytes), size_text(info.weight_data_bytes)});
  }
  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string out;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i + 1 < row.size(); ++i) {
      out += row[i] + std::string(widths[i] - row[i].size() + 2, ' ');
    }
    out += row.back() + "\n";
  }
  return out;
}

void list(const LsArguments& arguments) {
  use_store(arguments.place);
  constexpr std::string_view kFile = "file://";
  const std::string& url = arguments.url;
  const bool is_path = !url.empty() && url.find("://") == std::string::npos;
  Models models;
  if (is_path || url.starts_with(kFile)) {
    models = in_folder(is_path ? url : url.substr(kFile.size()));
  } else {
    models = in_stores(url);
  }
  if (arguments.json) {
    print(as_json(models));
  } else {
    print(models.empty() ? "no models\n" : as_table(models));
  }
}

}  // namespace

void add_ls(CLI::App& app) {
  auto* command = app.add_subcommand("ls", "List the models in the stores, or in a folder");
  auto arguments = std::make_shared<LsArguments>();
  command->add_option("URL", arguments->url,
                      "indexeddb://, localstorage://, a model's URL, or a folder (default: all "
                      "stores)");
  command->add_option("--store", arguments->place.store,
                      "Database of localstorage:// and indexeddb://");
  command->add_flag("--json", arguments->json, "Print an array of {url, dateSaved, ...Bytes}");
  command->footer(
      "Examples:\n"
      "  tfjs ls\n"
      "  tfjs ls indexeddb://team/ --json\n"
      "  tfjs ls models/");
  command->callback([arguments] { list(*arguments); });
}

}  // namespace tfjs::cli
