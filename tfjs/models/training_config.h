// The trainingConfig of model.json: loss, metrics and optimizer a model was compiled with.
#pragma once

#include <string>

#include "tfjs/base/json.h"

namespace tfjs::models {

/// Errors    Unsupported: weighted metrics, loss weights or a sample weight mode; NotFound: an
///           unknown optimizer class or loss, with the close names; CorruptData: another structure.
/// `what` names the file in messages.
void check_training_config(const Json& config, const std::string& what);

}  // namespace tfjs::models
