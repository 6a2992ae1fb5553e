#include "tfjs/io/internal/weight_files.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/io/internal/folder_update.h"
#include "tfjs/io/weight_paths.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::io::internal {

namespace {

constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;  // between two looks at the cancel token
constexpr std::uint64_t kMostFiles = 10000;

void report(const ProgressFn& on_progress, Progress& progress, std::size_t bytes) {
  progress.bytes_done += bytes;
  if (on_progress) on_progress(progress);
}

}  // namespace

void check_weight_file(const WeightFile& file, const std::string& shown, const Bytes& content,
                       const LoadOptions& options, Progress& progress) {
  const FileIntegrity& expected = file.integrity;
  if (expected.byte_length && *expected.byte_length != content.size()) {
    throw corrupt_data(shown, " has ", content.size(), " bytes, but the model says ",
                       *expected.byte_length,
                       content.size() < *expected.byte_length ? " (interrupted download?)" : "");
  }
  if (!options.verify || !expected.sha256) {
    report(options.on_progress, progress, content.size());
    return;
  }
  Sha256 hash;
  for (std::span<const std::byte> rest = content.span(); !rest.empty();) {
    options.cancel.check("load");
    const std::span<const std::byte> part = rest.first(std::min(rest.size(), kBytesAtOnce));
    hash.update(part);
    rest = rest.subspan(part.size());
    report(options.on_progress, progress, part.size());
  }
  const std::string found = hex(hash.finish());
  if (found != *expected.sha256) {
    throw corrupt_data(shown, " is damaged: its SHA-256 is ", found, ", but the model says ",
                       *expected.sha256);
  }
}

namespace {

/// The name messages give the weights: the only file's, or the first's and the last's.
std::string weights_name(const WeightSource& source, const std::vector<WeightFile>& weight_files,
                         const std::string& json_shown) {
  if (weight_files.empty()) return json_shown;
  const std::string first = source.shown(weight_files.front().path);
  return weight_files.size() == 1 ? first : cat(first, " to ", weight_files.back().path);
}

void read_weights(const WeightSource& source, const ModelJson& model, const LoadOptions& options,
                  WeightData& data) {
  std::vector<Bytes> contents;
  Progress progress;
  for (const WeightFile& file : model.weight_files) {
    options.cancel.check("load");
    contents.push_back(source.open(file.path));
    progress.bytes_total += contents.back().size();
    if (progress.bytes_total > options.max_weight_bytes) {
      throw invalid_argument(source.shown(file.path), ": the weight files have more than ",
                             options.max_weight_bytes, " bytes (max_weight_bytes)");
    }
  }
  if (options.on_progress) options.on_progress(progress);
  for (std::size_t i = 0; i < contents.size(); ++i) {
    const WeightFile& file = model.weight_files[i];
    check_weight_file(file, source.shown(file.path), contents[i], options, progress);
    data.append(std::move(contents[i]));
  }
}

}  // namespace

ModelArtifacts with_weights(ModelJson model, WeightData data, const std::string& weights_name,
                            const LoadOptions& options) {
  const std::uint64_t surplus =
      surplus_bytes(weight_ranges(model.artifacts.weight_specs, data, weights_name), data);
  if (surplus > 0 && options.on_warning) {
    options.on_warning(
        cat(weights_name, ": ", surplus, " bytes after the last weight are ignored"));
  }
  model.artifacts.weight_data = std::move(data);
  return std::move(model.artifacts);
}

ModelArtifacts read_model(ModelJson model, const WeightSource& source,
                          const std::string& json_shown, const LoadOptions& options) {
  if (!options.read_weights) return std::move(model.artifacts);
  WeightData data;
  read_weights(source, model, options, data);
  const std::string name = weights_name(source, model.weight_files, json_shown);
  return with_weights(std::move(model), std::move(data), name, options);
}

void check_savable(const ModelArtifacts& artifacts) {
  check_unique_names(artifacts.weight_specs, "save");
  weight_ranges(artifacts.weight_specs, artifacts.weight_data, "save");
}

std::vector<SavedWeightFile> plan_weight_files(std::uint64_t total, std::uint64_t shard_bytes) {
  if (shard_bytes == 0 || shard_bytes >= total) return {{"./model.weights.bin", total, ""}};
  const std::uint64_t count = (total - 1) / shard_bytes + 1;
  if (count > kMostFiles) {
    throw invalid_argument("save: shard_bytes ", shard_bytes, " would cut ", total,
                           " bytes of weights into ", count, " files; at most ", kMostFiles,
                           " are possible");
  }
  std::vector<SavedWeightFile> files;
  for (std::uint64_t i = 0; i < count; ++i) {
    files.push_back({cat("group1-shard", i + 1, "of", count, ".bin"),
                     std::min(shard_bytes, total - i * shard_bytes), ""});
  }
  return files;
}

std::vector<SavedWeightFile> write_weight_files(FolderUpdate& update, const WeightData& data,
                                                const SaveOptions& options) {
  std::vector<SavedWeightFile> files = plan_weight_files(data.size(), options.shard_bytes);
  Progress progress{.bytes_total = data.size()};
  std::size_t piece = 0;
  std::size_t begin = 0;  // within the piece
  for (SavedWeightFile& file : files) {
    auto writer = update.create_file(checked_weight_path(file.path, "save"));
    Sha256 hash;
    for (std::uint64_t left = file.byte_length; left > 0;) {
      options.cancel.check("save");
      const std::span<const std::byte> rest = data.pieces()[piece].span().subspan(begin);
      const std::span<const std::byte> part = rest.first(
          static_cast<std::size_t>(std::min<std::uint64_t>({left, rest.size(), kBytesAtOnce})));
      writer->write(part);
      hash.update(part);
      left -= part.size();
      begin += part.size();
      if (begin == data.pieces()[piece].size()) {
        ++piece;
        begin = 0;
      }
      report(options.on_progress, progress, part.size());
    }
    writer->sync();
    writer->close();
    file.sha256 = hex(hash.finish());
  }
  return files;
}

}  // namespace tfjs::io::internal
