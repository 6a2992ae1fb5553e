// The text of model.json: read into artifacts without weights and the list of files that hold them,
// and written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/io/model_artifacts.h"

namespace tfjs::io {

/// The file's name where no other is given.
inline constexpr std::string_view kModelJsonName = "model.json";

/// What model.json says of one weight file, to be checked while reading it.
struct FileIntegrity {
  std::optional<std::uint64_t> byte_length;
  std::optional<std::string> sha256;  ///< 64 lower-case hex digits
};

struct WeightFile {
  std::string path;  ///< relative to the model's folder, as checked_weight_path gives it
  FileIntegrity integrity;
};

struct ModelJson {
  /// Everything but the weight data; weight_specs are those of all groups in order.
  ModelArtifacts artifacts;
  /// The files of all groups in order: joined, they are the weight data.
  std::vector<WeightFile> weight_files;
};

/// `what` names the text in messages.
/// Errors: CorruptData: no JSON object; neither modelTopology nor weightsManifest; wrong types
/// inside the manifest; what parse_weight_spec and checked_weight_path refuse; a weight name or
/// path that comes twice; an integrity list whose length is not that of paths.
ModelJson parse_model_json(std::string_view text, const std::string& what,
                           const JsonLimits& limits = {});

/// A file as it is written into the manifest; `path` as it stands, "./model.weights.bin" included.
struct SavedWeightFile {
  std::string path;
  std::uint64_t byte_length = 0;
  std::string sha256;
};

/// The text of model.json for `artifacts` whose weights are in `files`: one manifest group. Keys in
/// this order: modelTopology, format, generatedBy, convertedBy, weightsManifest, signature,
/// userDefinedMetadata, modelInitializer, initializerSignature, trainingConfig, then the fields we
/// do not know in the order they came; absent ones are left out.
std::string write_model_json(const ModelArtifacts& artifacts,
                             const std::vector<SavedWeightFile>& files);

}  // namespace tfjs::io
