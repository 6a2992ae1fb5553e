#include "tfjs/program/optimise.h"

#include "tfjs/program/internal/dead_code.h"
#include "tfjs/program/internal/passes.h"

namespace tfjs::program {

Program optimise(Program program) {
  // One pass makes room for another: a reshape that sinks lets a bias be folded, that a batch norm.
  // Every change removes a step or moves a reshape towards the end, so there is an end.
  for (bool changed = true; changed;) {
    changed = remove_identities(program);
    changed |= join_movements(program);
    changed |= sink_reshapes(program);
    changed |= absorb_padding(program);
    changed |= fold_channel_constants(program);
    changed |= join_clips(program);
    changed |= fuse_epilogues(program);
    drop_dead(program);
  }
  return program;
}

}  // namespace tfjs::program
