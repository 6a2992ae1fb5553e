// Speed of single kernels on the layers that make up common models. Products are in GFLOP/s;
// compare with what the machine can do at best: the `peak` row, multiply-adds on registers only.
// (Convolutions count the plain sum's operations; those by Winograd's products need fewer and may
// exceed it.) Passes over memory are in GB/s.
//   ninja kernels_bench && bin/kernels_bench --benchmark_filter=resnet50
// Argument 0 of each row is the number of threads. TFJS_TARGET=AVX2 measures the kernels of another
// instruction set (kernels/simd/targets.h).
#include <benchmark/benchmark.h>

#include <any>
#include <cstdlib>
#include <limits>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "bench/peak.h"
#include "tfjs/kernels/simd/target_choice.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/pool.h"
#include "tfjs/ops/recurrent.h"
#include "tfjs/ops/reduce.h"
#include "tfjs/ops/resize.h"
#include "tfjs/ops/unary.h"
#include "tfjs/runtime/kernel_registry.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs {
namespace {

struct Layer {
  std::string name;
  const Op* op;
  std::any options;
  std::vector<TensorSpec> inputs;
  std::vector<TensorSpec> outputs;
  double flops;  ///< 0: the row says GB/s of inputs and outputs instead
};

TensorSpec floats(Shape shape) {
  return {DType::Float32, std::move(shape)};
}

const ops::Epilogue kBiasRelu{true, false, {ops::UnaryKind::Relu, 0, 0}};

Layer conv(const std::string& name, std::int64_t size, std::int64_t in, std::int64_t kernel,
           std::int64_t stride, std::int64_t out) {
  const shape::ConvAxis axis =
      shape::conv_axis(size, kernel, stride, 1, shape::Padding::Same, "bench");
  const std::int64_t pixels = axis.output * axis.output;
  return {name,
          &ops::kConv2d,
          ops::Conv2dOptions{axis, axis, kBiasRelu},
          {floats({1, size, size, in}), floats({kernel, kernel, in, out}), floats({out})},
          {floats({1, axis.output, axis.output, out})},
          2.0 * static_cast<double>(pixels * kernel * kernel * in * out)};
}

Layer depthwise(const std::string& name, std::int64_t size, std::int64_t channels,
                std::int64_t kernel, std::int64_t stride) {
  const shape::ConvAxis axis =
      shape::conv_axis(size, kernel, stride, 1, shape::Padding::Same, "bench");
  return {name,
          &ops::kDepthwiseConv2d,
          ops::Conv2dOptions{axis, axis, kBiasRelu},
          {floats({1, size, size, channels}), floats({kernel, kernel, channels, 1}),
           floats({channels})},
          {floats({1, axis.output, axis.output, channels})},
          2.0 * static_cast<double>(axis.output * axis.output * kernel * kernel * channels)};
}

Layer dense(const std::string& name, std::int64_t rows, std::int64_t in, std::int64_t out) {
  return {name,
          &ops::kMatmul,
          ops::MatmulOptions{kBiasRelu},
          {floats({rows, in}), floats({in, out}), floats({out})},
          {floats({rows, out})},
          2.0 * static_cast<double>(rows * in * out)};
}

/// 100 steps of 64 features.
Layer recurrent(const std::string& name, ops::CellKind cell, std::int64_t batch,
                std::int64_t units) {
  const std::int64_t columns = units * (cell == ops::CellKind::Lstm ? 4 : 3);
  Layer layer{name,
              &ops::kRecurrent,
              ops::RecurrentOptions{.cell = cell},
              {floats({batch, 100, 64}), floats({64, columns}), floats({units, columns}),
               floats({columns}), floats({batch, units})},
              {floats({batch, 100, units}), floats({batch, units})},
              2.0 * static_cast<double>(batch * 100 * (64 + units) * columns)};
  if (cell == ops::CellKind::Lstm) {
    layer.inputs.push_back(floats({batch, units}));
    layer.outputs.push_back(floats({batch, units}));
  }
  return layer;
}

Layer pool(const std::string& name, ops::PoolKind kind, std::int64_t size, std::int64_t channels,
           std::int64_t window) {
  const shape::ConvAxis axis = shape::conv_axis(size, window, 2, 1, shape::Padding::Same, "bench");
  return {name,
          &ops::kPool,
          ops::PoolOptions{kind, {axis, axis}},
          {floats({1, size, size, channels})},
          {floats({1, axis.output, axis.output, channels})},
          0};
}

std::vector<Layer> products() {
  return {
      conv("mobilenet_first", 224, 3, 3, 2, 32),
      conv("mobilenet_1x1_112", 112, 32, 1, 1, 64),
      conv("mobilenet_1x1_56", 56, 128, 1, 1, 128),
      conv("mobilenet_1x1_28", 28, 256, 1, 1, 256),
      conv("mobilenet_1x1_14", 14, 512, 1, 1, 512),
      conv("mobilenet_1x1_7", 7, 1024, 1, 1, 1024),
      depthwise("mobilenet_dw_112", 112, 32, 3, 1),
      depthwise("mobilenet_dw_112s2", 112, 64, 3, 2),
      depthwise("mobilenet_dw_56", 56, 128, 3, 1),
      depthwise("mobilenet_dw_28", 28, 256, 3, 1),
      depthwise("mobilenet_dw_14", 14, 512, 3, 1),
      depthwise("mobilenet_dw_14s2", 14, 512, 3, 2),
      depthwise("mobilenet_dw_7", 7, 1024, 3, 1),
      depthwise("efficientnet_dw5_28", 28, 240, 5, 1),
      conv("mobilenet2_project_112", 112, 32, 1, 1, 16),
      conv("mobilenet2_expand_112", 112, 16, 1, 1, 96),
      conv("mobilenet2_project_56", 56, 144, 1, 1, 24),
      conv("mobilenet2_expand_56", 56, 24, 1, 1, 144),
      conv("mobilenet2_expand_14", 14, 96, 1, 1, 576),
      conv("mobilenet2_last_7", 7, 320, 1, 1, 1280),
      conv("resnet50_first", 224, 3, 7, 2, 64),
      conv("resnet50_3x3_56", 56, 64, 3, 1, 64),
      conv("resnet50_3x3_28", 28, 128, 3, 1, 128),
      conv("resnet50_3x3_14", 14, 256, 3, 1, 256),
      conv("resnet50_3x3_7", 7, 512, 3, 1, 512),
      conv("few_channels_3x3_56", 56, 16, 3, 1, 16),
      conv("mnist_3x3_24", 24, 32, 3, 1, 64),
      conv("vgg_3x3_112", 112, 64, 3, 1, 128),
      conv("vgg_3x3_14", 14, 512, 3, 1, 512),
      conv("resnet50_1x1_56", 56, 64, 1, 1, 256),
      conv("resnet50_1x1_14", 14, 1024, 1, 1, 256),
      conv("resnet50_1x1_7", 7, 2048, 1, 1, 512),
      conv("resnet50_1x1_s2", 56, 256, 1, 2, 512),
      dense("dense_784x512_batch1", 1, 784, 512),
      dense("dense_784x512_batch32", 32, 784, 512),
      dense("dense_4096x4096_batch1", 1, 4096, 4096),
      dense("matmul_1024", 1024, 1024, 1024),
      recurrent("lstm_128_batch1", ops::CellKind::Lstm, 1, 128),
      recurrent("lstm_128_batch32", ops::CellKind::Lstm, 32, 128),
      recurrent("lstm_512_batch1", ops::CellKind::Lstm, 1, 512),
      recurrent("gru_128_batch1", ops::CellKind::Gru, 1, 128),
  };
}

/// What is bounded by memory or by one function.
std::vector<Layer> passes() {
  const TensorSpec image = floats({1, 112, 112, 64});
  const TensorSpec small = floats({1, 14, 14, 512});
  const TensorSpec words = floats({128, 768});
  const auto binary = [](ops::BinaryKind kind) { return ops::BinaryOptions{kind}; };
  const auto unary = [](ops::UnaryKind kind) { return ops::UnaryOptions{kind}; };
  return {
      {"add_image", &ops::kBinary, binary(ops::BinaryKind::Add), {image, image}, {image}, 0},
      {"add_channels",
       &ops::kBinary,
       binary(ops::BinaryKind::Add),
       {image, floats({64})},
       {image},
       0},
      {"relu_image", &ops::kUnary, unary(ops::UnaryKind::Relu), {image}, {image}, 0},
      {"swish_small", &ops::kUnary, unary(ops::UnaryKind::Swish), {small}, {small}, 0},
      {"tanh_small", &ops::kUnary, unary(ops::UnaryKind::Tanh), {small}, {small}, 0},
      {"batch_norm_image",
       &ops::kScaleShift,
       ops::ScaleShiftOptions{3},
       {image, floats({64}), floats({64})},
       {image},
       0},
      {"softmax_1000",
       &ops::kSoftmax,
       ops::SoftmaxOptions{},
       {floats({1, 1000})},
       {floats({1, 1000})},
       0},
      {"softmax_attention",
       &ops::kSoftmax,
       ops::SoftmaxOptions{},
       {floats({12, 128, 128})},
       {floats({12, 128, 128})},
       0},
      {"layer_norm_768",
       &ops::kLayerNorm,
       ops::LayerNormOptions{{1}},
       {words, floats({768}), floats({768})},
       {words},
       0},
      {"global_average_7",
       &ops::kReduce,
       ops::ReduceOptions{ops::ReduceKind::Mean, {1, 2}},
       {floats({1, 7, 7, 1280})},
       {floats({1, 1280})},
       0},
      {"sum_over_batch",
       &ops::kReduce,
       ops::ReduceOptions{ops::ReduceKind::Sum, {0}},
       {floats({1024, 512})},
       {floats({512})},
       0},
      pool("max_pool_3x3", ops::PoolKind::Max, 112, 64, 3),
      pool("average_pool_2x2", ops::PoolKind::Average, 112, 64, 2),
      {"transpose_heads",
       &ops::kTranspose,
       ops::TransposeOptions{{0, 2, 1, 3}},
       {floats({1, 128, 12, 64})},
       {floats({1, 12, 128, 64})},
       0},
      {"transpose_to_channels_first",
       &ops::kTranspose,
       ops::TransposeOptions{{0, 3, 1, 2}},
       {image},
       {floats({1, 64, 112, 112})},
       0},
      {"concat_channels",
       &ops::kConcat,
       ops::ConcatOptions{3},
       {small, small},
       {floats({1, 14, 14, 1024})},
       0},
      {"pad_image",
       &ops::kPad,
       ops::PadOptions{{0, 1, 1, 0}, {0, 1, 1, 0}},
       {image},
       {floats({1, 114, 114, 64})},
       0},
      {"resize_image",
       &ops::kResize,
       ops::ResizeOptions{},
       {floats({1, 112, 112, 32})},
       {floats({1, 224, 224, 32})},
       0},
  };
}

std::vector<Layer> layers() {
  std::vector<Layer> all = products();
  for (Layer& layer : passes()) all.push_back(std::move(layer));
  return all;
}

double bytes_of(const Layer& layer) {
  std::int64_t elements = 0;
  for (const TensorSpec& spec : layer.inputs) elements += spec.shape.size();
  for (const TensorSpec& spec : layer.outputs) elements += spec.shape.size();
  return 4.0 * static_cast<double>(elements);
}

struct FreeAligned {
  void operator()(std::byte* bytes) const { ::operator delete[](bytes, std::align_val_t(64)); }
};
using AlignedBytes = std::unique_ptr<std::byte[], FreeAligned>;

AlignedBytes allocate(std::size_t bytes) {
  return AlignedBytes(static_cast<std::byte*>(::operator new[](bytes + 64, std::align_val_t(64))));
}

void run_layer(benchmark::State& state, const Layer& layer) {
  const int threads = static_cast<int>(state.range(0));
  std::vector<Tensor> inputs;
  std::vector<const void*> in;
  for (const TensorSpec& spec : layer.inputs) {
    inputs.push_back(Tensor::full(spec.shape, 0.01f));
    in.push_back(inputs.back().raw_data());
  }
  std::vector<Tensor> constants = inputs;
  constants[0] = Tensor();
  std::size_t spare_bytes = std::numeric_limits<std::size_t>::max();
  const auto kernel = runtime::builtin_kernels().make(
      {*layer.op, layer.options, layer.inputs, constants, layer.outputs, threads, &spare_bytes},
      "simd");
  std::vector<AlignedBytes> results;
  std::vector<void*> out;
  for (const TensorSpec& spec : layer.outputs) {
    results.push_back(allocate(static_cast<std::size_t>(spec.shape.size()) * sizeof(float)));
    out.push_back(results.back().get());
  }
  const AlignedBytes scratch = allocate(kernel->scratch_bytes());
  const auto parallel = runtime::make_parallel(threads);
  const runtime::KernelRun run{in, out, scratch.get(), *parallel};
  for (auto _ : state) {
    kernel->run(run);
    benchmark::ClobberMemory();
  }
  const double work = layer.flops != 0 ? layer.flops : bytes_of(layer);
  state.counters[layer.flops != 0 ? "GFLOP/s" : "GB/s"] = benchmark::Counter(
      work * 1e-9 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void run_peak(benchmark::State& state) {
  double flops = 0;
  for (auto _ : state) flops += bench::multiply_add_registers();
  state.counters["GFLOP/s"] = benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsRate);
}

}  // namespace
}  // namespace tfjs

int main(int argc, char** argv) {
  if (const char* target = std::getenv("TFJS_TARGET")) tfjs::kernels::choose_target(target);
  benchmark::RegisterBenchmark("peak", tfjs::run_peak)->Unit(benchmark::kMicrosecond);
  for (const tfjs::Layer& layer : tfjs::layers()) {
    const auto run = [layer](benchmark::State& state) { tfjs::run_layer(state, layer); };
    // The time of the one thread, not of the clock: other programs may be running.
    benchmark::RegisterBenchmark(layer.name.c_str(), run)->Unit(benchmark::kMicrosecond)->Arg(1);
    if (tfjs::runtime::most_threads() == 1) continue;
    benchmark::RegisterBenchmark(layer.name.c_str(), run)
        ->Unit(benchmark::kMicrosecond)
        ->UseRealTime()
        ->Arg(2);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
