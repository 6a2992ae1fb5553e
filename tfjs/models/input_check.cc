#include "tfjs/models/input_check.h"

#include "tfjs/base/error.h"

namespace tfjs::models {
namespace {

bool fits(const Shape& shape, const Shape& expected) {
  if (shape.rank() != expected.rank()) return false;
  for (int axis = 1; axis < shape.rank(); ++axis) {
    if (expected[axis] != kUnknown && shape[axis] != expected[axis]) return false;
  }
  return true;
}

}  // namespace

std::vector<Tensor> check_inputs(const layers::Container& network, std::vector<Tensor> inputs) {
  const std::vector<layers::SymbolicTensor>& declared = network.inputs();
  if (declared.empty()) {
    throw invalid_argument("model ", quoted(network.name()), ": is empty, add layers first");
  }
  if (inputs.size() != declared.size()) {
    throw invalid_argument("model ", quoted(network.name()), ": expected ", declared.size(),
                           " input(s) (", join(network.input_names(), ", "), "), got ",
                           inputs.size());
  }
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    Tensor& input = inputs[i];
    const std::string what =
        cat("model ", quoted(network.name()), ": input ", quoted(declared[i].layer->name()));
    const Shape& expected = declared[i].shape();
    if (input.is_empty()) throw invalid_argument(what, ": got no tensor, expected ", expected);
    const Shape came = input.shape();
    if (input.rank() == 1 && expected.rank() == 2) input = input.with_shape({came[0], 1});
    if (input.rank() == 0 || !fits(input.shape(), expected)) {
      throw invalid_argument(what, ": expected shape ", expected, ", got ", came);
    }
    if (input.shape()[0] == 0) throw invalid_argument(what, ": has no samples, got shape ", came);
    if (input.shape()[0] != inputs[0].shape()[0]) {
      throw invalid_argument(what, ": has ", came[0], " samples, but input ",
                             quoted(declared[0].layer->name()), " has ", inputs[0].shape()[0]);
    }
  }
  return inputs;
}

}  // namespace tfjs::models
