#include "tfjs/models/weight_matching.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/models/internal/weights_by_place.h"

namespace tfjs::models {
namespace {

using Targets = std::unordered_map<std::string, layers::VariablePtr>;

/// "a/b/c/kernel" to "a/b/kernel"; the name itself when it has one part.
std::string without_cell(const std::string& name) {
  const std::size_t last = name.rfind('/');
  if (last == std::string::npos) return name;
  const std::size_t before = last == 0 ? std::string::npos : name.rfind('/', last - 1);
  return before == std::string::npos ? name.substr(last + 1)
                                     : name.substr(0, before) + name.substr(last);
}

/// Without the parts that Keras 3's weight files have between layer and number.
std::string without_containers(const std::string& name) {
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= name.size();) {
    const std::size_t end = std::min(name.find('/', begin), name.size());
    const std::string part = name.substr(begin, end - begin);
    if (part != "vars" && part != "layer_checkpoint_dependencies" &&
        part != "_layer_checkpoint_dependencies") {
      parts.push_back(part);
    }
    begin = end + 1;
  }
  return join(parts, "/");
}

bool is_numbered(const std::vector<io::NamedTensor>& weights) {
  if (weights.empty()) return false;
  const std::string last = last_part(weights[0].name);
  return !last.empty() &&
         std::all_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

void add_target(Targets& targets, std::string name, const layers::VariablePtr& weight,
                const std::string& what) {
  if (!targets.emplace(name, weight).second) {
    throw corrupt_data(what, ": two weights of the model are named ", quoted(name),
                       "; their layers need different names");
  }
}

Targets targets_by_name(const layers::Container& network, const std::string& what) {
  Targets targets;
  for (const layers::VariablePtr& weight : network.weights()) {
    add_target(targets, weight->name(), weight, what);
  }
  return targets;
}

Targets targets_by_number(const layers::Container& network, const std::string& what) {
  Targets targets;
  for (const layers::LayerPtr& layer : network.layers()) {
    int number = 0;
    for (const layers::VariablePtr& weight : layer->weights()) {
      const std::size_t scope = weight->name().rfind('/');
      add_target(targets, cat(weight->name().substr(0, scope + 1), number++), weight, what);
    }
  }
  return targets;
}

/// By the rules of TensorFlow.js.
layers::VariablePtr find_target(const Targets& targets, const std::string& name, bool numbered) {
  const auto lookup = [&](const std::string& key) {
    const auto found = targets.find(key);
    return found == targets.end() ? layers::VariablePtr() : found->second;
  };
  if (layers::VariablePtr target = lookup(name)) return target;
  if (numbered) return lookup(without_containers(name));
  return lookup(without_cell(name));
}

/// Keras 3 puts the model's name in front: "sequential/dense/kernel".
layers::VariablePtr find_within_model(const Targets& targets, std::string name, bool numbered) {
  for (std::size_t slash = name.find('/'); slash != std::string::npos; slash = name.find('/')) {
    name.erase(0, slash + 1);
    if (layers::VariablePtr target = find_target(targets, name, numbered)) return target;
  }
  return nullptr;
}

void check_spec(const Tensor& tensor, layers::Variable& target, const std::string& name,
                const std::string& what) {
  if (!target.adapt_to(tensor.shape())) {
    throw corrupt_data(what, ": weight ", quoted(name), " has shape ", tensor.shape(),
                       ", but the layer needs ", target.shape());
  }
  if (tensor.dtype() != target.spec().dtype) {
    throw corrupt_data(what, ": weight ", quoted(name), " has dtype ", tensor.dtype(),
                       ", but the layer needs ", target.spec().dtype);
  }
}

/// At most ten names, then how many more.
std::string listed(std::vector<std::string> names) {
  const std::size_t all = names.size();
  if (all <= 10) return join(names, ", ");
  names.resize(10);
  return cat(join(names, ", "), " and ", all - 10, " more");
}

}  // namespace

bool assign_weights(const layers::Container& network, const std::vector<io::NamedTensor>& weights,
                    bool strict, const std::string& what) {
  const bool numbered = is_numbered(weights);
  const Targets targets =
      numbered ? targets_by_number(network, what) : targets_by_name(network, what);

  const auto find = [&](const std::string& name) {
    layers::VariablePtr target = find_target(targets, name, numbered);
    // Only where every weight must find its partner, so that a wrong guess cannot go unnoticed.
    if (target == nullptr && strict) target = find_within_model(targets, name, numbered);
    return target;
  };
  std::vector<std::string> lost;
  for (const io::NamedTensor& weight : weights) {
    if (find(weight.name) == nullptr) lost.push_back(weight.name);
  }
  const WeightPlaces by_place =
      strict && !lost.empty() ? weights_by_place(network, weights, lost) : WeightPlaces();

  std::unordered_set<const layers::Variable*> set;
  for (const io::NamedTensor& weight : weights) {
    const auto placed = by_place.find(weight.name);
    const layers::VariablePtr target =
        placed != by_place.end() ? placed->second : find(weight.name);
    if (target == nullptr) {
      if (!strict) continue;
      std::vector<std::string> known;
      for (const auto& [name, variable] : targets) known.push_back(name);
      throw not_found(what, ": weight ", quoted(weight.name), " has no place in model ",
                      quoted(network.name()), did_you_mean(weight.name, known));
    }
    check_spec(weight.tensor, *target, weight.name, what);
    if (!set.insert(target.get()).second) {
      throw corrupt_data(what, ": weight ", quoted(weight.name), " is given twice");
    }
    target->assign(weight.tensor);
  }
  if (set.size() == targets.size()) return true;
  if (!strict) return false;
  std::vector<std::string> missing;
  for (const layers::VariablePtr& weight : network.weights()) {
    if (!set.contains(weight.get())) missing.push_back(quoted(weight->name()));
  }
  const std::size_t count = missing.size();
  throw not_found(what, ": no values for ", count, " of ", targets.size(), " weights of model ",
                  quoted(network.name()), ": ", listed(std::move(missing)));
}

}  // namespace tfjs::models
