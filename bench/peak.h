// The multiply-add rate of one core, for judging kernels by.
#pragma once

namespace tfjs::bench {

/// Some microseconds of independent multiply-adds on registers. Returns how many floating-point
/// operations they were.
double multiply_add_registers();

}  // namespace tfjs::bench
