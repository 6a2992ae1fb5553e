#include "tfjs/io/model_record.h"

#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/base/iso_date.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::io {

namespace {

std::int64_t parse_date(const Json& json, const std::string& what) {
  const std::string& text = json.at("dateSaved", what).as_string(cat(what, ": dateSaved"));
  const auto date = parse_iso_date(text);
  if (!date) throw corrupt_data(what, ": dateSaved must be an ISO 8601 date, got ", quoted(text));
  return *date;
}

std::uint64_t parse_bytes(const Json& json, std::string_view key, const std::string& what) {
  const std::int64_t bytes = json.at(key, what).as_integer(cat(what, ": ", key));
  if (bytes < 0) throw corrupt_data(what, ": ", key, " must not be negative, got ", bytes);
  return static_cast<std::uint64_t>(bytes);
}

}  // namespace

ModelRecord write_model_record(const ModelArtifacts& artifacts) {
  ModelRecord record;
  record.info = write_artifacts_info(artifacts_info(artifacts));
  record.model_topology = write_json(artifacts.model_topology);
  Json::Array specs;
  for (const WeightSpec& spec : artifacts.weight_specs) specs.push_back(to_json(spec));
  record.weight_specs = write_json(std::move(specs));
  record.model_metadata = write_json(artifacts.fields);
  return record;
}

ModelArtifacts parse_model_record(const ModelRecord& record, const std::string& what,
                                  const JsonLimits& limits) {
  ModelArtifacts artifacts;
  artifacts.origin = what;
  const std::string topology = cat(what, ": model_topology");
  artifacts.model_topology = parse_json(record.model_topology, topology, limits);
  if (!artifacts.model_topology.is_null()) artifacts.model_topology.as_object(topology);

  const std::string specs = cat(what, ": weight_specs");
  const Json entries = parse_json(record.weight_specs, specs, limits);
  for (const Json& entry : entries.as_array(specs)) {
    artifacts.weight_specs.push_back(parse_weight_spec(entry, what));
  }
  check_unique_names(artifacts.weight_specs, what);

  const std::string metadata = cat(what, ": model_metadata");
  Json fields = parse_json(record.model_metadata, metadata, limits);
  artifacts.fields = std::move(fields.as_object(metadata));
  return artifacts;
}

std::string write_artifacts_info(const ModelArtifactsInfo& info) {
  return write_json(Json::object({
      {"dateSaved", iso_date(info.date_saved_ms)},
      {"modelTopologyType", info.model_topology_type},
      {"modelTopologyBytes", static_cast<double>(info.model_topology_bytes)},
      {"weightSpecsBytes", static_cast<double>(info.weight_specs_bytes)},
      {"weightDataBytes", static_cast<double>(info.weight_data_bytes)},
  }));
}

ModelArtifactsInfo parse_artifacts_info(std::string_view text, const std::string& what) {
  const Json json = parse_json(text, what);
  ModelArtifactsInfo info;
  info.date_saved_ms = parse_date(json, what);
  info.model_topology_type =
      json.at("modelTopologyType", what).as_string(cat(what, ": modelTopologyType"));
  info.model_topology_bytes = parse_bytes(json, "modelTopologyBytes", what);
  info.weight_specs_bytes = parse_bytes(json, "weightSpecsBytes", what);
  info.weight_data_bytes = parse_bytes(json, "weightDataBytes", what);
  return info;
}

}  // namespace tfjs::io
