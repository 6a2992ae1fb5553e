// A save goes through the weights twice, since the header of an entry tells its checksum before its
// content and model.json comes first and tells the hashes: once to compute them, once to write.
#include "tfjs/io/internal/model_zip.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "tfjs/base/crc32.h"
#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/core/dtype.h"
#include "tfjs/io/internal/file_update.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/weight_paths.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/io/zip_archive.h"
#include "tfjs/io/zip_writer.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

namespace {

using platform::files;

/// What weights without "byteLength" may unpack to beyond what their specs say.
constexpr std::uint64_t kRoomForSurplus = std::uint64_t{1} << 20;
constexpr std::uint64_t kRoomForStrings = std::uint64_t{256} << 20;

/// What archives of macOS hold besides; "._NAME" as well.
bool is_of_the_system(std::string_view name) {
  return name.starts_with("__MACOSX/") || name.substr(name.rfind('/') + 1).starts_with("._");
}

/// The JSON, called model.json or not, among entries with `depth` slashes in their names; nullptr
/// when there is none.
const ZipEntry* find_json(const ZipArchive& zip, const std::string& shown, bool is_model_json,
                          std::ptrdiff_t depth) {
  std::vector<const ZipEntry*> found;
  for (const ZipEntry& entry : zip.entries()) {
    const std::string_view name = entry.name;
    if (is_of_the_system(name) || !name.ends_with(".json")) continue;
    if (std::count(name.begin(), name.end(), '/') != depth) continue;
    if ((name.substr(name.rfind('/') + 1) == kModelJsonName) == is_model_json)
      found.push_back(&entry);
  }
  if (found.size() > 1) {
    throw invalid_argument(shown,
                           is_model_json ? " holds several models: "
                                         : " has no model.json, but several others of that kind: ",
                           quoted(found[0]->name), ", ", quoted(found[1]->name));
  }
  return found.empty() ? nullptr : found[0];
}

const ZipEntry& json_of(const ZipArchive& zip, const std::string& shown) {
  for (const bool is_model_json : {true, false}) {
    for (const std::ptrdiff_t depth : {0, 1}) {
      if (const ZipEntry* entry = find_json(zip, shown, is_model_json, depth)) return *entry;
    }
  }
  throw not_found(shown, " holds no model: there is no model.json in it, nor in a folder of it");
}

class ZipWeights : public WeightSource {
 public:
  /// Weight paths follow `prefix`.
  ZipWeights(const ZipArchive& zip, std::string prefix) : zip_(zip), prefix_(std::move(prefix)) {}

  std::string shown(const std::string& path) const override { return zip_.shown(prefix_ + path); }

  Bytes open(const std::string& path) const override {
    const ZipEntry& found = entry(path);
    return zip_.read(found, found.size);
  }

  /// Compares the sizes of all files with what the model says of them, before any is unpacked.
  void check_sizes(const ModelJson& model, const std::string& json_shown,
                   std::uint64_t max_weight_bytes) const;

 private:
  const ZipEntry& entry(const std::string& path) const {
    const ZipEntry* found = zip_.find(prefix_ + path);
    if (found == nullptr) throw not_found(shown(path), " is not in the archive");
    return *found;
  }

  const ZipArchive& zip_;
  std::string prefix_;
};

void ZipWeights::check_sizes(const ModelJson& model, const std::string& json_shown,
                             std::uint64_t max_weight_bytes) const {
  const std::vector<WeightSpec>& specs = model.artifacts.weight_specs;
  bool is_length_known = true;
  std::uint64_t unpacked = 0;
  for (const WeightFile& file : model.weight_files) {
    const ZipEntry& found = entry(file.path);
    const auto& length = file.integrity.byte_length;
    if (length && *length != found.size) {
      throw corrupt_data(shown(file.path), " has ", found.size, " bytes, but the model says ",
                         *length);
    }
    if (!length) is_length_known = false;
    if (!found.is_stored()) {
      unpacked += std::min(found.size, std::numeric_limits<std::uint64_t>::max() - unpacked);
    }
  }
  if (unpacked > max_weight_bytes) {
    throw invalid_argument(json_shown, ": the compressed weights would unpack to ", unpacked,
                           " bytes, more than ", max_weight_bytes, " (max_weight_bytes)");
  }
  const WeightBytes needed = weight_bytes(specs, json_shown);
  const bool has_strings = !needed.is_exact;
  if (has_strings && is_length_known) return;
  const std::uint64_t room = needed.least + (has_strings ? kRoomForStrings : kRoomForSurplus);
  if (unpacked > room) {
    throw corrupt_data(json_shown, ": the compressed weights would unpack to ", unpacked,
                       " bytes, but the weights of the model account for ", room, " at most",
                       has_strings ? " as long as it does not tell the files' byteLength" : "");
  }
}

/// The hash of each file, into `weight_files`; the CRC-32 of each comes back.
std::vector<std::uint32_t> hash_files(const WeightData& data, const CancelToken& cancel,
                                      std::vector<SavedWeightFile>& weight_files) {
  std::vector<std::uint32_t> checksums;
  std::uint64_t offset = 0;
  for (SavedWeightFile& file : weight_files) {
    Sha256 hash;
    std::uint32_t checksum = 0;
    for_each_part(data, offset, file.byte_length, cancel, [&](std::span<const std::byte> part) {
      hash.update(part);
      checksum = crc32(part, checksum);
    });
    file.sha256 = hex(hash.finish());
    checksums.push_back(checksum);
    offset += file.byte_length;
  }
  return checksums;
}

}  // namespace

std::optional<Bytes> open_zip(const std::string& path) {
  const auto info = files().info(path);
  if (!info || !info->is_file()) return std::nullopt;
  Bytes content = files().map(path);
  return is_zip(content.text()) ? std::optional<Bytes>(std::move(content)) : std::nullopt;
}

bool means_zip(const std::string& path) {
  return path.ends_with(".zip");
}

ModelArtifacts read_model_zip(Bytes zip, const std::string& shown, const LoadOptions& options) {
  options.cancel.check("load");
  const ZipArchive archive(std::move(zip), shown);
  const ZipEntry& json = json_of(archive, shown);
  const std::string json_shown = archive.shown(json.name);
  const Bytes text = archive.read(json, options.json_limits.max_bytes);
  ModelJson model = parse_model_json(text.text(), json_shown, options.json_limits);
  const ZipWeights weights(archive, options.weight_path_prefix.empty()
                                        ? json.name.substr(0, json.name.rfind('/') + 1)
                                        : options.weight_path_prefix);
  if (options.read_weights) weights.check_sizes(model, json_shown, options.max_weight_bytes);
  return read_model(std::move(model), weights, json_shown, options);
}

SaveResult save_model_zip(const std::string& path, const ModelArtifacts& artifacts,
                          const SaveOptions& options) {
  options.cancel.check("save");
  check_savable(artifacts);
  const ModelArtifactsInfo info = artifacts_info(artifacts);
  const WeightData& data = artifacts.weight_data;
  std::vector<SavedWeightFile> weight_files = plan_weight_files(data.size(), options.shard_bytes);
  const std::vector<std::uint32_t> checksums = hash_files(data, options.cancel, weight_files);

  FileUpdate update(path);
  ZipWriter zip([&](std::span<const std::byte> part) { update.write(part); }, info.date_saved_ms);
  const std::string json = write_model_json(artifacts, weight_files);
  const auto json_bytes = bytes_of(json);
  zip.begin_entry(std::string(kModelJsonName), json.size(), crc32(json_bytes));
  zip.write(json_bytes);
  Progress progress{.bytes_total = data.size()};
  for (std::size_t i = 0; i < weight_files.size(); ++i) {
    const std::uint64_t size = weight_files[i].byte_length;
    zip.begin_entry(checked_weight_path(weight_files[i].path, "save"), size, checksums[i]);
    const std::uint64_t begin = progress.bytes_done;
    for_each_part(data, begin, size, options.cancel, [&](std::span<const std::byte> part) {
      zip.write(part);
      progress.bytes_done += part.size();
      if (options.on_progress) options.on_progress(progress);
    });
  }
  zip.finish();
  options.cancel.check("save");
  update.commit();
  return {info};
}

void remove_model_zip(const std::string& path) {
  const Bytes zip = files().map(path);
  read_model_zip(zip, path, {.read_weights = false});
  files().remove_file(path);
}

}  // namespace tfjs::io::internal
