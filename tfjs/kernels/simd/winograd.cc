// A part of the image's tiles at a time goes through two steps, both spread over the threads: first
// all its inputs are transformed, then units of some tiles by one panel of output channels are
// multiplied, point after point, and transformed back while the sums are in the cache. The filter
// is transformed once and laid out as the units read it, [panel][point][channels_in][columns of the
// panel], so that it streams by.
#include "tfjs/kernels/simd/winograd.h"

#include <algorithm>
#include <array>
#include <vector>

#include "tfjs/kernels/simd/aligned_floats.h"
#include "tfjs/kernels/simd/ceil_div.h"
#include "tfjs/kernels/simd/epilogue_inputs.h"
#include "tfjs/kernels/simd/unary_math.h"
#include "tfjs/kernels/simd/winograd_tiles.h"

namespace tfjs::kernels {
namespace {

constexpr std::int64_t kLeastChannels = 24;  // with fewer, transforming costs what it spares
constexpr std::int64_t kLeastTiles = 32;     // with fewer, reading 16/9 of the filter does
/// Transformed inputs of a part: with the filter's panel and the sums they stay in an L2 of 2 MiB.
constexpr std::int64_t kInputBytesOfPart = 1 << 20;
constexpr std::int64_t kRegisterTilesOfUnit = 5;
constexpr std::int64_t kFloatsOfGrain = 8192;  // read to transform inputs: some microseconds

constexpr int kInputCells = kWinogradInputs * kWinogradInputs;
constexpr int kOutputCells = kWinogradOutputs * kWinogradOutputs;

/// Floats of a row of `channels` transformed inputs: a cache line more than needed, so that rows
/// do not share sets of the first-level cache.
std::int64_t input_stride(std::int64_t channels) {
  return ceil_div(channels, 16) * 16 + 16;
}

/// The tiles of all images of a batch, line by line.
struct Tiling {
  std::int64_t down;
  std::int64_t across;
  std::int64_t count;
};

Tiling tiling_of(const ConvCase& conv) {
  const std::int64_t down = ceil_div(conv.axes[1].output, kWinogradOutputs);
  const std::int64_t across = ceil_div(conv.axes[2].output, kWinogradOutputs);
  return {down, across, conv.batch * down * across};
}

/// Cell (0, 0) of a tile among the outputs.
struct Place {
  std::int64_t image;
  std::int64_t row;
  std::int64_t column;
};

/// Some tiles that pass through both steps together.
struct Part {
  std::int64_t begin;
  std::int64_t end;
  std::int64_t groups;  ///< of tiles, each with every panel a unit

  std::int64_t tiles() const { return end - begin; }
  std::int64_t group_begin(std::int64_t group) const { return group * tiles() / groups; }
};

/// Of the transformed filter; 64 bits, as it may be more than a 32-bit machine addresses.
std::uint64_t filter_bytes(const ConvCase& conv) {
  return std::uint64_t{kWinogradPoints} * packed_floats(conv.channels_in, conv.channels_out) *
         sizeof(float);
}

class WinogradConv final : public runtime::Kernel {
 public:
  WinogradConv(const runtime::KernelSetup& setup, const ConvCase& conv);

  void run(const runtime::KernelRun& run) const override;
  std::size_t scratch_bytes() const override {
    return input_bytes_ + bytes_of_thread_ * static_cast<std::size_t>(threads_);
  }
  bool can_overwrite_input(std::size_t index) const override {
    return is_residual(conv_.epilogue, kInputAndWeights, index);
  }
  bool reads_input(std::size_t index) const override { return index != 1; }

 private:
  /// What a thread computes a unit in.
  struct Memory {
    float* sums;  ///< [tiles][points][columns of a panel]
    const float** a;
    float** c;
    int* register_tiles;  ///< rows of each
  };

  std::int64_t most_group_tiles() const { return kRegisterTilesOfUnit * shape_.rows; }
  Part part(std::int64_t index, int threads) const;
  Place place(std::int64_t tile) const;
  std::int64_t columns_of(std::int64_t panel) const {
    return std::min<std::int64_t>(shape_.columns, conv_.channels_out - panel * shape_.columns);
  }
  /// Where filter_ has the panel of a point: so many floats from the offset on.
  struct FilterPlace {
    std::int64_t offset;
    std::int64_t floats;
  };
  FilterPlace filter_place(std::int64_t panel, int point) const;
  PackedRange filter_of(std::int64_t panel, int point) const;
  void transform_filter(const float* filter);
  Memory memory_of(std::byte* own) const;
  void transform_input(const float* x, std::int64_t tile, float* out) const;
  void run_unit(const Part& part, std::int64_t unit, const float* inputs, const OutputStage& stage,
                float* out, const Memory& memory) const;
  void finish_tile(std::int64_t tile, std::int64_t panel, const float* sums,
                   const OutputStage& stage, float* out) const;

  ConvCase conv_;
  Tiling tiling_;
  TileShape shape_;
  int threads_;
  std::int64_t stride_;  ///< floats between points of a transformed input
  std::int64_t panels_;
  std::int64_t parts_;
  AlignedFloats filter_;
  std::vector<float> zeros_;
  std::size_t input_bytes_;
  std::size_t bytes_of_thread_;
};

WinogradConv::WinogradConv(const runtime::KernelSetup& setup, const ConvCase& conv)
    : conv_(conv),
      tiling_(tiling_of(conv)),
      shape_(tile_shape()),
      threads_(setup.threads),
      stride_(input_stride(conv.channels_in)),
      panels_(panel_count(conv.channels_out)),
      zeros_(static_cast<std::size_t>(conv.channels_in), 0.0f) {
  const std::int64_t tile_bytes =
      kWinogradPoints * stride_ * static_cast<std::int64_t>(sizeof(float));
  const std::int64_t most = std::max(most_group_tiles(), kInputBytesOfPart / tile_bytes);
  parts_ = ceil_div(tiling_.count, most);
  input_bytes_ = static_cast<std::size_t>(ceil_div(tiling_.count, parts_) * tile_bytes);
  const std::size_t tiles = static_cast<std::size_t>(most_group_tiles());
  bytes_of_thread_ =
      tiles * kWinogradPoints * static_cast<std::size_t>(shape_.columns) * sizeof(float) +
      2 * round_to_alignment(tiles * sizeof(float*)) +
      round_to_alignment(static_cast<std::size_t>(kRegisterTilesOfUnit) * sizeof(int));
  transform_filter(static_cast<const float*>(setup.constants[1].raw_data()));
}

void WinogradConv::transform_filter(const float* filter) {
  const std::int64_t pairs = conv_.channels_in * conv_.channels_out;
  filter_ = make_aligned_floats(static_cast<std::size_t>(filter_bytes(conv_) / sizeof(float)));
  std::vector<float> transformed(static_cast<std::size_t>(pairs));
  for (int point = 0; point < kWinogradPoints; ++point) {
    winograd_filter(filter, pairs, point, transformed.data());
    for (std::int64_t panel = 0; panel < panels_; ++panel) {
      const MatrixView columns{transformed.data() + panel * shape_.columns, conv_.channels_in,
                               columns_of(panel), conv_.channels_out, 1};
      pack_panels(columns, conv_.channels_in, 0, 0, 1,
                  filter_.get() + filter_place(panel, point).offset);
    }
  }
}

WinogradConv::FilterPlace WinogradConv::filter_place(std::int64_t panel, int point) const {
  const std::int64_t before = panel * shape_.columns * conv_.channels_in * kWinogradPoints;
  const auto floats =
      static_cast<std::int64_t>(packed_floats(conv_.channels_in, columns_of(panel)));
  return {before + point * floats, floats};
}

PackedRange WinogradConv::filter_of(std::int64_t panel, int point) const {
  const FilterPlace found = filter_place(panel, point);
  const float* const begin = filter_.get() + found.offset;
  return {begin, begin + found.floats};
}

Part WinogradConv::part(std::int64_t index, int threads) const {
  Part part{index * tiling_.count / parts_, (index + 1) * tiling_.count / parts_, 1};
  part.groups = ceil_div(part.tiles(), most_group_tiles());
  if (threads > 1) {
    const double flops = 2.0 * kWinogradPoints * static_cast<double>(part.tiles()) *
                         static_cast<double>(conv_.channels_in * conv_.channels_out);
    const std::int64_t units =
        std::clamp<std::int64_t>(static_cast<std::int64_t>(flops / kFlopsPerUnit), 1, 4 * threads);
    part.groups = std::clamp(ceil_div(units, panels_), part.groups, part.tiles());
  }
  return part;
}

Place WinogradConv::place(std::int64_t tile) const {
  const std::int64_t line = tile / tiling_.across;
  return {line / tiling_.down, line % tiling_.down * kWinogradOutputs,
          tile % tiling_.across * kWinogradOutputs};
}

WinogradConv::Memory WinogradConv::memory_of(std::byte* own) const {
  const std::size_t tiles = static_cast<std::size_t>(most_group_tiles());
  const auto take = [&](std::size_t bytes) {
    std::byte* const taken = own;
    own += round_to_alignment(bytes);
    return taken;
  };
  Memory memory;
  memory.sums = reinterpret_cast<float*>(
      take(tiles * kWinogradPoints * static_cast<std::size_t>(shape_.columns) * sizeof(float)));
  memory.a = reinterpret_cast<const float**>(take(tiles * sizeof(float*)));
  memory.c = reinterpret_cast<float**>(take(tiles * sizeof(float*)));
  memory.register_tiles = reinterpret_cast<int*>(own);
  return memory;
}

void WinogradConv::transform_input(const float* x, std::int64_t tile, float* out) const {
  const Place at = place(tile);
  const shape::ConvAxis& height = conv_.axes[1];
  const shape::ConvAxis& width = conv_.axes[2];
  std::array<const float*, kInputCells> cells;
  for (int i = 0; i < kInputCells; ++i) {
    const std::int64_t row = at.row - height.pad_before + i / kWinogradInputs;
    const std::int64_t column = at.column - width.pad_before + i % kWinogradInputs;
    const bool is_inside = row >= 0 && row < height.input && column >= 0 && column < width.input;
    cells[i] =
        is_inside ? x + ((at.image * height.input + row) * width.input + column) * conv_.channels_in
                  : zeros_.data();
  }
  winograd_input(cells.data(), conv_.channels_in, out, stride_);
}

void WinogradConv::finish_tile(std::int64_t tile, std::int64_t panel, const float* sums,
                               const OutputStage& stage, float* out) const {
  const Place at = place(tile);
  const std::int64_t height = conv_.axes[1].output;
  const std::int64_t width = conv_.axes[2].output;
  std::array<float*, kOutputCells> cells;
  for (int i = 0; i < kOutputCells; ++i) {
    const std::int64_t row = at.row + i / kWinogradOutputs;
    const std::int64_t column = at.column + i % kWinogradOutputs;
    cells[i] = row < height && column < width
                   ? out + ((at.image * height + row) * width + column) * conv_.channels_out
                   : nullptr;
  }
  const std::int64_t column = panel * shape_.columns;
  const std::int64_t columns = columns_of(panel);
  winograd_output({sums, shape_.columns, cells.data(), column, columns, &stage});
  if (fuses_in_registers(stage.activation.kind)) return;
  for (float* cell : cells) {
    if (cell != nullptr) map_unary(stage.activation, cell + column, cell + column, columns);
  }
}

void WinogradConv::run_unit(const Part& part, std::int64_t unit, const float* inputs,
                            const OutputStage& stage, float* out, const Memory& memory) const {
  const std::int64_t panel = unit / part.groups;
  const std::int64_t first = part.group_begin(unit % part.groups);
  const std::int64_t tiles = part.group_begin(unit % part.groups + 1) - first;
  const int register_tiles = static_cast<int>(ceil_div(tiles, shape_.rows));
  for (int t = 0; t < register_tiles; ++t) {
    memory.register_tiles[t] = static_cast<int>((t + 1) * tiles / register_tiles) -
                               static_cast<int>(t * tiles / register_tiles);
  }
  const OutputStage plain;
  for (int point = 0; point < kWinogradPoints; ++point) {
    for (std::int64_t i = 0; i < tiles; ++i) {
      memory.a[i] = inputs + ((first + i) * kWinogradPoints + point) * stride_;
      memory.c[i] = memory.sums + (i * kWinogradPoints + point) * shape_.columns;
    }
    const PackedRange filter = filter_of(panel, point);
    PackedRange after;
    if (point + 1 < kWinogradPoints) {
      after = filter_of(panel, point + 1);
    } else if (panel + 1 < panels_ && unit % part.groups + 1 == part.groups) {
      after = filter_of(panel + 1, 0);
    }
    run_gemm_block({memory.a, memory.c, memory.register_tiles, register_tiles, 1, conv_.channels_in,
                    filter.begin, columns_of(panel), 0, 1, &plain, after});
  }
  for (std::int64_t i = 0; i < tiles; ++i) {
    finish_tile(part.begin + first + i, panel, memory.sums + i * kWinogradPoints * shape_.columns,
                stage, out);
  }
}

void WinogradConv::run(const runtime::KernelRun& run) const {
  const OutputStage stage = stage_of_run(conv_.epilogue, run, kInputAndWeights);
  const float* const x = run.input<float>(0);
  float* const inputs = reinterpret_cast<float*>(run.scratch);
  float* const out = run.output<float>(0);
  const std::int64_t grain = kFloatsOfGrain / (kInputCells * conv_.channels_in) + 1;
  for (std::int64_t index = 0; index < parts_; ++index) {
    const Part part = this->part(index, run.parallel.threads());
    run.parallel.for_range(part.tiles(), grain, [&](std::int64_t begin, std::int64_t end, int) {
      for (std::int64_t i = begin; i < end; ++i) {
        transform_input(x, part.begin + i, inputs + i * kWinogradPoints * stride_);
      }
    });
    run.parallel.for_range(
        part.groups * panels_, 1, [&](std::int64_t begin, std::int64_t end, int thread) {
          const Memory memory = memory_of(run.scratch + input_bytes_ +
                                          static_cast<std::size_t>(thread) * bytes_of_thread_);
          for (std::int64_t unit = begin; unit < end; ++unit) {
            run_unit(part, unit, inputs, stage, out, memory);
          }
        });
  }
}

bool is_winograd_axis(const shape::ConvAxis& axis) {
  return axis.kernel == 3 && axis.stride == 1 && axis.dilation == 1;
}

}  // namespace

std::unique_ptr<runtime::Kernel> make_winograd_conv(const runtime::KernelSetup& setup,
                                                    const ConvCase& conv) {
  const Tiling tiling = tiling_of(conv);
  const std::int64_t outputs = conv.batch * conv.axes[1].output * conv.axes[2].output;
  const bool suits = conv.axes[0] == flat_conv_axis() && is_winograd_axis(conv.axes[1]) &&
                     is_winograd_axis(conv.axes[2]) && !setup.constants[1].is_empty() &&
                     std::min(conv.channels_in, conv.channels_out) >= kLeastChannels &&
                     tiling.count >= kLeastTiles &&
                     // At least two thirds of the tiles' cells are outputs: images of one row or
                     // column leave half of each tile empty.
                     outputs * 3 >= tiling.count * 8;
  if (!suits) return nullptr;
  const std::uint64_t growth = filter_bytes(conv) - setup.constants[1].bytes().size();
  if (setup.spare_bytes == nullptr || growth > *setup.spare_bytes) return nullptr;
  *setup.spare_bytes -= static_cast<std::size_t>(growth);
  return std::make_unique<WinogradConv>(setup, conv);
}

}  // namespace tfjs::kernels
