// Layers are made first, in file order; then each layer's calls in their order, as soon as the
// tensors they need are there. A call that waits is queued with the layer it waits for, so that the
// work grows with the number of references, whatever order the file has. What still waits at the
// end waits in a circle.

#include <deque>
#include <unordered_map>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/internal/functional_config.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {
namespace {

const Json* find_either(const Json& json, std::string_view key) {
  const Json* value = json.find(key);
  return value != nullptr ? value : json.find(to_camel_case(key));
}

/// Keras 3 writes the comparison that makes a mask as operations of the graph. Here the layers
/// that make masks do that themselves, so the operations are left out; one that is used for
/// anything else is missed then, and named.
bool is_mask_operation(const Json& layer) {
  const Json* class_name = layer.find("class_name");
  return class_name != nullptr && (*class_name == Json("NotEqual") || *class_name == Json("Any"));
}

/// A layer of the file on its way to being wired.
struct Entry {
  std::string name;
  LayerPtr layer;
  std::vector<CallReference> calls;
  std::size_t calls_made = 0;
  bool is_sequential = false;
  std::size_t inputs_ready = 0;                           ///< of the next call, from the first on
  std::vector<std::vector<SymbolicTensor>> tensors = {};  ///< by node index
  std::vector<std::size_t> waiting = {};  ///< entries waiting for this one's next call

  std::size_t calls_in_all() const { return tensors.size() + calls.size() - calls_made; }
};

class FunctionalReader {
 public:
  explicit FunctionalReader(const Config& c) : c_(c) {}

  Wiring read() {
    make_layers();
    count_definitions();
    check_references();
    make_calls();
    Wiring wiring;
    wiring.inputs = ends("input_layers");
    wiring.outputs = ends("output_layers");
    return wiring;
  }

 private:
  void make_layers() {
    const Json* layers = c_.find("layers");
    if (layers == nullptr) throw corrupt_data(c_.what(), ": config.layers is missing");
    for (const Json& json : layers->as_array(c_.where("layers"))) {
      if (is_mask_operation(json)) continue;
      Entry entry;
      entry.name = entry_name(json);
      if (!index_.emplace(entry.name, entries_.size()).second) {
        throw corrupt_data(c_.what(), ": two layers are named ", quoted(entry.name));
      }
      if (const Json* nodes = find_either(json, "inbound_nodes"); nodes != nullptr) {
        entry.calls = parse_inbound_nodes(
            *nodes, cat(c_.what(), ": inbound_nodes of layer ", quoted(entry.name)));
      }
      entry.layer = c_.registry().make(json, c_.what());
      entry.is_sequential = entry.layer->class_name() == "Sequential";
      for (int node = 0; node < entry.layer->node_count(); ++node) {
        entry.tensors.push_back(entry.layer->outputs_of(node));
      }
      entries_.push_back(std::move(entry));
    }
  }

  /// Makes the node indices of Keras 3 those of TensorFlow.js, where a model's first call is
  /// node 1.
  void count_definitions() {
    for (Entry& each : entries_) {
      for (CallReference& call : each.calls) {
        for (TensorReference& input : call.inputs) {
          if (!input.counts_calls) continue;
          is_keras3_ = true;
          input.node_index +=
              entry(input, cat("layer ", quoted(each.name))).layer->first_call_index();
        }
      }
    }
  }

  std::string entry_name(const Json& json) const {
    const std::string what = cat(c_.what(), ": layer ", entries_.size());
    json.as_object(what);
    if (const Json* name = json.find("name")) return name->as_string(cat(what, ": name"));
    return json.at("config", what).at("name", cat(what, ": config")).as_string(cat(what, ": name"));
  }

  const Entry& entry(const TensorReference& reference, const std::string& who) const {
    const auto found = index_.find(reference.layer);
    if (found == index_.end()) {
      std::vector<std::string> known;
      for (const Entry& each : entries_) known.push_back(each.name);
      throw corrupt_data(c_.what(), ": ", who, " names layer ", quoted(reference.layer),
                         ", which does not exist", did_you_mean(reference.layer, known));
    }
    return entries_[found->second];
  }

  void check_references() const {
    for (const Entry& each : entries_) {
      for (const CallReference& call : each.calls) {
        for (const TensorReference& input : call.inputs) {
          check_node(input, cat("layer ", quoted(each.name)));
        }
      }
    }
  }

  const Entry& check_node(const TensorReference& reference, const std::string& who) const {
    const Entry& source = entry(reference, who);
    const auto calls = static_cast<std::int64_t>(source.calls_in_all());
    if (reference.node_index >= calls) {
      throw corrupt_data(c_.what(), ": ", who, " wants node ", reference.node_index, " of layer ",
                         quoted(reference.layer), ", which has ", calls, " node(s)");
    }
    return source;
  }

  void make_calls() {
    std::deque<std::size_t> ready;
    for (std::size_t i = 0; i < entries_.size(); ++i) ready.push_back(i);
    while (!ready.empty()) {
      const std::size_t i = ready.front();
      ready.pop_front();
      while (entries_[i].calls_made < entries_[i].calls.size() && try_call(i)) {
        for (std::size_t waiting : entries_[i].waiting) ready.push_back(waiting);
        entries_[i].waiting.clear();
      }
    }
    for (const Entry& each : entries_) {
      if (each.calls_made < each.calls.size()) throw circle(each);
    }
  }

  bool try_call(std::size_t i) {
    const CallReference& call = entries_[i].calls[entries_[i].calls_made];
    for (std::size_t& ready = entries_[i].inputs_ready; ready < call.inputs.size(); ++ready) {
      const TensorReference& input = call.inputs[ready];
      Entry& source = entries_[index_.at(input.layer)];
      if (static_cast<std::size_t>(input.node_index) >= source.tensors.size()) {
        source.waiting.push_back(i);
        return false;
      }
    }
    const std::string who = cat("layer ", quoted(entries_[i].name));
    std::vector<SymbolicTensor> inputs;
    for (const TensorReference& input : call.inputs) inputs.push_back(tensor(input, who));
    entries_[i].tensors.push_back(entries_[i].layer->apply_all(inputs, call.kwargs));
    entries_[i].inputs_ready = 0;
    ++entries_[i].calls_made;
    return true;
  }

  SymbolicTensor tensor(const TensorReference& reference, const std::string& who) const {
    const Entry& source = check_node(reference, who);
    const auto& tensors = source.tensors[static_cast<std::size_t>(reference.node_index)];
    if (static_cast<std::size_t>(reference.tensor_index) >= tensors.size()) {
      throw corrupt_data(c_.what(), ": ", who, " wants output ", reference.tensor_index,
                         " of layer ", quoted(reference.layer), ", which has ", tensors.size(),
                         " output(s)");
    }
    return tensors[static_cast<std::size_t>(reference.tensor_index)];
  }

  /// Follows who waits for whom until a layer comes again.
  Error circle(const Entry& start) const {
    std::vector<std::string> path;
    std::unordered_map<std::string, std::size_t> place;
    const Entry* at = &start;
    while (place.emplace(at->name, path.size()).second) {
      path.push_back(quoted(at->name));
      at = &waited_for(*at);
    }
    path.erase(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(place[at->name]));
    if (path.size() > 10) path.resize(10);
    return corrupt_data(c_.what(), ": the graph has a cycle: layer(s) ", join(path, ", "),
                        " wait for each other's outputs");
  }

  const Entry& waited_for(const Entry& waiting) const {
    for (const TensorReference& input : waiting.calls[waiting.calls_made].inputs) {
      const Entry& source = entries_[index_.at(input.layer)];
      if (static_cast<std::size_t>(input.node_index) >= source.tensors.size()) return source;
    }
    throw internal_error(c_.what(), ": layer ", quoted(waiting.name), " waits for nothing");
  }

  std::vector<SymbolicTensor> ends(std::string_view key) const {
    const Json* json = c_.find(key);
    if (json == nullptr) throw corrupt_data(c_.where(key), " is missing");
    std::vector<SymbolicTensor> out;
    for (TensorReference reference : parse_references(*json, c_.where(key))) {
      // Here Keras 3 does count the definition of functional models, not that of Sequential ones.
      if (is_keras3_ && entry(reference, c_.where(key)).is_sequential) ++reference.node_index;
      out.push_back(tensor(reference, c_.where(key)));
    }
    return out;
  }

  const Config& c_;
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::size_t> index_;
  bool is_keras3_ = false;  ///< a call names its tensors as Keras 3 does
};

}  // namespace

Wiring read_wiring(const Config& c) {
  return FunctionalReader(c).read();
}

}  // namespace tfjs::layers
