#include "tfjs/layers/initializer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/internal/folded_name.h"
#include "tfjs/layers/orthogonal.h"
#include "tfjs/layers/random.h"

namespace tfjs::layers {
namespace {

/// Reads the config of one class: absent and null members keep their defaults.
class InitializerReader {
 public:
  InitializerReader(const Json& config, std::string what)
      : config_(config), what_(std::move(what)) {}

  Json number(const char* key, double fallback) const {
    const Json* value = config_.find(key);
    if (value == nullptr || value->is_null()) return fallback;
    // A numpy scalar: {"type": "ndarray", "value": 0.5}.
    if (const Json* inner = value->find("value")) value = inner;
    double number = value->as_number(cat(what_, ": ", key));
    if (!std::isfinite(number)) throw corrupt_data(what_, ": ", key, " must be finite");
    return number;
  }

  Json choice(const char* key, const char* fallback,
              const std::vector<std::string>& allowed) const {
    const Json* value = config_.find(key);
    if (value == nullptr || value->is_null()) return fallback;
    const std::string& text = value->as_string(cat(what_, ": ", key));
    for (const std::string& name : allowed) {
      if (folded_name(name) == folded_name(text)) return name;
    }
    throw corrupt_data(what_, ": ", key, " must be ", join(allowed, ", "), ", got ", quoted(text));
  }

  Json seed() const {
    const Json* value = config_.find("seed");
    return value == nullptr ? Json() : *value;
  }

  const std::string& what() const { return what_; }

 private:
  const Json& config_;
  std::string what_;
};

Json variance_scaling_config(Json scale, Json mode, Json distribution, Json seed) {
  return Json::object({{"scale", std::move(scale)},
                       {"mode", std::move(mode)},
                       {"distribution", std::move(distribution)},
                       {"seed", std::move(seed)}});
}

using Canonical = std::function<Json(const InitializerReader&)>;

/// A class or short name, the class it is written as, and its config with nothing left out.
struct KnownInitializer {
  const char* name;
  const char* written_class;
  Canonical config;
};

Canonical scaled(double scale, const char* mode, const char* distribution) {
  return [=](const InitializerReader& r) {
    return variance_scaling_config(scale, mode, distribution, r.seed());
  };
}

const std::vector<KnownInitializer>& known_initializers() {
  static const std::vector<KnownInitializer> table = [] {
    Canonical none = [](const InitializerReader&) { return Json::object(); };
    Canonical uniform = [](const InitializerReader& r) {
      return Json::object({{"minval", r.number("minval", -0.05)},
                           {"maxval", r.number("maxval", 0.05)},
                           {"seed", r.seed()}});
    };
    Canonical normal = [](const InitializerReader& r) {
      return Json::object({{"mean", r.number("mean", 0)},
                           {"stddev", r.number("stddev", 0.05)},
                           {"seed", r.seed()}});
    };
    Canonical gain = [](const InitializerReader& r) {
      return Json::object({{"gain", r.number("gain", 1)}});
    };
    Canonical orthogonal = [](const InitializerReader& r) {
      return Json::object({{"gain", r.number("gain", 1)}, {"seed", r.seed()}});
    };
    Canonical constant = [](const InitializerReader& r) {
      return Json::object({{"value", r.number("value", 0)}});
    };
    Canonical variance = [](const InitializerReader& r) {
      Json scale = r.number("scale", 1);
      if (scale.as_number("scale") <= 0) {
        throw corrupt_data(r.what(), ": scale must be above 0, got ", scale.as_number("scale"));
      }
      return variance_scaling_config(
          std::move(scale), r.choice("mode", "fan_in", {"fan_in", "fan_out", "fan_avg"}),
          r.choice("distribution", "normal",
                   {"normal", "uniform", "truncated_normal", "untruncated_normal"}),
          r.seed());
    };
    return std::vector<KnownInitializer>{
        {"Zeros", "Zeros", none},
        {"Zero", "Zeros", none},
        {"Ones", "Ones", none},
        {"One", "Ones", none},
        {"Constant", "Constant", constant},
        {"RandomUniform", "RandomUniform", uniform},
        {"Uniform", "RandomUniform", uniform},
        {"RandomNormal", "RandomNormal", normal},
        {"Normal", "RandomNormal", normal},
        {"TruncatedNormal", "TruncatedNormal", normal},
        {"Identity", "Identity", gain},
        {"IdentityInitializer", "Identity", gain},
        {"VarianceScaling", "VarianceScaling", variance},
        {"GlorotUniform", "VarianceScaling", scaled(1, "fan_avg", "uniform")},
        {"GlorotNormal", "VarianceScaling", scaled(1, "fan_avg", "normal")},
        {"HeUniform", "VarianceScaling", scaled(2, "fan_in", "uniform")},
        {"HeNormal", "VarianceScaling", scaled(2, "fan_in", "normal")},
        {"LeCunUniform", "VarianceScaling", scaled(1, "fan_in", "uniform")},
        {"LeCunNormal", "VarianceScaling", scaled(1, "fan_in", "normal")},
        {"Orthogonal", "Orthogonal", orthogonal},
        {"OrthogonalInitializer", "Orthogonal", orthogonal},
    };
  }();
  return table;
}

const KnownInitializer* find_initializer(const std::string& name) {
  std::string wanted = folded_name(name);
  for (const KnownInitializer& known : known_initializers()) {
    if (folded_name(known.name) == wanted) return &known;
  }
  return nullptr;
}

const KnownInitializer& get_initializer(const std::string& name) {
  if (const KnownInitializer* known = find_initializer(name)) return *known;
  std::vector<std::string> names;
  for (const KnownInitializer& known : known_initializers()) names.push_back(known.name);
  throw not_found("unknown initializer ", quoted(name), did_you_mean(name, names));
}

/// Inputs and outputs of one unit; a convolution's kernel area counts for both.
struct Fans {
  double in = 1;
  double out = 1;
};

Fans fans_of(const Shape& shape) {
  if (shape.rank() < 2 || shape.rank() > 5) {
    double side = std::sqrt(static_cast<double>(shape.size()));
    return {side, side};
  }
  double field = 1;
  for (int axis = 0; axis + 2 < shape.rank(); ++axis) field *= static_cast<double>(shape[axis]);
  return {field * static_cast<double>(shape[-2]), field * static_cast<double>(shape[-1])};
}

template <class Draw>
Tensor filled(const Shape& shape, Draw&& draw) {
  std::vector<float> values(static_cast<std::size_t>(shape.size()));
  for (float& value : values) value = static_cast<float>(draw());
  return Tensor::of(values, shape);
}

Tensor make_variance_scaling(double scale, const std::string& mode, const std::string& distribution,
                             const Shape& shape, Random& random) {
  Fans fans = fans_of(shape);
  double fan = mode == "fan_in" ? fans.in : mode == "fan_out" ? fans.out : (fans.in + fans.out) / 2;
  scale /= std::max(1.0, fan);
  if (distribution == "uniform") {
    double limit = std::sqrt(3 * scale);
    return filled(shape, [&] { return random.uniform(-limit, limit); });
  }
  double stddev = std::sqrt(scale);
  if (distribution == "untruncated_normal")
    return filled(shape, [&] { return stddev * random.normal(); });
  // Keras makes up for what truncation takes from the deviation; tf.js's "normal" truncates without
  // doing so.
  if (distribution == "truncated_normal") stddev /= 0.87962566103423978;
  return filled(shape, [&] { return stddev * random.truncated_normal(); });
}

Tensor make_identity(double gain, const Shape& shape) {
  if (shape.rank() != 2 || shape[0] != shape[1]) {
    throw invalid_argument("initializer Identity: only square matrices, got shape ", shape);
  }
  std::vector<float> values(static_cast<std::size_t>(shape.size()), 0);
  for (std::int64_t i = 0; i < shape[0]; ++i) {
    values[static_cast<std::size_t>(i * shape[0] + i)] = static_cast<float>(gain);
  }
  return Tensor::of(values, shape);
}

Tensor make_orthogonal(double gain, const Shape& shape, Random& random) {
  if (shape.rank() < 2) {
    throw invalid_argument(
        "initializer Orthogonal: the shape must have at least 2 dimensions, got ", shape);
  }
  if (shape.size() == 0) return Tensor::zeros(shape);
  std::int64_t columns = shape[-1];
  std::vector<float> values = random_orthogonal(shape.size() / columns, columns, random);
  if (gain != 1) {
    for (float& value : values) value = static_cast<float>(value * gain);
  }
  return Tensor::of(values, shape);
}

std::uint64_t seed_of(const Json& config, std::uint64_t fallback) {
  const Json* seed = config.find("seed");
  // Keras 3 may keep a generator's state here, which means nothing to ours.
  if (seed == nullptr || !seed->is_integer()) return fallback;
  return static_cast<std::uint64_t>(seed->as_integer("seed"));
}

}  // namespace

Initializer::Initializer(const std::string& name) {
  const KnownInitializer& known = get_initializer(name);
  Json empty = Json::object();
  class_name_ = known.written_class;
  config_ = known.config(InitializerReader(empty, cat("initializer ", known.name)));
}

Initializer::Initializer(std::string class_name, Json config)
    : class_name_(std::move(class_name)), config_(std::move(config)) {}

Initializer Initializer::from_json(const Json& json, const std::string& what) {
  if (json.is_string()) {
    const std::string& name = json.as_string(what);
    if (find_initializer(name) == nullptr)
      throw not_found(what, ": unknown initializer ", quoted(name));
    return Initializer(name);
  }
  const std::string& class_name = json.at("class_name", what).as_string(what);
  const Json* found = json.find("config");
  Json config = found == nullptr || found->is_null() ? Json::object() : *found;
  const KnownInitializer* known = find_initializer(class_name);
  if (known == nullptr) return Initializer(class_name, std::move(config));
  config.as_object(what);
  return Initializer(known->written_class, known->config(InitializerReader(
                                               config, cat(what, ": initializer ", class_name))));
}

Json Initializer::to_json() const {
  return Json::object({{"class_name", class_name_}, {"config", config_}});
}

Tensor Initializer::make(const Shape& shape, std::uint64_t fallback_seed) const {
  auto number = [&](const char* key) {
    return config_.at(key, class_name_).as_number(class_name_);
  };
  auto text = [&](const char* key) { return config_.at(key, class_name_).as_string(class_name_); };
  Random random(seed_of(config_, fallback_seed));

  if (class_name_ == "Zeros") return Tensor::zeros(shape);
  if (class_name_ == "Ones") return Tensor::full(shape, 1);
  if (class_name_ == "Constant") return Tensor::full(shape, static_cast<float>(number("value")));
  if (class_name_ == "RandomUniform") {
    double low = number("minval"), high = number("maxval");
    return filled(shape, [&] { return random.uniform(low, high); });
  }
  if (class_name_ == "RandomNormal") {
    double mean = number("mean"), stddev = number("stddev");
    return filled(shape, [&] { return mean + stddev * random.normal(); });
  }
  if (class_name_ == "TruncatedNormal") {
    double mean = number("mean"), stddev = number("stddev");
    return filled(shape, [&] { return mean + stddev * random.truncated_normal(); });
  }
  if (class_name_ == "Identity") return make_identity(number("gain"), shape);
  if (class_name_ == "Orthogonal") return make_orthogonal(number("gain"), shape, random);
  if (class_name_ == "VarianceScaling") {
    return make_variance_scaling(number("scale"), text("mode"), text("distribution"), shape,
                                 random);
  }
  throw unsupported("initializer ", quoted(class_name_),
                    " is not known here, so it cannot make a weight of shape ", shape,
                    "; load the weights from a file");
}

namespace initializers {
namespace {

Initializer make(const char* class_name, std::vector<Json::Member> config) {
  return Initializer::from_json(
      Json::object({{"class_name", class_name}, {"config", Json::object(std::move(config))}}),
      "tfjs::layers::initializers");
}

}  // namespace

Initializer zeros() {
  return Initializer("Zeros");
}
Initializer ones() {
  return Initializer("Ones");
}
Initializer constant(double value) {
  return make("Constant", {{"value", value}});
}
Initializer random_uniform(double minval, double maxval, Json seed) {
  return make("RandomUniform", {{"minval", minval}, {"maxval", maxval}, {"seed", std::move(seed)}});
}
Initializer random_normal(double mean, double stddev, Json seed) {
  return make("RandomNormal", {{"mean", mean}, {"stddev", stddev}, {"seed", std::move(seed)}});
}
Initializer truncated_normal(double mean, double stddev, Json seed) {
  return make("TruncatedNormal", {{"mean", mean}, {"stddev", stddev}, {"seed", std::move(seed)}});
}
Initializer identity(double gain) {
  return make("Identity", {{"gain", gain}});
}
Initializer variance_scaling(double scale, const std::string& mode, const std::string& distribution,
                             Json seed) {
  return make("VarianceScaling", {{"scale", scale},
                                  {"mode", mode},
                                  {"distribution", distribution},
                                  {"seed", std::move(seed)}});
}
Initializer orthogonal(double gain, Json seed) {
  return make("Orthogonal", {{"gain", gain}, {"seed", std::move(seed)}});
}

}  // namespace initializers
}  // namespace tfjs::layers
