#include "tfjs/models/load_layers_model.h"

#include "tfjs/base/error.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/models/internal/model_state.h"
#include "tfjs/models/training_config.h"
#include "tfjs/models/weight_matching.h"

namespace tfjs::models {

/// Builds a model from what a handler read.
class ModelLoader {
 public:
  ModelLoader(io::ModelArtifacts artifacts, const LoadOptions& options)
      : artifacts_(std::move(artifacts)), options_(options), what_(artifacts_.origin) {
    if (what_.empty()) what_ = "model";
  }

  LayersModel load() {
    check_format();
    LayersModel model(build_network());
    model.set_threads(options_.threads);
    if (const Json* config = artifacts_.training_config(); config != nullptr && !config->is_null())
      check_training_config(*config, what_);
    LayersModel::State& state = *model.state_;
    state.source_has_all_weights = load_weights(*state.network);
    if (const Json* metadata = artifacts_.user_defined_metadata();
        metadata != nullptr && !metadata->is_null()) {
      model.set_user_defined_metadata(*metadata);
    }
    state.source_snapshot = Snapshot(*state.network);
    state.source = std::move(artifacts_);
    return model;
  }

 private:
  void check_format() const {
    if (artifacts_.format() == "graph-model" || artifacts_.model_topology.find("node") != nullptr) {
      throw unsupported(what_,
                        ": is a graph model (format graph-model); load_layers_model loads "
                        "layers models only");
    }
    if (artifacts_.model_topology.is_null()) {
      throw corrupt_data(what_, ": modelTopology is missing");
    }
  }

  layers::ContainerPtr build_network() const {
    const std::string where = cat(what_, ": modelTopology");
    artifacts_.model_topology.as_object(where);
    // Python's converter wraps the topology once more.
    const Json* inner = artifacts_.model_topology.find("model_config");
    const Json& topology =
        inner != nullptr && !inner->is_null() ? *inner : artifacts_.model_topology;
    const layers::LayerRegistry& registry =
        options_.custom_objects != nullptr ? *options_.custom_objects : layers::default_layers();
    auto network =
        std::dynamic_pointer_cast<layers::Container>(make_layer(registry, topology, where));
    if (network == nullptr) {
      throw corrupt_data(where, ": class ", quoted(write_json(topology.at("class_name", where))),
                         " is no model; expected Sequential, Functional or Model");
    }
    return network;
  }

  /// Layers know their names, not the file they come from: errors get it here.
  layers::LayerPtr make_layer(const layers::LayerRegistry& registry, const Json& topology,
                              const std::string& where) const {
    try {
      return registry.make(topology, where);
    } catch (const Error& error) {
      const std::string message = error.what();
      if (message.starts_with(what_)) throw;
      throw Error(error.code(), cat(what_, ": ", message));
    }
  }

  bool load_weights(const layers::Container& network) const {
    if (artifacts_.weight_specs.empty() && !options_.strict) return false;
    std::vector<io::NamedTensor> of_model;
    for (io::NamedTensor& weight :
         io::decode_weights(artifacts_.weight_specs, artifacts_.weight_data, what_)) {
      if (weight.group != "optimizer") of_model.push_back(std::move(weight));
    }
    return assign_weights(network, of_model, options_.strict, what_);
  }

  io::ModelArtifacts artifacts_;
  const LoadOptions& options_;
  std::string what_;
};

Future<LayersModel> load_layers_model(const io::IOHandlerPtr& handler, const LoadOptions& options) {
  io::LoadOptions io_options;
  io_options.weight_path_prefix = options.weight_path_prefix;
  io_options.on_progress = options.on_progress;
  io_options.on_warning = options.on_warning;
  io_options.cancel = options.cancel;
  io_options.json_limits = options.json_limits;
  io_options.follow_links = options.follow_links;
  io_options.verify = options.verify;
  // The handler lives until it is done.
  return handler->load(io_options).then([options, handler](const io::ModelArtifacts& artifacts) {
    return ModelLoader(artifacts, options).load();
  });
}

Future<LayersModel> load_layers_model(const std::string& url, const LoadOptions& options) {
  try {
    const bool is_url = url.find("://") != std::string::npos;
    return load_layers_model(is_url ? io::default_router().load_handler(url) : io::file_system(url),
                             options);
  } catch (...) {
    return Future<LayersModel>::failed(std::current_exception());
  }
}

}  // namespace tfjs::models
