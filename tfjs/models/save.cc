// A model that was loaded and did not change is saved from the artifacts it came from, so that
// topology and weight bytes stay as they were. Once weights change they are written anew; once
// layers change the topology is too.

#include "tfjs/base/error.h"
#include "tfjs/base/version.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/models/internal/model_state.h"

namespace tfjs::models {
namespace {

constexpr const char* kOptimizerGroup = "optimizer";

Json topology(layers::Container& network) {
  return Json::object({{"class_name", network.class_name()},
                       {"config", network.config()},
                       {"keras_version", "tfjs-layers 4.22.0"},
                       {"backend", "tensor_flow.js"}});
}

void append(io::EncodedWeights& out, io::EncodedWeights more) {
  for (io::WeightSpec& spec : more.specs) out.specs.push_back(std::move(spec));
  for (const Bytes& piece : more.data.pieces()) out.data.append(piece);
}

io::EncodedWeights encode(const std::vector<layers::VariablePtr>& weights) {
  std::vector<io::NamedTensor> named;
  for (const layers::VariablePtr& weight : weights) {
    named.push_back({weight->name(), weight->value(), ""});
  }
  return io::encode_weights(named);
}

/// The source's weights of the optimizer, or those of the model, bytes as they came.
io::EncodedWeights of_source(const io::ModelArtifacts& source, bool optimizer) {
  io::EncodedWeights out;
  const auto ranges = io::weight_ranges(source.weight_specs, source.weight_data, source.origin);
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const io::WeightSpec& spec = source.weight_specs[i];
    if ((spec.group == kOptimizerGroup) != optimizer) continue;
    out.specs.push_back(spec);
    out.data.append(source.weight_data.slice(ranges[i].offset, ranges[i].size));
  }
  return out;
}

bool has_surplus(const io::ModelArtifacts& source) {
  const auto ranges = io::weight_ranges(source.weight_specs, source.weight_data, source.origin);
  return io::surplus_bytes(ranges, source.weight_data) > 0;
}

}  // namespace

io::ModelArtifacts LayersModel::artifacts(const SaveOptions& options) const {
  const State& state = *state_;
  layers::Container& network = *state.network;
  const bool same_structure = state.source && state.source_snapshot.has_same_structure(network);
  const bool same_weights = same_structure && state.source_has_all_weights &&
                            state.source_snapshot.has_same_weights(network);
  const bool has_training = state.source && state.source->training_config() != nullptr;
  if (options.include_optimizer.value_or(false) && !has_training) {
    throw invalid_argument("save: include_optimizer was asked for, but model ", quoted(name()),
                           " has no training config");
  }
  const bool with_optimizer = has_training && options.include_optimizer.value_or(true);

  io::ModelArtifacts out;
  if (state.source) {
    out.fields = state.source->fields;
    out.origin = state.source->origin;
  }
  if (!same_structure) {
    out.fields.set("format", "layers-model");
    out.fields.set("generatedBy", cat("tfjs-cpp v", kVersion));
    out.fields.set("convertedBy", nullptr);
  }
  out.model_topology = same_structure ? state.source->model_topology : topology(network);
  if (!state.metadata.is_null()) out.fields.set("userDefinedMetadata", state.metadata);
  if (!with_optimizer) out.fields.erase("trainingConfig");

  io::EncodedWeights weights;
  const bool whole_source = same_weights && with_optimizer == has_training;
  if (whole_source && !options.trainable_only && !has_surplus(*state.source)) {
    out.weight_specs = state.source->weight_specs;
    out.weight_data = state.source->weight_data;
    return out;
  }
  if (options.trainable_only) {
    weights = encode(network.trainable_weights());
  } else {
    weights = same_weights ? of_source(*state.source, false) : encode(network.weights());
  }
  if (with_optimizer) append(weights, of_source(*state.source, true));
  out.weight_specs = std::move(weights.specs);
  out.weight_data = std::move(weights.data);
  return out;
}

Future<io::SaveResult> LayersModel::save(const io::IOHandlerPtr& handler,
                                         const SaveOptions& options) const {
  try {
    io::SaveOptions io_options;
    io_options.on_progress = options.on_progress;
    io_options.cancel = options.cancel;
    io_options.shard_bytes = options.shard_bytes;
    // The handler lives until it is done.
    return handler->save(artifacts(options), io_options)
        .then([handler](const io::SaveResult& result) { return result; });
  } catch (...) {
    return Future<io::SaveResult>::failed(std::current_exception());
  }
}

Future<io::SaveResult> LayersModel::save(const std::string& url, const SaveOptions& options) const {
  try {
    const bool is_url = url.find("://") != std::string::npos;
    return save(is_url ? io::default_router().save_handler(url) : io::file_system(url), options);
  } catch (...) {
    return Future<io::SaveResult>::failed(std::current_exception());
  }
}

std::string LayersModel::to_json() const {
  return write_json(artifacts().model_topology);
}

}  // namespace tfjs::models
