// Matrix product as every dense layer and convolution here uses it: C = epilogue(A * B).
//
// B is packed into panels as wide as the register tile (tile_shape), so the inner loop reads it
// straight on. A is never copied: a row of A is a list of segments, each a run of floats somewhere
// in memory. A plain matrix has one segment a row; a convolution has one a kernel tap, pointing at
// the input pixel or, in the padding, at zeros (RowSource). So 1x1, 3x3, strided, dilated,
// transposed and 3-D convolutions are this one loop, without im2col. Read next: gemm_tile-inl.h
// (the register tile), gemm.cc (cache blocks), gemm_run.cc (threads).
#pragma once

#include <cstddef>
#include <cstdint>

#include "tfjs/ops/unary.h"
#include "tfjs/runtime/parallel.h"

namespace tfjs::kernels {

/// Rows and columns of C that the machine's registers hold at once.
struct TileShape {
  int rows;
  int columns;
};
TileShape tile_shape();

/// A [rows, columns] matrix at any strides (in floats), so that transposed ones need no copy.
struct MatrixView {
  const float* data;
  std::int64_t rows;
  std::int64_t columns;
  std::int64_t row_stride;
  std::int64_t column_stride;
};

/// Panels of a matrix with so many columns.
std::int64_t panel_count(std::int64_t columns);
/// Floats of a packed [depth, columns] matrix.
std::size_t packed_floats(std::int64_t depth, std::int64_t columns);
/// Packs panels [begin, end) of `b` to their places in `packed`, 64-byte aligned. `depth` is the
/// packed matrix's number of rows: `b` may be a band of them that goes to rows [at_row, at_row +
/// b.rows).
void pack_panels(const MatrixView& b, std::int64_t depth, std::int64_t at_row, std::int64_t begin,
                 std::int64_t end, float* packed);
/// All of `b`.
void pack_matrix(const MatrixView& b, float* packed);

/// What happens to a sum before it is stored: activation(sum + bias + residual).
struct OutputStage {
  const float* bias = nullptr;      ///< [columns], or none
  const float* residual = nullptr;  ///< laid out as the output is, or none
  const float* output =
      nullptr;  ///< start of the output: residual elements are found by their distance from it
  ops::UnaryOptions activation;
};

/// Where the rows of A are and the rows of C go.
class RowSource {
 public:
  virtual ~RowSource() = default;
  /// For rows [row, row + count): a[s * count + i] points at segment s of row `row + i`, c[i] at
  /// its first output. `room` has GemmShape::room_per_row floats per row for segments that must be
  /// put together first.
  virtual void locate(std::int64_t row, int count, const float** a, float** c,
                      float* room) const = 0;
};

struct GemmShape {
  std::int64_t rows = 0;
  std::int64_t columns = 0;
  std::int64_t segments = 1;
  std::int64_t segment_length = 0;
  std::int64_t room_per_row = 0;
  /// Floats that each further row adds to what is read of A: fewer than the depth where rows
  /// overlap, as those of a convolution do. 0: the depth.
  std::int64_t own_floats_per_row = 0;

  std::int64_t depth() const { return segments * segment_length; }
};

/// Scratch of run_gemm on at most `threads` threads.
std::size_t gemm_scratch_bytes(const GemmShape& shape, int threads);

/// `packed` is B, its rows in the order of the segments. `scratch` is 64-byte aligned.
void run_gemm(const GemmShape& shape, const RowSource& rows, const float* packed,
              const OutputStage& stage, runtime::Parallel& parallel, std::byte* scratch);

/// A plain matrix of A and of C.
class PlainRows : public RowSource {
 public:
  /// `room_per_row` is that of the shape given to run_gemm: 0 or copied_row_room.
  PlainRows(const float* a, std::int64_t a_stride, std::int64_t length, float* c,
            std::int64_t c_stride, std::int64_t room_per_row)
      : a_(a),
        a_stride_(a_stride),
        length_(length),
        c_(c),
        c_stride_(c_stride),
        room_per_row_(room_per_row) {}
  void locate(std::int64_t row, int count, const float** a, float** c, float* room) const override;

 private:
  const float* a_;
  std::int64_t a_stride_;
  std::int64_t length_;
  float* c_;
  std::int64_t c_stride_;
  std::int64_t room_per_row_;
};

/// Rows a multiple of 4 KiB apart share the same few sets of the first-level cache, and a tile of
/// them evicts itself. Where that matters, the floats of room a row needs to be copied to a better
/// place; else 0.
std::int64_t copied_row_room(std::int64_t a_stride, std::int64_t length, std::int64_t columns);

}  // namespace tfjs::kernels
