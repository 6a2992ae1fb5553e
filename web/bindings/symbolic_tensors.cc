// tf.SymbolicTensor: what a functional model is wired from.
#include "tfjs/layers/layer.h"
#include "web/bindings/request.h"

namespace tfjs::web {

/// The tensor that an input layer stands for.
Json output_of_input(const Request& request) {
  return number_of(request.layer("layer")->output(0, 0));
}

Json describe_symbolic_tensor(const Request& request) {
  const layers::SymbolicTensor tensor = request.symbolic_tensor("tensor");
  return Json::object({{"dtype", name(tensor.spec.dtype)},
                       {"shape", to_json(tensor.shape())},
                       {"layer", number_of(tensor.layer)},
                       {"name", tensor.layer->name()},
                       {"nodeIndex", tensor.node_index},
                       {"tensorIndex", tensor.tensor_index}});
}

Json release_symbolic_tensor(const Request& request) {
  forget_symbolic_tensor(request.integer("tensor", 0));
  return {};
}

}  // namespace tfjs::web
