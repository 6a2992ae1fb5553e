#include "tfjs/io/model_artifacts.h"

#include "tfjs/platform/clock.h"

namespace tfjs::io {

std::string ModelArtifacts::format() const {
  const Json* format = fields.find("format");
  return format != nullptr && format->is_string() ? format->as_string("format") : "";
}

ModelArtifactsInfo artifacts_info(const ModelArtifacts& artifacts) {
  ModelArtifactsInfo info;
  info.date_saved_ms = platform::now_ms();
  if (!artifacts.model_topology.is_null()) {
    info.model_topology_bytes = write_json(artifacts.model_topology).size();
  }
  Json::Array specs;
  for (const WeightSpec& spec : artifacts.weight_specs) specs.push_back(to_json(spec));
  info.weight_specs_bytes = write_json(std::move(specs)).size();
  info.weight_data_bytes = artifacts.weight_data.size();
  return info;
}

}  // namespace tfjs::io
