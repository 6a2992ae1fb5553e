// Between a model and JavaScript's ModelArtifacts. JavaScript's handlers bring and take the bytes;
// what they bring is checked here as a file would be.
#include "tfjs/base/error.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/models/load_layers_model.h"
#include "web/bindings/request.h"

namespace tfjs::web {
namespace {

// Fields of JavaScript's artifacts that have a place of their own.
constexpr std::string_view kTopology = "modelTopology";
constexpr std::string_view kSpecs = "weightSpecs";

io::ModelArtifacts read_artifacts(const Request& request) {
  io::ModelArtifacts artifacts;
  artifacts.origin = request.text("origin");
  for (const auto& [key, value] : request.at("artifacts").as_object(artifacts.origin)) {
    if (key == kTopology) {
      artifacts.model_topology = value;
    } else if (key == kSpecs) {
      if (value.is_null()) continue;
      const std::string what = cat(artifacts.origin, ": ", kSpecs);
      for (const Json& spec : value.as_array(what)) {
        artifacts.weight_specs.push_back(io::parse_weight_spec(spec, what));
      }
    } else {
      artifacts.fields.set(key, value);
    }
  }
  for (Bytes& piece : request.take_bytes("weightData")) {
    artifacts.weight_data.append(std::move(piece));
  }
  return artifacts;
}

}  // namespace

/// {model, warnings}
Json load_model(const Request& request) {
  Json::Array warnings;
  models::LoadOptions options;
  options.strict = request.flag("strict", true);
  options.on_warning = [&](const std::string& text) { warnings.push_back(Json(text)); };
  io::ModelArtifacts artifacts = read_artifacts(request);
  const std::uint64_t surplus = io::surplus_bytes(
      io::weight_ranges(artifacts.weight_specs, artifacts.weight_data, artifacts.origin),
      artifacts.weight_data);
  if (surplus > 0) {
    options.on_warning(cat(artifacts.origin, ": ", surplus, " bytes after the last weight"));
  }
  const models::LayersModel model =
      models::load_layers_model(io::from_memory(std::move(artifacts)), options).get();
  return Json::object({{"model", number_of(model)}, {"warnings", Json(std::move(warnings))}});
}

/// {artifacts: {modelTopology, format, ..., weightSpecs}, weightData: [[address, size], ...]}
Json save_model(const Request& request) {
  models::SaveOptions options;
  if (request.find("includeOptimizer") != nullptr) {
    options.include_optimizer = request.flag("includeOptimizer", false);
  }
  options.trainable_only = request.flag("trainableOnly", false);
  const io::ModelArtifacts artifacts = request.model("model").artifacts(options);
  Json::Array specs;
  for (const io::WeightSpec& spec : artifacts.weight_specs) specs.push_back(io::to_json(spec));
  Json::Array pieces;
  for (const Bytes& piece : artifacts.weight_data.pieces()) pieces.push_back(lend(piece));

  Json fields = Json::object({{std::string(kTopology), artifacts.model_topology}});
  for (const auto& [key, value] : artifacts.fields) fields.set(key, value);
  fields.set(kSpecs, Json(std::move(specs)));
  return Json::object({{"artifacts", std::move(fields)}, {"weightData", Json(std::move(pieces))}});
}

}  // namespace tfjs::web
