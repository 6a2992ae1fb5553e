// tf.io.decodeWeights, and the hash of weight files for where the platform offers none.
#include "tfjs/io/weights_codec.h"

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "web/bindings/request.h"

namespace tfjs::web {
namespace {

Sha256& hash() {
  static Sha256 state;
  return state;
}

}  // namespace

/// The tensors of `weightData` as `specs` describe them, in order.
Json decode_weights(const Request& request) {
  std::vector<io::WeightSpec> specs;
  for (const Json& spec : request.at("specs").as_array("decodeWeights: specs")) {
    specs.push_back(io::parse_weight_spec(spec, "decodeWeights"));
  }
  io::WeightData data(request.take_bytes("weightData"));
  std::vector<Tensor> tensors;
  for (io::NamedTensor& weight : io::decode_weights(specs, data, "decodeWeights")) {
    tensors.push_back(std::move(weight.tensor));
  }
  return lend(tensors);
}

// One hash at a time: JavaScript finishes one before it begins the next, without waiting between.

Json sha256_begin(const Request&) {
  hash() = Sha256();
  return {};
}

Json sha256_update(const Request& request) {
  for (const Bytes& bytes : request.take_bytes("bytes")) hash().update(bytes.span());
  return {};
}

Json sha256_finish(const Request&) {
  return hex(hash().finish());
}

}  // namespace tfjs::web
