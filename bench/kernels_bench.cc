// Speed of single kernels on the layers that make up common models, in GFLOP/s. Compare with what
// the machine can do at best: the `peak` row, multiply-adds on registers only.
//   ninja kernels_bench && bin/kernels_bench --benchmark_filter=resnet50
// Argument 0 of each row is the number of threads.
#include <benchmark/benchmark.h>

#include <any>
#include <memory>
#include <new>
#include <string>
#include <vector>

#include "bench/peak.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/runtime/kernel_registry.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs {
namespace {

struct Layer {
  std::string name;
  const Op* op;
  std::any options;
  std::vector<TensorSpec> inputs;
  TensorSpec output;
  double flops;
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
          floats({1, axis.output, axis.output, out}),
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
          floats({1, axis.output, axis.output, channels}),
          2.0 * static_cast<double>(axis.output * axis.output * kernel * kernel * channels)};
}

Layer dense(const std::string& name, std::int64_t rows, std::int64_t in, std::int64_t out) {
  return {name,
          &ops::kMatmul,
          ops::MatmulOptions{kBiasRelu},
          {floats({rows, in}), floats({in, out}), floats({out})},
          floats({rows, out}),
          2.0 * static_cast<double>(rows * in * out)};
}

std::vector<Layer> layers() {
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
      conv("resnet50_1x1_56", 56, 64, 1, 1, 256),
      conv("resnet50_1x1_14", 14, 1024, 1, 1, 256),
      conv("resnet50_1x1_7", 7, 2048, 1, 1, 512),
      conv("resnet50_1x1_s2", 56, 256, 1, 2, 512),
      dense("dense_784x512_batch1", 1, 784, 512),
      dense("dense_784x512_batch32", 32, 784, 512),
      dense("dense_4096x4096_batch1", 1, 4096, 4096),
      dense("matmul_1024", 1024, 1024, 1024),
  };
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
  const std::vector<TensorSpec> outputs = {layer.output};
  const auto kernel = runtime::builtin_kernels().make(
      {*layer.op, layer.options, layer.inputs, constants, outputs, threads}, "simd");
  const AlignedBytes result =
      allocate(static_cast<std::size_t>(layer.output.shape.size()) * sizeof(float));
  const AlignedBytes scratch = allocate(kernel->scratch_bytes());
  void* const out[] = {result.get()};
  const auto parallel = runtime::make_parallel(threads);
  const runtime::KernelRun run{in, out, scratch.get(), *parallel};
  for (auto _ : state) {
    kernel->run(run);
    benchmark::ClobberMemory();
  }
  state.counters["GFLOP/s"] = benchmark::Counter(
      layer.flops * 1e-9 * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}

void run_peak(benchmark::State& state) {
  double flops = 0;
  for (auto _ : state) flops += bench::multiply_add_registers();
  state.counters["GFLOP/s"] = benchmark::Counter(flops * 1e-9, benchmark::Counter::kIsRate);
}

}  // namespace
}  // namespace tfjs

int main(int argc, char** argv) {
  benchmark::RegisterBenchmark("peak", tfjs::run_peak)->Unit(benchmark::kMicrosecond);
  for (const tfjs::Layer& layer : tfjs::layers()) {
    auto* row = benchmark::RegisterBenchmark(
        layer.name.c_str(), [layer](benchmark::State& state) { tfjs::run_layer(state, layer); });
    row->Unit(benchmark::kMicrosecond)->UseRealTime()->Arg(1);
    if (tfjs::runtime::most_threads() > 1) row->Arg(2);
  }
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
