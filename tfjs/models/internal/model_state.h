// What all copies of a LayersModel share.
#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

#include "tfjs/models/layers_model.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::models {

/// Weights and flags as they were at a moment: tells whether something changed since.
class Snapshot {
 public:
  Snapshot() = default;
  explicit Snapshot(const layers::Container& network);
  bool has_same_structure(const layers::Container& network) const;
  bool has_same_weights(const layers::Container& network) const;

 private:
  std::vector<const layers::Layer*> layers_;
  std::vector<bool> trainable_;
  std::vector<std::uint64_t> versions_;
};

struct LayersModel::State {
  explicit State(layers::ContainerPtr network);

  layers::ContainerPtr network;
  /// The artifacts it was loaded from, and the model as it was then.
  std::optional<io::ModelArtifacts> source;
  Snapshot source_snapshot;
  bool source_has_all_weights = false;  ///< false: some are initial values made here
  Json metadata;                        ///< userDefinedMetadata; null: none

  /// The forward pass as a program: inputs, then states; outputs, then new states.
  std::vector<Tensor> forward(const std::vector<Tensor>& inputs);
  /// Drops plans made of weights that have changed since.
  void refresh_plans();

  std::mutex mutex;  ///< guards what follows
  int threads = 0;
  std::vector<layers::VariablePtr> weights;
  std::vector<layers::VariablePtr> states;
  bool samples_are_independent = false;
  std::uint64_t planned_version = 0;
  runtime::CompiledFunction function;
  std::mutex state_mutex;  ///< one prediction of a stateful model at a time
};

}  // namespace tfjs::models
