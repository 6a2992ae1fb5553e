#include "tfjs/io/folder_listing.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/model_folder.h"
#include "tfjs/io/internal/staging.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {

namespace {

using internal::join_path;
using platform::files;

bool is_model_folder(const std::string& path) {
  const auto json = files().info(join_path(path, kModelJsonName));
  return json && json->is_file();
}

StoredModel model_in_folder(const std::string& path) {
  const internal::ModelFolder folder(path, std::string(kModelJsonName), {});
  const ModelJson model = parse_model_json(folder.json().text(), folder.shown(kModelJsonName));
  StoredModel out{cat("file://", path), artifacts_info(model.artifacts)};
  for (const WeightFile& file : model.weight_files) {
    out.info.weight_data_bytes += folder.open_file(file.path, {}).size();
  }
  const auto json = files().info(join_path(path, kModelJsonName));
  if (json) out.info.date_saved_ms = json->modified_ms;
  return out;
}

StoredModel model_in_archive(const std::string& path) {
  const ModelArtifacts artifacts = file_system(path)->load({.verify = false}).get();
  StoredModel out{cat("file://", path), artifacts_info(artifacts)};
  const auto archive = files().info(path);
  if (archive) out.info.date_saved_ms = archive->modified_ms;
  return out;
}

}  // namespace

std::vector<StoredModel> list_models_in_folder(const std::string& path,
                                               const WarningFn& on_warning) {
  std::string folder = path;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  if (is_model_folder(folder)) return {model_in_folder(folder)};

  std::vector<StoredModel> models;
  for (const std::string& name : files().list(folder)) {
    const std::string inside = join_path(folder, name);
    const auto info = files().info(inside);
    if (!info || name.starts_with('.')) continue;
    try {
      if (info->is_folder() && is_model_folder(inside)) models.push_back(model_in_folder(inside));
      if (info->is_file() && name.ends_with(".zip")) models.push_back(model_in_archive(inside));
    } catch (const Error& error) {
      if (on_warning) on_warning(cat(inside, ": ", error.what()));
    }
  }
  return models;
}

}  // namespace tfjs::io
