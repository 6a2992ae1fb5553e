// A model between a store and memory: its topology as JSON, its weight specs, its weight bytes, and
// every other top-level field of model.json, known or not, in order.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tfjs/base/json.h"
#include "tfjs/io/weight_data.h"
#include "tfjs/io/weight_spec.h"

namespace tfjs::io {

struct ModelArtifacts {
  Json model_topology;  ///< null when absent
  /// Top-level fields but modelTopology and weightsManifest: format, generatedBy, convertedBy,
  /// signature, userDefinedMetadata, modelInitializer, initializerSignature, trainingConfig, and
  /// unknown ones.
  Json::Object fields;
  std::vector<WeightSpec> weight_specs;
  WeightData weight_data;
  /// Where it came from, for messages: a URL or path.
  std::string origin;

  const Json* training_config() const { return fields.find("trainingConfig"); }
  const Json* user_defined_metadata() const { return fields.find("userDefinedMetadata"); }
  /// "layers-model", "graph-model", or "" when not said.
  std::string format() const;
};

/// What a save wrote; sizes in bytes, as stock counts them (UTF-8 length of the JSON texts).
struct ModelArtifactsInfo {
  std::int64_t date_saved_ms = 0;  ///< milliseconds since 1970 UTC
  std::string model_topology_type = "JSON";
  std::uint64_t model_topology_bytes = 0;
  std::uint64_t weight_specs_bytes = 0;
  std::uint64_t weight_data_bytes = 0;
};

ModelArtifactsInfo artifacts_info(const ModelArtifacts& artifacts);

/// What a server answered to a save.
struct SaveResponse {
  int status = 0;                                            ///< HTTP status: 200
  std::vector<std::pair<std::string, std::string>> headers;  ///< in order; names as they came
  std::string body;                                          ///< at most its first 1 MiB
};

struct SaveResult {
  ModelArtifactsInfo model_artifacts_info;
  std::vector<SaveResponse> responses;  ///< of http handlers
  /// Where the model went when the handler chose that: "~/Downloads/m (1).json", "~" spelt out.
  std::string saved_as;
};

}  // namespace tfjs::io
