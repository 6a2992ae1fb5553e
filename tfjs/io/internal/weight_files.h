// Weight files as they are read and written: their lengths and hashes, and how the weight bytes are
// cut into them.
#pragma once

#include <string>
#include <vector>

#include "tfjs/io/io_handler.h"
#include "tfjs/io/model_json.h"

namespace tfjs::io::internal {

class FolderUpdate;

/// Where the weight files of a model are read from.
class WeightSource {
 public:
  virtual ~WeightSource() = default;
  /// The file at the path that model.json gives. Errors: NotFound, and others of the place.
  virtual Bytes open(const std::string& path) const = 0;
  /// What messages call that file.
  virtual std::string shown(const std::string& path) const = 0;
};

/// The artifacts of `model` with its weight files read from `source` and checked, unless
/// options.read_weights is false. `json_shown` is what messages call the JSON.
/// Errors: those of check_weight_file and weight_ranges, InvalidArgument beyond max_weight_bytes;
/// surplus bytes are a warning.
ModelArtifacts read_model(ModelJson model, const WeightSource& source,
                          const std::string& json_shown, const LoadOptions& options);

/// The artifacts of `model` with all its weight bytes; `weights_name` is what messages call them.
/// Errors: those of weight_ranges; surplus bytes are a warning.
ModelArtifacts with_weights(ModelJson model, WeightData data, const std::string& weights_name,
                            const LoadOptions& options);

/// Compares `content` with what model.json says of `file` and adds it to `progress`, which is
/// reported. `shown` names the file in messages.
/// Errors: CorruptData: another length or, when options.verify, another SHA-256; Cancelled.
void check_weight_file(const WeightFile& file, const std::string& shown, const Bytes& content,
                       const LoadOptions& options, Progress& progress);

/// Errors: CorruptData when the weight bytes are not those of the specs or a name comes twice:
/// nobody could load what would be saved.
void check_savable(const ModelArtifacts& artifacts);

/// Names and lengths of the files that `total` weight bytes go into: "./model.weights.bin", or when
/// `shard_bytes` is not 0 and less than `total`, "group1-shard1of3.bin" and so on; without hashes.
/// Errors: InvalidArgument for more than 10000 files.
std::vector<SavedWeightFile> plan_weight_files(std::uint64_t total, std::uint64_t shard_bytes);

/// Writes the files of `data` to the disk; they come back with their hashes.
std::vector<SavedWeightFile> write_weight_files(FolderUpdate& update, const WeightData& data,
                                                const SaveOptions& options);

}  // namespace tfjs::io::internal
