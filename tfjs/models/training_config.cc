#include "tfjs/models/training_config.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/config.h"

namespace tfjs::models {
namespace {

const std::vector<std::string>& optimizer_classes() {
  static const std::vector<std::string> names = {"Adadelta", "Adagrad", "Adam", "Adamax",
                                                 "Momentum", "RMSProp", "SGD"};
  return names;
}

const std::vector<std::string>& losses() {
  static const std::vector<std::string> names = {"meanSquaredError",
                                                 "meanAbsoluteError",
                                                 "meanAbsolutePercentageError",
                                                 "meanSquaredLogarithmicError",
                                                 "squaredHinge",
                                                 "hinge",
                                                 "categoricalHinge",
                                                 "logcosh",
                                                 "categoricalCrossentropy",
                                                 "sparseCategoricalCrossentropy",
                                                 "binaryCrossentropy",
                                                 "kullbackLeiblerDivergence",
                                                 "poisson",
                                                 "cosineProximity"};
  return names;
}

void check_known(const std::string& name, const std::vector<std::string>& known, const char* kind,
                 const std::string& what) {
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    throw not_found(what, ": unknown ", kind, " ", quoted(name), did_you_mean(name, known));
  }
}

/// A name, a list of names, or names by output.
void check_loss(const Json& loss, const std::string& what) {
  if (loss.is_string()) {
    check_known(layers::to_camel_case(loss.as_string(what)), losses(), "loss", what);
  } else if (loss.is_array()) {
    for (const Json& each : loss.as_array(what)) check_loss(each, what);
  } else if (loss.is_object()) {
    for (const auto& [output, each] : loss.as_object(what))
      check_loss(each, cat(what, ".", output));
  } else {
    throw corrupt_data(what, " must be a name, a list or an object of names, got ",
                       loss.type_name());
  }
}

}  // namespace

void check_training_config(const Json& config, const std::string& what) {
  const std::string where = cat(what, ": trainingConfig");
  config.as_object(where);
  for (std::string_view key : {"weighted_metrics", "loss_weights", "sample_weight_mode"}) {
    const Json* value = config.find(key);
    if (value != nullptr && !value->is_null()) {
      throw unsupported(where, ".", key, ": is not supported, as in TensorFlow.js");
    }
  }
  if (const Json* loss = config.find("loss"); loss != nullptr && !loss->is_null()) {
    check_loss(*loss, cat(where, ".loss"));
  }
  const Json* optimizer = config.find("optimizer_config");
  if (optimizer == nullptr || optimizer->is_null()) return;
  const std::string place = cat(where, ".optimizer_config");
  const std::string& class_name =
      optimizer->at("class_name", place).as_string(cat(place, ".class_name"));
  check_known(class_name, optimizer_classes(), "optimizer class", place);
  optimizer->at("config", place).as_object(cat(place, ".config"));
}

}  // namespace tfjs::models
