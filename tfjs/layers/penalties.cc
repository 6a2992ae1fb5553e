#include "tfjs/layers/penalties.h"

#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/config.h"
#include "tfjs/layers/internal/folded_name.h"
#include "tfjs/layers/internal/keras_epsilon.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

Json described(const char* class_name, std::vector<Json::Member> config) {
  return Json::object({{"class_name", class_name}, {"config", Json::object(std::move(config))}});
}

/// A name stands for a class with an empty config.
struct Source {
  std::string class_name;
  Json config = Json::object();
};

Source read_source(const Json& json, const std::string& what) {
  Source source;
  if (json.is_string()) {
    source.class_name = json.as_string(what);
    return source;
  }
  source.class_name = json.at("class_name", what).as_string(what);
  const Json* config = json.find("config");
  if (config != nullptr && !config->is_null()) source.config = *config;
  source.config.as_object(what);
  return source;
}

Json number(const Source& source, const char* key, double fallback, const std::string& what) {
  const Json* value = source.config.find(key);
  if (value == nullptr) value = source.config.find(to_camel_case(key));
  if (value == nullptr || value->is_null()) return fallback;
  // Keras keeps these as numpy scalars: {"type": "ndarray", "value": 0.01}.
  if (const Json* inner = value->find("value")) value = inner;
  return value->as_number(cat(what, ": ", source.class_name, ": ", key));
}

/// A number or a list of them (Keras, for convolution kernels).
Json axes(const Source& source, const std::string& what) {
  const Json* value = source.config.find("axis");
  if (value == nullptr || value->is_null()) return 0;
  std::string where = cat(what, ": ", source.class_name, ": axis");
  if (!value->is_array()) return value->as_integer(where);
  for (const Json& axis : value->as_array(where)) axis.as_integer(where);
  return *value;
}

std::vector<int> axis_list(const Json& axis, int rank) {
  std::vector<int> out;
  auto add = [&](const Json& one) {
    std::int64_t value = one.as_integer("constraint axis");
    if (value < -rank || value >= rank) {
      throw invalid_argument("constraint: axis ", value, " is outside a weight of rank ", rank);
    }
    out.push_back(static_cast<int>(value));
  };
  if (axis.is_array()) {
    for (const Json& one : axis.as_array("constraint axis")) add(one);
  } else {
    add(axis);
  }
  return out;
}

}  // namespace

Regularizer::Regularizer(const char* name) : Regularizer(from_json(Json(name), "regularizer")) {}

Regularizer Regularizer::l1l2(double l1, double l2) {
  Regularizer out;
  out.config_ = described("L1L2", {{"l1", l1}, {"l2", l2}});
  return out;
}

Regularizer Regularizer::from_json(const Json& json, const std::string& what) {
  Regularizer out;
  if (json.is_null()) return out;
  Source source = read_source(json, what);
  std::string key = folded_name(source.class_name);
  bool l1 = key == "l1" || key == "l1l2";
  bool l2 = key == "l2" || key == "l1l2";
  if (l1 || l2) {
    // Keras's L1 and L2 are L1L2 with the other part 0, which stock can load.
    out.config_ = described("L1L2", {{"l1", l1 ? number(source, "l1", 0.01, what) : Json(0)},
                                     {"l2", l2 ? number(source, "l2", 0.01, what) : Json(0)}});
  } else if (json.is_string()) {
    throw not_found(what, ": unknown regularizer ", quoted(source.class_name),
                    did_you_mean(source.class_name, {"l1", "l2", "l1l2"}));
  } else {
    out.config_ = json;
  }
  return out;
}

Constraint::Constraint(const char* name) : Constraint(from_json(Json(name), "constraint")) {}

Constraint Constraint::max_norm(double max_value, std::int64_t axis) {
  Constraint out;
  out.config_ = described("MaxNorm", {{"max_value", max_value}, {"axis", axis}});
  return out;
}

Constraint Constraint::unit_norm(std::int64_t axis) {
  Constraint out;
  out.config_ = described("UnitNorm", {{"axis", axis}});
  return out;
}

Constraint Constraint::non_neg() {
  Constraint out;
  out.config_ = described("NonNeg", {});
  return out;
}

Constraint Constraint::min_max_norm(double min_value, double max_value, double rate,
                                    std::int64_t axis) {
  Constraint out;
  out.config_ = described(
      "MinMaxNorm",
      {{"min_value", min_value}, {"max_value", max_value}, {"rate", rate}, {"axis", axis}});
  return out;
}

Constraint Constraint::from_json(const Json& json, const std::string& what) {
  Constraint out;
  if (json.is_null()) return out;
  Source source = read_source(json, what);
  std::string key = folded_name(source.class_name);
  if (key == "maxnorm") {
    out.config_ = described("MaxNorm", {{"max_value", number(source, "max_value", 2, what)},
                                        {"axis", axes(source, what)}});
  } else if (key == "unitnorm") {
    out.config_ = described("UnitNorm", {{"axis", axes(source, what)}});
  } else if (key == "nonneg") {
    out.config_ = described("NonNeg", {});
  } else if (key == "minmaxnorm") {
    out.config_ = described("MinMaxNorm", {{"min_value", number(source, "min_value", 0, what)},
                                           {"max_value", number(source, "max_value", 1, what)},
                                           {"rate", number(source, "rate", 1, what)},
                                           {"axis", axes(source, what)}});
  } else {
    throw not_found(
        what, ": unknown constraint ", quoted(source.class_name),
        did_you_mean(source.class_name, {"MaxNorm", "UnitNorm", "NonNeg", "MinMaxNorm"}));
  }
  return out;
}

Tensor Constraint::apply(const Tensor& weight) const {
  if (is_none()) return weight;
  const std::string& class_name = config_.at("class_name", "constraint").as_string("constraint");
  const Json& config = config_.at("config", "constraint");
  if (class_name == "NonNeg") return ops::relu(weight);

  auto value = [&](const char* key) {
    return static_cast<float>(config.at(key, class_name).as_number(class_name));
  };
  std::vector<int> over = axis_list(config.at("axis", class_name), weight.rank());
  Tensor norm = ops::sqrt(ops::reduce(ops::ReduceKind::Sum, ops::square(weight), over, true));
  Tensor divisor = ops::add(norm, Tensor::scalar(kKerasEpsilon));
  if (class_name == "UnitNorm") return ops::div(weight, divisor);
  if (class_name == "MaxNorm") {
    return ops::mul(weight, ops::div(ops::clip_by_value(norm, 0, value("max_value")), divisor));
  }
  float rate = value("rate");
  Tensor clipped = ops::clip_by_value(norm, value("min_value"), value("max_value"));
  Tensor desired =
      ops::add(ops::mul(clipped, Tensor::scalar(rate)), ops::mul(norm, Tensor::scalar(1 - rate)));
  return ops::mul(weight, ops::div(desired, divisor));
}

}  // namespace tfjs::layers
