// One time step of a recurrent layer: the product of the state and the recurrent kernel, the
// activations of the gates and the new state, in one pass.
//
// The recurrent kernel is packed into blocks. A block has the columns of all gates for as many
// units as fill some vectors, so the sums of a unit's gates meet in registers and no array of sums
// is written. The new state goes to other memory than the old one, which every block reads.
#pragma once

#include <cstddef>
#include <cstdint>

#include "tfjs/ops/recurrent.h"

namespace tfjs::kernels {

struct RecurrentCell {
  ops::CellKind kind;
  bool reset_after;  ///< of a Gru
  ops::UnaryKind activation;
  ops::UnaryKind recurrent_activation;
  std::int64_t units;
};

/// Columns of the kernels: gates times units.
std::int64_t gate_columns(const RecurrentCell& cell);

/// A Gru that resets before the product needs the reset gates of all units before it can go on: its
/// step has two parts. The others have one.
int part_count(const RecurrentCell& cell);
/// Blocks of one part: what threads may share.
std::int64_t block_count(const RecurrentCell& cell, int part);

std::size_t packed_recurrent_floats(const RecurrentCell& cell);
/// `kernel` is [units, gate_columns]; `packed` is 64-byte aligned.
void pack_recurrent(const RecurrentCell& cell, const float* kernel, float* packed);

/// What a step reads and writes, for some rows of the batch.
struct RecurrentStep {
  std::int64_t rows;
  const float* from_input;  ///< x W + b: [rows, columns]
  std::int64_t columns;     ///< gate_columns of the cell
  const float* h;           ///< the old state: a row of `units` every h_stride floats
  std::int64_t h_stride;
  float* next_h;
  std::int64_t next_h_stride;
  float* c;                  ///< [rows, units], replaced; only for an Lstm
  const std::uint8_t* mask;  ///< one every mask_stride bytes: rows with 0 keep their state. Or null
  std::int64_t mask_stride;
  const float* recurrent_bias;  ///< [gate_columns], or null; only for a Gru with reset_after
  float* update_gate;           ///< [rows, units] between the parts of a step of two
  float* reset_h;               ///< the same
};

/// Blocks [begin, end) of a part, in falling order when `falling`: a step that begins with the
/// blocks with which the last one ended finds them in the first-level cache.
void run_recurrent_blocks(const RecurrentCell& cell, const float* packed, const RecurrentStep& step,
                          int part, std::int64_t begin, std::int64_t end, bool falling);

}  // namespace tfjs::kernels
