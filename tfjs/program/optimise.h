// Rewrites a Program into a faster one with the same results (float32 rounding aside): batch norm
// folded into conv, depthwise conv and matmul; bias, activation and residual add fused into their
// epilogue; zero padding into the convolution that follows; reshapes of reshapes joined. Each pass
// is a file of internal/.
#pragma once

#include "tfjs/program/program.h"

namespace tfjs::program {

Program optimise(Program program);

}  // namespace tfjs::program
