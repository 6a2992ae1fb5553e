// tf.loadLayersModel(): a saved Layers model, ready to predict.
#pragma once

#include <string>

#include "tfjs/models/layers_model.h"

namespace tfjs::models {

struct LoadOptions {
  bool strict = true;  ///< every weight of the file and of the model must find its partner
  std::string weight_path_prefix = {};  ///< replaces the folder of model.json before weight paths
  ProgressFn on_progress = {};
  WarningFn on_warning = {};
  CancelToken cancel = {};
  JsonLimits json_limits = {};
  /// Layer classes to use in place of the process's; to add some, begin with a copy of
  /// layers::default_layers(). Lives until the model is loaded.
  const layers::LayerRegistry* custom_objects = nullptr;
  int threads = 0;            ///< for predictions that do not say; 0: runtime::default_threads()
  bool follow_links = false;  ///< weight paths through links may leave the model's folder
  bool verify = true;         ///< check sha256 of weight files where model.json gives it
};

/// `url`: "file://...", a scheme of the router, or a path of model.json or its folder.
/// Errors: NotFound; CorruptData for a file that contradicts itself; InvalidArgument for a layer
/// that cannot be; Unsupported for a graph model. Messages name layer or weight, what was expected
/// and what came.
Future<LayersModel> load_layers_model(const std::string& url, const LoadOptions& options = {});
Future<LayersModel> load_layers_model(const io::IOHandlerPtr& handler,
                                      const LoadOptions& options = {});

}  // namespace tfjs::models
