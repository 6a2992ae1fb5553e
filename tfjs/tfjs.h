// The whole library: #include <tfjs/tfjs.h> and namespace tf = tfjs.
#pragma once

#include "tfjs/io/io_handler.h"
#include "tfjs/io/npy.h"
#include "tfjs/io/router.h"
#include "tfjs/layers/all_layers.h"
#include "tfjs/models/layers_model.h"
#include "tfjs/models/load_layers_model.h"
#include "tfjs/ops/all_ops.h"

namespace tfjs {
using namespace ops;     // NOLINT(google-build-using-namespace): tf::matmul, as in TensorFlow.js
using namespace models;  // NOLINT(google-build-using-namespace): tf::sequential
}  // namespace tfjs
