// One time step of one sequence after the other, each formula as it is written in the cells'
// definitions:
//
//   SimpleRnn  h = act(x W + b + h' U)
//   Gru        z, r = rec(x W + b + h' U)         hh = act(x Wh + bh + (r h') Uh)
//              with reset_after                   hh = act(x Wh + bh + r (h' Uh + recurrent bh))
//              h = z h' + (1 - z) hh
//   Lstm       i, f, o = rec(x W + b + h' U)      c = f c' + i act(x Wc + bc + h' Uc)      h = o
//   act(c)

#include "tfjs/ops/recurrent.h"

#include <algorithm>

#include "tfjs/kernels/reference/function_kernel.h"
#include "tfjs/kernels/reference/unary_function.h"

namespace tfjs::kernels {
namespace {

using ops::CellKind;

/// sums[j] += x [rows] times columns [begin, begin + count) of matrix [rows, width].
void add_product(const float* x, std::int64_t rows, const float* matrix, std::int64_t width,
                 std::int64_t begin, std::int64_t count, double* sums) {
  for (std::int64_t row = 0; row < rows; ++row) {
    for (std::int64_t j = 0; j < count; ++j) {
      sums[j] += static_cast<double>(x[row]) * matrix[row * width + begin + j];
    }
  }
}

class RecurrentLoops {
 public:
  explicit RecurrentLoops(const runtime::KernelSetup& setup)
      : options_(setup.options<ops::RecurrentOptions>()),
        batch_(setup.inputs[0].shape[0]),
        steps_(setup.inputs[0].shape[1]),
        features_(setup.inputs[0].shape[2]),
        units_(setup.inputs[2].shape[0]),
        width_(setup.inputs[2].shape[1]) {}

  /// The gates' sums of the input and of the recurrent side, and r h'.
  std::size_t scratch_bytes() const {
    return static_cast<std::size_t>(width_ * 2) * sizeof(double) +
           static_cast<std::size_t>(units_) * sizeof(float);
  }

  void run(const runtime::KernelRun& run) const {
    const Weights weights(options_, run, width_);
    const bool has_cell = options_.cell == CellKind::Lstm;
    for (std::int64_t b = 0; b < batch_; ++b) {
      float* h = run.output<float>(1) + b * units_;
      float* c = has_cell ? run.output<float>(2) + b * units_ : nullptr;
      std::copy_n(weights.h + b * units_, units_, h);
      if (has_cell) std::copy_n(weights.c + b * units_, units_, c);
      for (std::int64_t step = 0; step < steps_; ++step) {
        const std::int64_t at = b * steps_ + (options_.go_backwards ? steps_ - 1 - step : step);
        if (weights.mask == nullptr || weights.mask[at] != 0) {
          advance(weights, run.input<float>(0) + at * features_, h, c, run.scratch);
        }
        std::copy_n(h, units_, run.output<float>(0) + (b * steps_ + step) * units_);
      }
    }
  }

 private:
  struct Weights {
    const float* kernel;
    const float* recurrent;
    const float* bias = nullptr;
    const float* recurrent_bias = nullptr;
    const float* h;
    const float* c = nullptr;
    const std::uint8_t* mask = nullptr;

    Weights(const ops::RecurrentOptions& options, const runtime::KernelRun& run, std::int64_t width)
        : kernel(run.input<float>(1)), recurrent(run.input<float>(2)) {
      std::size_t next = 3;
      if (options.use_bias) bias = run.input<float>(next++);
      if (options.use_bias && options.reset_after) recurrent_bias = bias + width;
      h = run.input<float>(next++);
      if (options.cell == CellKind::Lstm) c = run.input<float>(next++);
      if (options.has_mask) mask = run.input<std::uint8_t>(next);
    }
  };

  float activate(double x) const {
    return apply_unary({options_.activation}, static_cast<float>(x));
  }
  float gate(double x) const {
    return apply_unary({options_.recurrent_activation}, static_cast<float>(x));
  }

  /// Replaces h and c by those after one more input x.
  void advance(const Weights& weights, const float* x, float* h, float* c,
               std::byte* scratch) const {
    double* from_input = reinterpret_cast<double*>(scratch);
    double* from_state = from_input + width_;
    start_sums(weights.bias, from_input);
    start_sums(weights.recurrent_bias, from_state);
    add_product(x, features_, weights.kernel, width_, 0, width_, from_input);
    switch (options_.cell) {
      case CellKind::SimpleRnn:
        add_product(h, units_, weights.recurrent, width_, 0, width_, from_state);
        for (std::int64_t u = 0; u < units_; ++u) h[u] = activate(from_input[u] + from_state[u]);
        break;
      case CellKind::Gru:
        advance_gru(weights, from_input, from_state, h,
                    reinterpret_cast<float*>(from_state + width_));
        break;
      case CellKind::Lstm:
        add_product(h, units_, weights.recurrent, width_, 0, width_, from_state);
        for (std::int64_t j = 0; j < width_; ++j) from_input[j] += from_state[j];
        advance_lstm(from_input, h, c);
        break;
    }
  }

  void start_sums(const float* bias, double* sums) const {
    if (bias == nullptr) {
      std::fill_n(sums, width_, 0.0);
    } else {
      std::copy_n(bias, width_, sums);
    }
  }

  void advance_gru(const Weights& weights, const double* from_input, double* from_state, float* h,
                   float* reset_h) const {
    const std::int64_t candidate = 2 * units_;
    const auto reset = [&](std::int64_t u) {
      return gate(from_input[units_ + u] + from_state[units_ + u]);
    };
    if (options_.reset_after) {
      add_product(h, units_, weights.recurrent, width_, 0, width_, from_state);
      for (std::int64_t u = 0; u < units_; ++u) from_state[candidate + u] *= reset(u);
    } else {
      add_product(h, units_, weights.recurrent, width_, 0, candidate, from_state);
      for (std::int64_t u = 0; u < units_; ++u) reset_h[u] = reset(u) * h[u];
      add_product(reset_h, units_, weights.recurrent, width_, candidate, units_,
                  from_state + candidate);
    }
    for (std::int64_t u = 0; u < units_; ++u) {
      const float z = gate(from_input[u] + from_state[u]);
      const float hh = activate(from_input[candidate + u] + from_state[candidate + u]);
      h[u] = z * h[u] + (1 - z) * hh;
    }
  }

  void advance_lstm(const double* sums, float* h, float* c) const {
    for (std::int64_t u = 0; u < units_; ++u) {
      const float input_gate = gate(sums[u]);
      const float forget_gate = gate(sums[units_ + u]);
      const float output_gate = gate(sums[3 * units_ + u]);
      c[u] = forget_gate * c[u] + input_gate * activate(sums[2 * units_ + u]);
      h[u] = output_gate * activate(c[u]);
    }
  }

  ops::RecurrentOptions options_;
  std::int64_t batch_;
  std::int64_t steps_;
  std::int64_t features_;
  std::int64_t units_;
  std::int64_t width_;
};

}  // namespace

std::unique_ptr<runtime::Kernel> make_Recurrent_reference(const runtime::KernelSetup& setup) {
  const RecurrentLoops loops(setup);
  return function_kernel([loops](const runtime::KernelRun& run) { loops.run(run); },
                         {.scratch_bytes = loops.scratch_bytes()});
}

}  // namespace tfjs::kernels
