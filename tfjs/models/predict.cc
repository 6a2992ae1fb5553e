// A model's forward pass is traced once per input signature and kept as a plan, weights folded in.
// Samples are computed in batches; a batch is a view of the caller's tensor, never a copy.

#include <algorithm>
#include <cstring>

#include "tfjs/base/error.h"
#include "tfjs/models/input_check.h"
#include "tfjs/models/internal/model_state.h"
#include "tfjs/ops/movement.h"

namespace tfjs::models {
namespace {

/// The state variables of a trace: what they hold at this point of it.
class TracedStates : public layers::StateTrace {
 public:
  TracedStates(const std::vector<layers::VariablePtr>& variables, std::vector<Tensor> values)
      : variables_(variables), values_(std::move(values)) {}

  Tensor read(const layers::VariablePtr& state) override { return values_[index(state)]; }
  void write(const layers::VariablePtr& state, const Tensor& value) override {
    values_[index(state)] = value;
  }
  const std::vector<Tensor>& values() const { return values_; }

 private:
  std::size_t index(const layers::VariablePtr& state) const {
    const auto found = std::find(variables_.begin(), variables_.end(), state);
    if (found == variables_.end()) {
      throw internal_error("state ", quoted(state->name()), " is not among the model's");
    }
    return static_cast<std::size_t>(found - variables_.begin());
  }

  const std::vector<layers::VariablePtr>& variables_;
  std::vector<Tensor> values_;
};

/// Samples [begin, end) of `x`: a view where the elements have a fixed size.
Tensor samples(const Tensor& x, std::int64_t begin, std::int64_t end) {
  if (begin == 0 && end == x.shape()[0]) return x;
  if (x.dtype() == DType::String) return ops::slice_axis(x, 0, begin, end);
  Shape shape = x.shape();
  shape.set_dim(0, end - begin);
  const std::size_t row = x.byte_length() / static_cast<std::size_t>(x.shape()[0]);
  return Tensor::from_bytes(x.dtype(), shape,
                            x.bytes().slice(static_cast<std::size_t>(begin) * row,
                                            static_cast<std::size_t>(end - begin) * row));
}

/// One output of all batches, put together as the batches come.
class Gathered {
 public:
  explicit Gathered(std::int64_t samples) : samples_(samples) {}

  void append(const Tensor& part) {
    const bool fixed_size = part.dtype() != DType::String && part.rank() > 0;
    if (parts_.empty() && whole_ == nullptr && fixed_size && part.shape()[0] > 0) {
      spec_ = part.spec();
      spec_.shape.set_dim(0, samples_);
      row_ = part.byte_length() / static_cast<std::size_t>(part.shape()[0]);
      size_ = row_ * static_cast<std::size_t>(samples_);
      whole_ = allocate_aligned(size_);
    }
    if (whole_ == nullptr) {
      parts_.push_back(part);
      return;
    }
    if (part.byte_length() > size_ - filled_) {
      throw internal_error("predict: batches give more than ", samples_, " samples");
    }
    std::memcpy(whole_.get() + filled_, part.raw_data(), part.byte_length());
    filled_ += part.byte_length();
  }

  Tensor take() {
    if (whole_ == nullptr) return ops::concat(parts_, 0);
    if (filled_ != size_) {
      throw internal_error("predict: batches give fewer than ", samples_, " samples");
    }
    return Tensor::from_bytes(spec_.dtype, spec_.shape,
                              Bytes(whole_, std::span<const std::byte>(whole_.get(), size_)));
  }

 private:
  std::int64_t samples_;
  TensorSpec spec_;
  std::size_t row_ = 0, size_ = 0, filled_ = 0;
  std::shared_ptr<std::byte> whole_;
  std::vector<Tensor> parts_;
};

/// The number of samples a stateful model was made for, or 0.
std::int64_t fixed_batch(const layers::Container& network) {
  for (const layers::SymbolicTensor& input : network.inputs()) {
    const auto& shape = input.layer->batch_input_shape();
    if (shape && shape->rank() > 0 && (*shape)[0] != kUnknown) return (*shape)[0];
  }
  return 0;
}

}  // namespace

std::vector<Tensor> LayersModel::State::forward(const std::vector<Tensor>& all) {
  std::vector<layers::VariablePtr> variables = network->state_variables();
  const std::size_t inputs_count = all.size() - variables.size();
  std::vector<Tensor> inputs(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(inputs_count));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    const DType wanted = network->inputs()[i].spec.dtype;
    if (inputs[i].dtype() != wanted) inputs[i] = ops::cast(inputs[i], wanted);
  }
  TracedStates traced(variables,
                      {all.begin() + static_cast<std::ptrdiff_t>(inputs_count), all.end()});
  layers::CallContext context{.states = variables.empty() ? nullptr : &traced};
  std::vector<Tensor> outputs = network->call(inputs, context);
  outputs.insert(outputs.end(), traced.values().begin(), traced.values().end());
  return outputs;
}

void LayersModel::State::refresh_plans() {
  if (weights.empty()) {
    weights = network->weights();
    states = network->state_variables();
    samples_are_independent = states.empty() && network->is_batch_independent();
  }
  std::uint64_t version = 0;  // versions only grow, so an equal sum means that none changed
  for (const layers::VariablePtr& weight : weights) version += weight->version();
  if (version != planned_version) function.clear();
  planned_version = version;
}

std::vector<Tensor> LayersModel::predict(const std::vector<Tensor>& given,
                                         const PredictOptions& options) const {
  if (options.batch_size < 1) {
    throw invalid_argument("predict: batch_size must be at least 1, got ", options.batch_size);
  }
  if (options.threads < 0) {
    throw invalid_argument("predict: threads must be 0 or more, got ", options.threads);
  }
  State& state = *state_;
  const std::vector<Tensor> inputs = check_inputs(*state.network, given);
  const std::int64_t count = inputs[0].shape()[0];
  std::int64_t batch = std::min(options.batch_size, count);

  runtime::PlanOptions plan_options;
  std::vector<layers::VariablePtr> states;
  bool may_be_cut = false;
  {
    std::lock_guard lock(state.mutex);
    state.refresh_plans();
    states = state.states;
    may_be_cut = state.samples_are_independent;
    plan_options.threads = options.threads > 0 ? options.threads : state.threads;
  }
  if (plan_options.threads == 0) plan_options.threads = runtime::default_threads();

  std::unique_lock<std::mutex> one_at_a_time(state.state_mutex, std::defer_lock);
  if (!states.empty()) {
    one_at_a_time.lock();
    batch = fixed_batch(*state.network);
    if (batch == 0 || count % batch != 0) {
      throw invalid_argument("model ", quoted(name()), ": is stateful for batches of ", batch,
                             " samples, got ", count, " samples");
    }
  }

  std::vector<Gathered> gathered;
  for (std::int64_t begin = 0; begin < count; begin += batch) {
    std::vector<Tensor> feed;
    for (const Tensor& input : inputs) {
      feed.push_back(samples(input, begin, std::min(begin + batch, count)));
    }
    for (const layers::VariablePtr& variable : states) feed.push_back(variable->value());
    std::vector<Tensor> outputs = may_be_cut ? state.function.run_batch(feed, plan_options)
                                             : state.function(feed, plan_options);
    const std::size_t results = outputs.size() - states.size();
    for (std::size_t i = 0; i < states.size(); ++i) states[i]->assign(outputs[results + i]);
    outputs.resize(results);
    if (batch >= count) return outputs;
    gathered.resize(results, Gathered(count));
    for (std::size_t i = 0; i < results; ++i) gathered[i].append(outputs[i]);
  }
  std::vector<Tensor> outputs;
  for (Gathered& each : gathered) outputs.push_back(each.take());
  return outputs;
}

Tensor LayersModel::predict(const Tensor& input, const PredictOptions& options) const {
  if (outputs().size() > 1) {
    throw invalid_argument("model ", quoted(name()), ": has ", outputs().size(), " outputs (",
                           join(output_names(), ", "), "); give its inputs as a list");
  }
  return predict(std::vector<Tensor>{input}, options).at(0);
}

std::map<std::string, Tensor> LayersModel::predict_by_name(
    const std::map<std::string, Tensor>& inputs, const PredictOptions& options) const {
  const std::vector<std::string> names = input_names();
  for (const auto& [given, tensor] : inputs) {
    if (std::find(names.begin(), names.end(), given) == names.end()) {
      throw invalid_argument("model ", quoted(name()), ": has no input ", quoted(given),
                             "; its inputs are ", join(names, ", "));
    }
  }
  std::vector<Tensor> ordered;
  for (const std::string& wanted : names) {
    const auto found = inputs.find(wanted);
    if (found == inputs.end()) {
      throw invalid_argument("model ", quoted(name()), ": input ", quoted(wanted), " is missing");
    }
    ordered.push_back(found->second);
  }
  const std::vector<Tensor> outputs = predict(ordered, options);
  const std::vector<std::string> result_names = output_names();
  std::map<std::string, Tensor> out;
  for (std::size_t i = 0; i < outputs.size(); ++i) out[result_names[i]] = outputs[i];
  return out;
}

}  // namespace tfjs::models
