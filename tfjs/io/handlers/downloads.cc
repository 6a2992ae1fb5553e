// The files are built in a folder of their own beside their places and move there, which never
// replaces anything: whoever comes second to a name takes the next number. The weights go first, so
// that a JSON never stands there without them; where the JSON could not follow, its process killed,
// the next download of the name sends it after.
#include "tfjs/io/handlers/downloads.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/base/utf8.h"
#include "tfjs/io/internal/download_folder.h"
#include "tfjs/io/internal/staging.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/router.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {

namespace {

using internal::join_path;
using platform::files;

constexpr std::string_view kDownloadsScheme = "downloads://";
constexpr std::string_view kWeightsSuffix = ".weights.bin";
constexpr std::size_t kLongestName =
    200;  // file systems take 255 bytes, suffix and number included
constexpr int kMostNumbers = 10000;

void check_name(const std::string& name) {
  const auto refuse = [&](std::string_view reason) {
    throw invalid_argument(kDownloadsScheme, ": ", quoted(name),
                           " cannot be the name of a download: ", reason);
  };
  if (name.empty()) refuse("it is empty");
  if (name.size() > kLongestName) refuse(cat("it has more than ", kLongestName, " bytes"));
  if (name.find_first_of("/\\") != std::string::npos) refuse("it holds a slash");
  if (name.find("..") != std::string::npos) refuse("it holds '..'");
  const bool has_control_characters = std::any_of(name.begin(), name.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
  if (has_control_characters) refuse("it holds a control character");
  if (!is_utf8(name)) refuse("it is no UTF-8");
}

/// A file that goes back to where it came from unless kept in its place.
class PlacedFile {
 public:
  PlacedFile() = default;
  PlacedFile(const PlacedFile&) = delete;
  PlacedFile& operator=(const PlacedFile&) = delete;
  ~PlacedFile() { take_back(); }

  /// Moves `from` to `path`. False when something is there.
  bool place(const std::string& from, const std::string& path) {
    try {
      files().rename_new(from, path);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::AlreadyExists) return false;
      throw;
    }
    from_ = from;
    path_ = path;
    return true;
  }
  /// False when it can neither go back nor be removed, which takes no room on the disk.
  bool take_back() {
    if (path_.empty()) return true;
    try {
      files().rename(path_, from_);
      path_.clear();
    } catch (const Error&) {
      internal::try_to([&] {
        files().remove_file(path_);
        path_.clear();
      });
    }
    return path_.empty();
  }
  void keep() { path_.clear(); }

 private:
  std::string from_;
  std::string path_;
};

/// For a killed download: when its weights are in `folder` but its JSON, complete by then, is still
/// in `staging`, that takes its place beside them.
void send_json_after(const std::string& folder, const std::string& staging) {
  const std::string path = join_path(staging, "json");
  if (files().info(join_path(staging, "weights")) || !files().info(path)) return;
  const Bytes text = files().read(path, JsonLimits().max_bytes);
  const std::vector<WeightFile> weight_files = parse_model_json(text.text(), path).weight_files;
  if (weight_files.size() != 1) return;
  const WeightFile& weights = weight_files.front();
  if (weights.path.find('/') != std::string::npos || !weights.path.ends_with(kWeightsSuffix))
    return;
  const auto info = files().info(join_path(folder, weights.path));
  if (!info || info->size != weights.integrity.byte_length) return;
  const std::string name = weights.path.substr(0, weights.path.size() - kWeightsSuffix.size());
  files().rename_new(path, join_path(folder, name + ".json"));
}

/// A staging folder, removed at the end.
class Staging {
 public:
  Staging(const std::string& parent, const std::string& name) {
    const std::string prefix = internal::staging_prefix(name);
    internal::try_to([&] {
      internal::remove_stale_folders(
          parent, prefix, [&](const std::string& path) { send_json_after(parent, path); });
    });
    folder_ = internal::make_staging_folder(parent, prefix);
  }
  Staging(const Staging&) = delete;
  Staging& operator=(const Staging&) = delete;
  ~Staging() {
    internal::try_to([&] { files().remove_tree(folder_.path); });
  }
  std::string at(std::string_view name) const { return join_path(folder_.path, name); }

 private:
  internal::StagingFolder folder_;
};

void write_file(const std::string& path, std::string_view text) {
  const auto writer = files().create_file(path, true);
  writer->write(text);
  writer->sync();
  writer->close();
}

/// Gives the weights and a JSON that names them the first free names. Returns the JSON's.
std::string publish(const std::string& folder, const std::string& name,
                    const ModelArtifacts& artifacts, SavedWeightFile weights,
                    const Staging& staging) {
  for (int number = 0; number < kMostNumbers; ++number) {
    const std::string numbered = number == 0 ? name : cat(name, " (", number, ')');
    const std::string json_path = join_path(folder, numbered + ".json");
    const std::string weights_name = cat(numbered, kWeightsSuffix);
    if (files().info(json_path)) continue;
    weights.path = "./" + weights_name;
    write_file(staging.at("json"), write_model_json(artifacts, {weights}));
    PlacedFile weights_file;
    if (!weights_file.place(staging.at("weights"), join_path(folder, weights_name))) continue;
    files().sync_folder(folder);
    PlacedFile json_file;
    if (!json_file.place(staging.at("json"), json_path)) continue;
    try {
      files().sync_folder(folder);
    } catch (const Error&) {
      if (!json_file.take_back()) weights_file.keep();
      throw;
    }
    json_file.keep();
    weights_file.keep();
    return json_path;
  }
  throw already_exists("cannot save ", quoted(name), " to ", quoted(folder, 4096), ": there are ",
                       kMostNumbers, " of that name");
}

SaveResult save_to_downloads(const std::string& folder, const std::string& name,
                             const ModelArtifacts& artifacts, const SaveOptions& options) {
  options.cancel.check("save");
  internal::check_savable(artifacts);
  const WeightData& data = artifacts.weight_data;
  if (options.shard_bytes != 0 && options.shard_bytes < data.size()) {
    throw unsupported(kDownloadsScheme,
                      " saves the weights in one file; shard_bytes must be 0, got ",
                      options.shard_bytes);
  }
  files().make_folders(folder);
  const Staging staging(folder, name);
  SavedWeightFile weights{"", data.size(), ""};
  Progress progress{.bytes_total = data.size()};
  const auto writer = files().create_file(staging.at("weights"));
  internal::write_weight_file(*writer, data, 0, options, progress, weights);
  options.cancel.check("save");
  SaveResult result{artifacts_info(artifacts)};
  result.saved_as = publish(folder, name, artifacts, std::move(weights), staging);
  return result;
}

class DownloadsHandler : public IOHandler {
 public:
  DownloadsHandler(std::string name, std::string folder)
      : name_(std::move(name)), folder_(std::move(folder)) {}

  std::string description() const override { return cat(kDownloadsScheme, name_); }
  bool can_load() const override { return false; }

  Future<ModelArtifacts> load(const LoadOptions&) override {
    return Future<ModelArtifacts>::from([&]() -> ModelArtifacts {
      throw unsupported("cannot load ", quoted(description()), ": ", kDownloadsScheme,
                        " is save-only; load the downloaded files by file:// or browser_files");
    });
  }

  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options) override {
    return Future<SaveResult>::from([&] {
      const std::string folder = folder_.empty() ? internal::download_folder() : folder_;
      return save_to_downloads(folder, name_, artifacts, options);
    });
  }

 private:
  std::string name_;
  std::string folder_;
};

IOHandlerPtr route_download(const std::string& url) {
  return url.starts_with(kDownloadsScheme) ? downloads(url.substr(kDownloadsScheme.size()))
                                           : nullptr;
}

}  // namespace

IOHandlerPtr downloads(const std::string& name, DownloadsOptions options) {
  check_name(name);
  return std::make_shared<DownloadsHandler>(name, std::move(options.folder));
}

void register_downloads(Router& router) {
  router.register_scheme(std::string(kDownloadsScheme));
  router.register_save_router(route_download);
  router.register_load_router(route_download);  // to say that it is save-only
}

}  // namespace tfjs::io
