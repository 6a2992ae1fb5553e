// The QR decomposition of a normal random matrix by Householder reflections uses one reflection per
// column, and after each the rest of the matrix is again normal and independent of it. So Q = H1 H2
// ... Hn D can be drawn directly: Hk reflects a fresh normal vector x of length rows - k + 1 onto
// the first axis, and D holds the signs that make R's diagonal positive (Stewart 1980). That saves
// the decomposition; what is left is to multiply the reflections, last to first, into an identity,
// which is done kBlock reflections at a time: H1...Hb = I - V T V' (Schreiber and Van Loan 1989),
// so the work is two matrix products per block. Their inner loops run over kTile contiguous
// columns.
#include "tfjs/layers/orthogonal.h"

#include <algorithm>

namespace tfjs::layers {
namespace {

constexpr std::int64_t kBlock = 32;
constexpr std::int64_t kTile = 64;

/// y[0..kTile) += a0*x0 + a1*x1 + a2*x2 + a3*x3: four at a time, because the load and store of y
/// bound the loop.
void add_four(float* __restrict y, const float* __restrict x0, const float* __restrict x1,
              const float* __restrict x2, const float* __restrict x3, const float* a) {
  for (std::int64_t c = 0; c < kTile; ++c) {
    y[c] += a[0] * x0[c] + a[1] * x1[c] + a[2] * x2[c] + a[3] * x3[c];
  }
}

/// kBlock reflections I - v v' with |v|^2 = 2, on rows from `first` on. Unused ones (at the end of
/// the last block) are zero vectors, which reflect nothing.
struct Block {
  std::int64_t first = 0;
  std::int64_t rows = 0;            ///< a multiple of four; rows past the matrix are zero
  std::vector<float> vectors;       ///< [rows, kBlock]: v as columns
  std::vector<double> combination;  ///< T, upper triangular [kBlock, kBlock]
  std::vector<float> signs;         ///< the diagonal of D
};

Block draw_block(std::int64_t first, std::int64_t count, std::int64_t rows, Random& random) {
  Block block;
  block.first = first;
  block.rows = (rows - first + 3) / 4 * 4;
  block.vectors.assign(static_cast<std::size_t>(block.rows * kBlock), 0);
  block.signs.assign(kBlock, 1);
  std::vector<double> x;
  for (std::int64_t k = 0; k < count; ++k) {
    std::int64_t length = rows - first - k;
    x.resize(static_cast<std::size_t>(length));
    double square = 0;
    for (double& value : x) {
      value = random.normal();
      square += value * value;
    }
    // R's diagonal entry is -sign(x1) |x|, so D has the opposite sign.
    double sign = x[0] < 0 ? -1 : 1;
    block.signs[static_cast<std::size_t>(k)] = static_cast<float>(-sign);
    if (length == 1) {
      // A reflection of one axis is that axis's sign, which D already holds: H = I and R's entry is
      // x1 itself.
      block.signs[static_cast<std::size_t>(k)] = static_cast<float>(sign);
      continue;
    }
    double norm = std::sqrt(square);
    double head = x[0];
    x[0] += sign * norm;
    double factor = std::sqrt(2 / (square - head * head + x[0] * x[0]));
    for (std::int64_t i = 0; i < length; ++i) {
      block.vectors[static_cast<std::size_t>((k + i) * kBlock + k)] =
          static_cast<float>(x[static_cast<std::size_t>(i)] * factor);
    }
  }

  // T(j, j) = 1, T(0..j, j) = -T(0..j, 0..j) V' v_j.
  std::vector<double> gram(kBlock * kBlock, 0);
  for (std::int64_t i = 0; i < block.rows; ++i) {
    const float* v = &block.vectors[static_cast<std::size_t>(i * kBlock)];
    for (std::int64_t a = 0; a < kBlock; ++a) {
      double va = v[a];
      for (std::int64_t b = 0; b < kBlock; ++b)
        gram[static_cast<std::size_t>(a * kBlock + b)] += va * v[b];
    }
  }
  block.combination.assign(kBlock * kBlock, 0);
  auto t = [&](std::int64_t a, std::int64_t b) -> double& {
    return block.combination[static_cast<std::size_t>(a * kBlock + b)];
  };
  for (std::int64_t j = 0; j < kBlock; ++j) {
    t(j, j) = 1;
    for (std::int64_t a = 0; a < j; ++a) {
      double sum = 0;
      for (std::int64_t b = a; b < j; ++b)
        sum += t(a, b) * gram[static_cast<std::size_t>(b * kBlock + j)];
      t(a, j) = -sum;
    }
  }
  return block;
}

/// q[first.., tile] -= V T V' q[first.., tile].
void apply_to_tile(const Block& block, float* q, std::int64_t stride) {
  float product[kBlock][kTile] = {};
  float combined[kBlock][kTile] = {};
  for (std::int64_t i = 0; i < block.rows; i += 4) {
    const float* row = q + (block.first + i) * stride;
    const float* v = &block.vectors[static_cast<std::size_t>(i * kBlock)];
    for (std::int64_t k = 0; k < kBlock; ++k) {
      float a[4] = {v[k], v[kBlock + k], v[2 * kBlock + k], v[3 * kBlock + k]};
      add_four(product[k], row, row + stride, row + 2 * stride, row + 3 * stride, a);
    }
  }
  for (std::int64_t k = 0; k < kBlock; ++k) {
    for (std::int64_t j = k; j < kBlock; ++j) {
      float factor =
          -static_cast<float>(block.combination[static_cast<std::size_t>(k * kBlock + j)]);
      for (std::int64_t c = 0; c < kTile; ++c) combined[k][c] += factor * product[j][c];
    }
  }
  for (std::int64_t i = 0; i < block.rows; ++i) {
    float* row = q + (block.first + i) * stride;
    const float* v = &block.vectors[static_cast<std::size_t>(i * kBlock)];
    for (std::int64_t k = 0; k < kBlock; k += 4) {
      add_four(row, combined[k], combined[k + 1], combined[k + 2], combined[k + 3], v + k);
    }
  }
}

/// rows >= columns.
std::vector<float> tall(std::int64_t rows, std::int64_t columns, Random& random) {
  std::int64_t stride = (columns + kTile - 1) / kTile * kTile;
  // Four spare rows, so that a block's rows can be a multiple of four.
  std::vector<float> q(static_cast<std::size_t>((rows + 4) * stride), 0);
  std::vector<Block> blocks;
  for (std::int64_t first = 0; first < columns; first += kBlock) {
    blocks.push_back(draw_block(first, std::min(kBlock, columns - first), rows, random));
    for (std::int64_t k = first; k < std::min(first + kBlock, columns); ++k) {
      q[static_cast<std::size_t>(k * stride + k)] =
          blocks.back().signs[static_cast<std::size_t>(k - first)];
    }
  }
  // Columns before a block's first are still the identity's, with zeros in the block's rows.
  for (auto block = blocks.rbegin(); block != blocks.rend(); ++block) {
    for (std::int64_t c = block->first / kTile * kTile; c < columns; c += kTile) {
      apply_to_tile(*block, q.data() + c, stride);
    }
  }

  std::vector<float> out(static_cast<std::size_t>(rows * columns));
  for (std::int64_t r = 0; r < rows; ++r) {
    std::copy_n(q.begin() + r * stride, columns, out.begin() + r * columns);
  }
  return out;
}

}  // namespace

std::vector<float> random_orthogonal(std::int64_t rows, std::int64_t columns, Random& random) {
  if (rows >= columns) return tall(rows, columns, random);
  std::vector<float> turned = tall(columns, rows, random);
  std::vector<float> out(turned.size());
  for (std::int64_t r = 0; r < rows; ++r) {
    for (std::int64_t c = 0; c < columns; ++c) {
      out[static_cast<std::size_t>(r * columns + c)] =
          turned[static_cast<std::size_t>(c * rows + r)];
    }
  }
  return out;
}

}  // namespace tfjs::layers
