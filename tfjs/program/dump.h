// A Program as text, for tests and for people:
//
//   input %0 float32 [1, 4]
//   const %1 float32 [4, 3]
//   %2 float32 [1, 3] = Matmul(%0, %1) {activation=Relu}
//   output %2
#pragma once

#include <string>

#include "tfjs/program/program.h"

namespace tfjs::program {

std::string dump(const Program& program);

/// The options of a step as "{padding=1,1 stride=2,2}"; empty when there is nothing to say.
std::string describe_options(const Step& step);

}  // namespace tfjs::program
