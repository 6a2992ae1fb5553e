// Where every value of a program is during a run: in an input tensor, in a weight, in the arena of
// the run, or in a tensor that the run will return.
#pragma once

#include <memory>
#include <vector>

#include "tfjs/program/program.h"
#include "tfjs/runtime/kernel.h"

namespace tfjs::runtime::internal {

struct Place {
  enum class Kind {
    Input,     ///< program input `index`
    Constant,  ///< the constant of value `index`
    Arena,     ///< the arena from byte `index` on
    Buffer,    ///< fresh buffer `index` of the run: returned, or strings
  };
  Kind kind = Kind::Input;
  std::size_t index = 0;
};

struct PlanLayout {
  std::vector<Place> places;                 ///< per value
  std::vector<program::ValueId> buffers;     ///< the value that each fresh buffer is made for
  std::vector<std::size_t> scratch_offsets;  ///< per step, into the arena
  std::size_t arena_bytes = 0;
};

/// True for a step whose result is its input under another name: it needs no kernel and no memory.
bool is_alias(const program::Step& step);

/// Per value: 1 for constants.
std::vector<char> constants_of(const program::Program& program);

/// `kernels` has one entry per step: its kernel, or null when there is nothing to compute.
/// `constants` is constants_of(program) from before the program let go of any. Errors: Internal
/// when a step uses a value before it is computed.
PlanLayout lay_out(const program::Program& program, const std::vector<char>& constants,
                   const std::vector<std::unique_ptr<Kernel>>& kernels);

}  // namespace tfjs::runtime::internal
