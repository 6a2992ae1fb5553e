// A save replaces json and weights together (internal/folder_update.h). A load opens the folder
// once, reads model.json, maps the weight files, and looks at the end whether a save came in
// between: then it reads again. A path to a zip archive goes to internal/model_zip.h.
#include "tfjs/io/handlers/file.h"

#include <algorithm>
#include <set>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/io/internal/folder_update.h"
#include "tfjs/io/internal/model_folder.h"
#include "tfjs/io/internal/model_zip.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/platform/clock.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {

namespace {

using internal::FolderUpdate;
using internal::ModelFolder;
using platform::files;

constexpr std::string_view kFileScheme = "file://";
constexpr int kLoadAttempts = 40;  // a load is faster than a save; several in a row are bad luck

/// Where a model is: its folder and the name of its JSON file in there.
struct Place {
  std::string folder;
  std::string json_name;
  bool is_json_named = false;  ///< the path given is that of the JSON file
};

/// The folder part and the name after the last '/'.
Place split_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path, true};
  return {slash == 0 ? "/" : path.substr(0, slash), path.substr(slash + 1), true};
}

Place place_to_load(const std::string& path) {
  const auto info = files().info(path);
  if (!info) throw not_found("no model at ", quoted(path, 4096), ": no such file or folder");
  if (info->is_folder()) return {path, std::string(kModelJsonName), false};
  if (!info->is_file()) {
    throw invalid_argument(quoted(path, 4096), " is neither a folder nor a regular file");
  }
  return split_path(path);
}

/// The folder to save to: `path`, or that of a model.json it names.
std::string folder_to_save(const std::string& path) {
  const auto info = files().info(path);
  if (info && info->is_folder()) return path;
  const Place place = split_path(path);
  if (place.json_name == kModelJsonName) return place.folder;
  if (info) {
    throw invalid_argument("cannot save to ", quoted(path, 4096),
                           ": it is a file; a model is saved into a folder");
  }
  if (place.json_name.ends_with(".json")) {
    throw invalid_argument("cannot save to ", quoted(path, 4096),
                           ": a model is saved into a folder, as model.json; give the folder");
  }
  return path;
}

/// The weight files a model.json names, for replacing or removing them: as many as can be
/// understood.
std::set<std::string> weight_file_names(std::string_view json, const std::string& what) {
  std::set<std::string> names;
  try {
    for (const WeightFile& file : parse_model_json(json, what).weight_files)
      names.insert(file.path);
  } catch (const Error&) {
    // No model, so nothing of a model.
  }
  return names;
}

std::set<std::string> model_file_names(const std::string& folder) {
  std::set<std::string> names;
  // Twice: the files of a model that cannot be read stay beside the new one's for ever.
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      const ModelFolder model(folder, std::string(kModelJsonName), {.follow_links_outside = true});
      names = weight_file_names(model.json().text(), folder);
      break;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::Unavailable) break;  // no model there yet
    }
  }
  names.insert(std::string(kModelJsonName));
  return names;
}

/// Weight paths as they are asked for: in the model's folder, or where
/// LoadOptions::weight_path_prefix says.
class FolderWeights : public internal::WeightSource {
 public:
  FolderWeights(const ModelFolder& model, const std::vector<WeightFile>& weight_files,
                const LoadOptions& options)
      : model_(model), open_options_{options.follow_links} {
    std::string prefix = options.weight_path_prefix;
    if (prefix.starts_with(kFileScheme)) prefix.erase(0, kFileScheme.size());
    if (!prefix.empty()) {
      const auto info = files().info(prefix);
      const Place place = info && info->is_folder() ? Place{prefix, ""} : split_path(prefix);
      other_ = files().open_folder(place.folder);
      name_prefix_ = place.json_name;
    } else if (options.read_weights && weight_files.size() > 1) {
      make_room(weight_files);
    }
  }

  std::string shown(const std::string& path) const override {
    if (!other_) return model_.shown(path);
    return cat(other_->path(), other_->path().ends_with('/') ? "" : "/", name_prefix_, path);
  }

  Bytes open(const std::string& path) const override {
    if (!other_) return model_.open_file(path, open_options_);
    return other_->open_file(name_prefix_ + path, open_options_);
  }

 private:
  /// Has the files mapped side by side: a weight that several of them hold need not be copied.
  void make_room(const std::vector<WeightFile>& weight_files) {
    std::vector<std::uint64_t> sizes;
    for (const WeightFile& file : weight_files) {
      sizes.push_back(model_.size_of(file.path, open_options_));
    }
    open_options_.room = files().make_room(sizes);
  }

  const ModelFolder& model_;
  platform::OpenOptions open_options_;
  std::shared_ptr<platform::Folder> other_;
  std::string name_prefix_;
};

ModelArtifacts load_once(const ModelFolder& folder, const std::string& json_shown,
                         const LoadOptions& options) {
  ModelJson model = parse_model_json(folder.json().text(), json_shown, options.json_limits);
  const FolderWeights source(folder, model.weight_files, options);
  return internal::read_model(std::move(model), source, json_shown, options);
}

ModelArtifacts load_from_folder(const std::string& path, const LoadOptions& options) {
  for (int attempt = 1;; ++attempt) {
    options.cancel.check("load");
    const bool is_last = attempt == kLoadAttempts;
    std::optional<ModelFolder> folder;
    try {
      const Place place = place_to_load(path);
      folder.emplace(place.folder, place.json_name,
                     platform::OpenOptions{place.is_json_named || options.follow_links},
                     options.json_limits.max_bytes);
      ModelArtifacts artifacts = load_once(*folder, folder->shown(place.json_name), options);
      if (is_last || folder->is_unchanged()) return artifacts;
    } catch (const Error& error) {
      // A folder that is being replaced may lose its files between two of our steps.
      const bool may_be_replaced =
          folder ? !folder->is_unchanged() : error.code() == ErrorCode::NotFound && attempt < 6;
      if (is_last || !may_be_replaced) throw;
    }
    platform::sleep_ms(std::min(attempt, 10));
  }
}

SaveResult save_to_folder(const std::string& path, const ModelArtifacts& artifacts,
                          const SaveOptions& options) {
  options.cancel.check("save");
  internal::check_savable(artifacts);
  FolderUpdate update(folder_to_save(path));
  const std::vector<SavedWeightFile> weight_files =
      internal::write_weight_files(update, artifacts.weight_data, options);
  auto json = update.create_file(std::string(kModelJsonName));
  json->write(write_model_json(artifacts, weight_files));
  json->sync();
  json->close();
  options.cancel.check("save");
  update.commit(model_file_names);
  return {artifacts_info(artifacts)};
}

class FileHandler : public IOHandler {
 public:
  explicit FileHandler(std::string path) : path_(std::move(path)) {}

  std::string description() const override { return cat(kFileScheme, path_); }
  bool can_remove() const override { return true; }
  std::string place() const override;

  Future<ModelArtifacts> load(const LoadOptions& options) override {
    return Future<ModelArtifacts>::from([&] {
      if (auto zip = internal::open_zip(path_)) {
        return internal::read_model_zip(*std::move(zip), path_, options);
      }
      return load_from_folder(path_, options);
    });
  }

  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options) override {
    return Future<SaveResult>::from([&] {
      return internal::means_zip(path_) ? internal::save_model_zip(path_, artifacts, options)
                                        : save_to_folder(path_, artifacts, options);
    });
  }

  Future<void> remove() override {
    return Future<void>::from([&] { remove_model_files(path_); });
  }

 private:
  std::string path_;
};

/// The folder, every link resolved, whether it or its model.json is named.
std::string FileHandler::place() const {
  std::string path = files().resolve(path_);
  if (path.ends_with("/model.json"))
    path.erase(path.size() - std::string_view("/model.json").size());
  return cat(kFileScheme, path);
}

IOHandlerPtr route_file(const std::string& url) {
  return url.starts_with(kFileScheme) ? file_system(url) : nullptr;
}

}  // namespace

IOHandlerPtr file_system(const std::string& path) {
  std::string plain = path.starts_with(kFileScheme) ? path.substr(kFileScheme.size()) : path;
  if (plain.empty())
    throw invalid_argument("file:// needs a path: file://DIR or file://DIR/model.json");
  if (plain.find('\0') != std::string::npos) {
    throw invalid_argument("path ", quoted(plain), " contains a NUL character");
  }
  return std::make_shared<FileHandler>(std::move(plain));
}

void register_file(Router& router) {
  router.register_scheme(std::string(kFileScheme));
  router.register_load_router(route_file);
  router.register_save_router(route_file);
}

void remove_model_files(const std::string& path) {
  if (internal::open_zip(path)) return internal::remove_model_zip(path);
  const Place place = place_to_load(path);
  const platform::OpenOptions follow{.follow_links_outside = true};
  const ModelFolder model(place.folder, place.json_name, follow);
  const std::set<std::string> weights =
      weight_file_names(model.json().text(), model.shown(place.json_name));
  internal::remove_files(place.folder, place.json_name, weights);
}

}  // namespace tfjs::io
