// Removal of what no output needs. Passes mark a step they no longer want with op == nullptr and
// leave the rest to this.
#pragma once

#include "tfjs/program/program.h"

namespace tfjs::program {

/// Drops marked steps, steps that no output needs, and values that nothing names. Value ids change;
/// the order of steps, inputs and outputs stays.
void drop_dead(Program& program);

}  // namespace tfjs::program
