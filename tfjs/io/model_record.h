// A model as stores keep it: four texts beside the weight bytes, which are those that TensorFlow.js
// puts into a browser's local storage.
#pragma once

#include <string>
#include <string_view>

#include "tfjs/io/model_artifacts.h"

namespace tfjs::io {

struct ModelRecord {
  std::string info;            ///< see write_artifacts_info
  std::string model_topology;  ///< JSON; "null" when the model has none
  std::string weight_specs;    ///< JSON array
  std::string model_metadata;  ///< JSON object of ModelArtifacts::fields
};

/// Everything but the weight data. The info is of now.
ModelRecord write_model_record(const ModelArtifacts& artifacts);

/// The artifacts without weight data; the info is not read. `what` names the record in messages.
/// Errors: CorruptData: no JSON, wrong types, what parse_weight_spec refuses, a weight name that
/// comes twice.
ModelArtifacts parse_model_record(const ModelRecord& record, const std::string& what,
                                  const JsonLimits& limits = {});

/// {"dateSaved":"2026-03-01T09:05:00.000Z","modelTopologyType":"JSON","modelTopologyBytes":1,
/// "weightSpecsBytes":2,"weightDataBytes":3}
std::string write_artifacts_info(const ModelArtifactsInfo& info);

/// Errors: CorruptData naming `what`.
ModelArtifactsInfo parse_artifacts_info(std::string_view text, const std::string& what);

}  // namespace tfjs::io
