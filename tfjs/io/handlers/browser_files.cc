#include "tfjs/io/handlers/browser_files.h"

#include <algorithm>
#include <map>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/given_files.h"
#include "tfjs/io/internal/model_zip.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/zip_archive.h"

namespace tfjs::io {

namespace {

using internal::GivenFile;
using internal::is_stray;

/// The names, as messages show them.
std::string names_of(const std::vector<const GivenFile*>& files) {
  constexpr std::size_t kMostShown = 10;
  std::vector<std::string> names;
  for (const GivenFile* file : files) {
    if (names.size() == kMostShown) {
      names.push_back(cat(files.size() - kMostShown, " more"));
      break;
    }
    names.push_back(quoted(file->name));
  }
  return join(names, ", ");
}

bool is_model(const Json& json) {
  return json.find("modelTopology") != nullptr || json.find("weightsManifest") != nullptr;
}

/// Of several files that are called JSON, those that are the JSON of a model. Throws what is wrong
/// with the first one that is no JSON when there are none.
std::vector<const GivenFile*> models_among(const std::vector<const GivenFile*>& jsons,
                                           const LoadOptions& options) {
  std::vector<const GivenFile*> models;
  std::optional<Error> problem;
  for (const GivenFile* json : jsons) {
    try {
      const Bytes text = json->open(options);
      if (is_model(parse_json(text.text(), json->name, options.json_limits)))
        models.push_back(json);
    } catch (const Error& error) {
      if (!problem) problem = error;
    }
  }
  if (models.empty() && problem) throw *problem;
  return models;
}

/// The JSON of the model, or nullptr when no file is called JSON.
const GivenFile* find_json(const std::vector<GivenFile>& given, const LoadOptions& options) {
  std::vector<const GivenFile*> jsons;
  for (const GivenFile& file : given) {
    if (file.name.ends_with(".json") && !is_stray(file.name)) jsons.push_back(&file);
  }
  if (jsons.empty()) return nullptr;
  if (jsons.size() == 1) return jsons[0];
  const std::vector<const GivenFile*> models = models_among(jsons, options);
  if (models.empty()) {
    throw corrupt_data("browser_files: none of ", names_of(jsons),
                       " is a TensorFlow.js model: they have neither modelTopology nor "
                       "weightsManifest");
  }
  if (models.size() > 1) {
    throw invalid_argument("browser_files: ", models.size(),
                           " of the files are models: ", names_of(models), "; give one");
  }
  return models[0];
}

/// The only zip archive among the files. Errors: NotFound, InvalidArgument.
const GivenFile& find_zip(const std::vector<GivenFile>& given, const LoadOptions& options) {
  std::vector<const GivenFile*> all;
  std::vector<const GivenFile*> zips;
  for (const GivenFile& file : given) {
    if (is_stray(file.name)) continue;
    all.push_back(&file);
    if (is_zip(file.open(options).text())) zips.push_back(&file);
  }
  if (zips.size() > 1) {
    throw invalid_argument("browser_files: several zip archives were given: ", names_of(zips),
                           "; give one");
  }
  if (zips.empty()) {
    throw not_found("browser_files: no model.json, nor a zip archive, among the files given: ",
                    all.empty() ? "there are none" : names_of(all));
  }
  return *zips[0];
}

/// Each weight path with the file that it means.
class GivenWeights : public internal::WeightSource {
 public:
  /// Errors: see browser_files().
  GivenWeights(const std::vector<GivenFile>& given, const GivenFile& json,
               const std::vector<WeightFile>& weight_files, const LoadOptions& options);

  std::string shown(const std::string& path) const override { return by_path_.at(path).name; }
  Bytes open(const std::string& path) const override { return by_path_.at(path).open(options_); }

  /// Says which of the files given one by one were of no use.
  void warn_of_unused(const std::vector<GivenFile>& given, const GivenFile& json) const;

 private:
  std::optional<GivenFile> find(const std::vector<GivenFile>& given, const GivenFile& json,
                                const std::string& path) const;

  const LoadOptions& options_;
  std::map<std::string, GivenFile> by_path_;
};

const GivenFile* only_file(const std::vector<const GivenFile*>& found, const std::string& path) {
  if (found.size() > 1) {
    throw invalid_argument("browser_files: weight path ", quoted(path), " could be each of ",
                           names_of(found));
  }
  return found.empty() ? nullptr : found[0];
}

std::optional<GivenFile> GivenWeights::find(const std::vector<GivenFile>& given,
                                            const GivenFile& json, const std::string& path) const {
  const std::string& prefix = options_.weight_path_prefix;
  const std::string whole = cat(prefix.empty() ? json.folder_name() : prefix, path);
  const std::string_view last = std::string_view(path).substr(path.rfind('/') + 1);
  std::vector<const GivenFile*> exact;
  std::vector<const GivenFile*> alike;
  for (const GivenFile& file : given) {
    if (&file == &json) continue;
    if (file.name == whole) exact.push_back(&file);
    if (file.last_name() == last && !is_stray(file.name)) alike.push_back(&file);
  }
  if (const GivenFile* file = only_file(exact, path)) return *file;
  // Not listed: in a folder of the JSON's folder.
  if (json.folder && prefix.empty() && json.folder->info(path, {options_.follow_links})) {
    return GivenFile{whole, std::nullopt, json.folder, path};
  }
  if (const GivenFile* file = only_file(alike, path)) return *file;
  return std::nullopt;
}

GivenWeights::GivenWeights(const std::vector<GivenFile>& given, const GivenFile& json,
                           const std::vector<WeightFile>& weight_files, const LoadOptions& options)
    : options_(options) {
  std::vector<std::string> missing;
  std::map<std::string, std::string> path_of;  // by the name of a file
  for (const WeightFile& weights : weight_files) {
    std::optional<GivenFile> file = find(given, json, weights.path);
    if (!file) {
      missing.push_back(quoted(weights.path));
      continue;
    }
    const auto [other, is_new] = path_of.emplace(file->name, weights.path);
    if (!is_new) {
      throw invalid_argument("browser_files: weight paths ", quoted(other->second), " and ",
                             quoted(weights.path), " of ", json.name, " both mean ",
                             quoted(file->name));
    }
    by_path_.emplace(weights.path, *std::move(file));
  }
  if (!missing.empty()) {
    throw not_found("browser_files: ", json.name,
                    " names weight files that were not given: ", join(missing, ", "),
                    " (topology_only loads the topology without them)");
  }
}

void GivenWeights::warn_of_unused(const std::vector<GivenFile>& given,
                                  const GivenFile& json) const {
  if (!options_.on_warning) return;
  for (const GivenFile& file : given) {
    if (&file == &json || file.folder || is_stray(file.name)) continue;
    const bool is_used = std::any_of(by_path_.begin(), by_path_.end(), [&](const auto& used) {
      return used.second.name == file.name;
    });
    if (!is_used) options_.on_warning(cat(quoted(file.name), " is no file of the model; ignored"));
  }
}

/// Errors: InvalidArgument when the JSON says nothing of weights, not even that there are none.
void check_has_manifest(const ModelJson& model, const GivenFile& json, const LoadOptions& options) {
  if (!model.weight_files.empty() || !model.artifacts.weight_specs.empty()) return;
  const Bytes text = json.open(options);
  if (parse_json(text.text(), json.name, options.json_limits).find("weightsManifest") == nullptr) {
    throw invalid_argument("browser_files: ", json.name,
                           " has no weightsManifest; topology_only loads the topology alone");
  }
}

ModelArtifacts load_given(const std::vector<File>& files, bool topology_only, LoadOptions options) {
  options.cancel.check("load");
  if (topology_only) options.read_weights = false;
  const std::vector<GivenFile> given = internal::open_folders(files);
  const GivenFile* json = find_json(given, options);
  if (json == nullptr) {
    const GivenFile& zip = find_zip(given, options);
    return internal::read_model_zip(zip.open(options), zip.name, options);
  }
  ModelJson model = parse_model_json(json->open(options).text(), json->name, options.json_limits);
  if (!topology_only) check_has_manifest(model, *json, options);
  if (!options.read_weights) return std::move(model.artifacts);
  const GivenWeights weights(given, *json, model.weight_files, options);
  weights.warn_of_unused(given, *json);
  return internal::read_model(std::move(model), weights, json->name, options);
}

class BrowserFilesHandler : public IOHandler {
 public:
  BrowserFilesHandler(std::vector<File> files, BrowserFilesOptions options)
      : files_(std::move(files)), options_(options) {}

  std::string description() const override {
    return files_.size() == 1
               ? cat("the file ", quoted(files_[0].name, 4096))
               : cat("the ", files_.size(), " files ", quoted(files_[0].name, 4096), ", ...");
  }
  bool can_save() const override { return false; }

  Future<ModelArtifacts> load(const LoadOptions& options) override {
    return Future<ModelArtifacts>::from([&] {
      ModelArtifacts artifacts = load_given(files_, options_.topology_only, options);
      if (options_.topology_only) artifacts.weight_specs.clear();
      return artifacts;
    });
  }

 private:
  std::vector<File> files_;
  BrowserFilesOptions options_;
};

}  // namespace

IOHandlerPtr browser_files(std::vector<File> files, BrowserFilesOptions options) {
  if (files.empty()) throw invalid_argument("browser_files: no files were given");
  return std::make_shared<BrowserFilesHandler>(std::move(files), options);
}

}  // namespace tfjs::io
