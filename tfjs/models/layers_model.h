// A model to build, run, save and load: TensorFlow.js's tf.sequential(), tf.model() and
// tf.loadLayersModel(). A LayersModel is a handle: copies share layers, weights and plans.
//
//   auto model = tfjs::sequential();
//   model.add(tfjs::layers::dense({.units = 1, .input_shape = {8}}));
//   tfjs::Tensor y = model.predict(x);
//   model.save("file:///path/to/folder").get();
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tfjs/base/future.h"
#include "tfjs/base/progress.h"
#include "tfjs/io/io_handler.h"
#include "tfjs/layers/functional.h"
#include "tfjs/layers/sequential.h"

namespace tfjs::models {

using layers::FunctionalOptions;
using layers::SequentialOptions;
using layers::SymbolicTensor;

struct PredictOptions {
  std::int64_t batch_size = 32;  ///< samples computed at once; a stateful model has its own
  int threads = 0;               ///< at most; 0: the model's, else runtime::default_threads()
};

struct SaveOptions {
  /// The training config and the optimizer's weights. Unset: as the model came.
  std::optional<bool> include_optimizer = {};
  bool trainable_only = false;    ///< weights that training changes, no others
  std::uint64_t shard_bytes = 0;  ///< cut the weights into files of this size; 0: one file
  ProgressFn on_progress = {};
  CancelToken cancel = {};
};

class LayersModel {
 public:
  explicit LayersModel(layers::ContainerPtr network);

  // Structure.
  const std::string& name() const;
  /// The layers as one layer: to add to or to apply in another model.
  const layers::ContainerPtr& network() const;
  operator layers::LayerPtr() const { return network(); }
  SymbolicTensor apply(const SymbolicTensor& input) const { return network()->apply(input); }
  std::vector<SymbolicTensor> apply(const std::vector<SymbolicTensor>& inputs) const {
    return network()->apply_all(inputs);
  }
  /// Sequential models only. Errors: InvalidArgument when the layer does not fit.
  void add(const layers::LayerPtr& layer);
  const std::vector<layers::LayerPtr>& layers() const { return network()->layers(); }
  layers::LayerPtr get_layer(const std::string& name) const { return network()->get_layer(name); }
  const std::vector<SymbolicTensor>& inputs() const { return network()->inputs(); }
  const std::vector<SymbolicTensor>& outputs() const { return network()->outputs(); }
  std::vector<std::string> input_names() const { return network()->input_names(); }
  std::vector<std::string> output_names() const { return network()->output_names(); }
  std::int64_t count_params() const { return network()->count_params(); }
  /// A table of layers, shapes and parameter counts, as Keras prints it.
  std::string summary() const;

  // Weights.
  /// In the order of files: trainable ones of all layers, then the others.
  std::vector<layers::VariablePtr> weights() const { return network()->weights(); }
  std::vector<Tensor> get_weights() const;
  /// Errors: InvalidArgument: another number of tensors; a shape or dtype that differs, naming the
  /// weight.
  void set_weights(const std::vector<Tensor>& values) const;

  // Prediction. Safe from several threads; calls on a stateful model wait for each other.
  /// Inputs and result are [samples, ...]; an input [samples] stands for [samples, 1], another
  /// dtype is cast to the input layer's.
  /// Errors: InvalidArgument naming the input, its expected and its present shape.
  Tensor predict(const Tensor& input, const PredictOptions& options = {}) const;
  std::vector<Tensor> predict(const std::vector<Tensor>& inputs,
                              const PredictOptions& options = {}) const;
  /// Inputs and results by the names of input_names() and output_names().
  std::map<std::string, Tensor> predict_by_name(const std::map<std::string, Tensor>& inputs,
                                                const PredictOptions& options = {}) const;
  /// Forgets the state that stateful layers keep between calls.
  void reset_states() const;
  /// Threads for predictions that do not say; 0: runtime::default_threads().
  void set_threads(int threads) const;

  // Saving.
  /// `url` as in docs: "file://folder", a scheme of the router, or a path.
  /// Errors: InvalidArgument, Unavailable and others of the handler; the model that was there
  /// stays.
  Future<io::SaveResult> save(const std::string& url, const SaveOptions& options = {}) const;
  Future<io::SaveResult> save(const io::IOHandlerPtr& handler,
                              const SaveOptions& options = {}) const;
  /// What save hands to the handler. A loaded model that did not change gives its topology, fields
  /// and weight bytes as they came.
  io::ModelArtifacts artifacts(const SaveOptions& options = {}) const;
  /// The topology alone, as text.
  std::string to_json() const;
  /// Any JSON object; saved with the model. Errors: InvalidArgument when it is none.
  void set_user_defined_metadata(Json metadata) const;
  /// Null when there is none.
  Json user_defined_metadata() const;

 private:
  friend class ModelLoader;
  struct State;
  std::shared_ptr<State> state_;
};

/// A stack of layers.
LayersModel sequential(SequentialOptions options = {});
/// A graph of layers: model({.inputs = {x}, .outputs = {y}}).
LayersModel model(FunctionalOptions options);

struct InputOptions {
  layers::ShapeOption shape = {};        ///< without the batch axis
  layers::ShapeOption batch_shape = {};  ///< with it; exactly one of the two
  std::string dtype = "float32";
  std::string name = {};
};
/// Where a functional model begins.
SymbolicTensor input(InputOptions options);

}  // namespace tfjs::models
