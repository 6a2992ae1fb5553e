// Measures prediction: time to load, first prediction, then as many as fit into the time given.
#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <random>

#include "cli/model_argument.h"
#include "cli/output.h"
#include "tfjs/runtime/plan.h"

namespace tfjs::cli {
namespace {

struct BenchArguments {
  std::shared_ptr<ModelArguments> model;
  std::int64_t batch = 1;
  double seconds = 3;
  bool json = false;
};

double milliseconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

/// The most memory this process has had resident so far.
std::int64_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::int64_t>(usage.ru_maxrss) * 1024;
}

/// Uniform values in [0, 1) for floats, 0 and 1 for others; unknown dimensions are 1, the batch
/// axis `batch`.
Tensor random_input(const TensorSpec& spec, std::int64_t batch) {
  std::vector<std::int64_t> dims = spec.shape.dims();
  for (std::int64_t& dim : dims) dim = dim == kUnknown ? 1 : dim;
  if (!dims.empty() && spec.shape[0] == kUnknown) dims[0] = batch;
  const Shape shape(dims);
  std::mt19937 random(42);
  const auto count = static_cast<std::size_t>(shape.size());
  if (spec.dtype == DType::Float32) {
    std::vector<float> values(count);
    for (float& value : values) value = static_cast<float>(random() >> 8) * 0x1p-24f;
    return Tensor::of(values, shape);
  }
  if (spec.dtype == DType::Int32) {
    std::vector<std::int32_t> values(count);
    for (std::int32_t& value : values) value = static_cast<std::int32_t>(random() & 1);
    return Tensor::of(values, shape);
  }
  if (spec.dtype == DType::Bool) return Tensor::zeros(shape, DType::Bool);
  throw unsupported("bench: cannot make random values of dtype ", spec.dtype);
}

void bench(const BenchArguments& arguments) {
  const int threads =
      arguments.model->threads > 0 ? arguments.model->threads : runtime::default_threads();
  auto start = std::chrono::steady_clock::now();
  models::LayersModel model = load_model(*arguments.model);
  const double load_ms = milliseconds_since(start);

  std::vector<Tensor> inputs;
  for (const layers::SymbolicTensor& input : model.inputs()) {
    inputs.push_back(random_input(input.spec, arguments.batch));
  }
  const models::PredictOptions options{.batch_size = arguments.batch, .threads = threads};
  start = std::chrono::steady_clock::now();
  model.predict(inputs, options);
  const double first_ms = milliseconds_since(start);

  std::vector<double> times;
  const auto begin = std::chrono::steady_clock::now();
  do {
    start = std::chrono::steady_clock::now();
    model.predict(inputs, options);
    times.push_back(milliseconds_since(start));
  } while (milliseconds_since(begin) < arguments.seconds * 1000);
  std::sort(times.begin(), times.end());
  const double best = times.front();
  const double median = times[times.size() / 2];
  const double p90 = times[times.size() * 9 / 10];

  if (arguments.json) {
    print(write_json(Json::object({{"model", arguments.model->model},
                                   {"threads", threads},
                                   {"batch", arguments.batch},
                                   {"runs", times.size()},
                                   {"loadMs", load_ms},
                                   {"firstPredictionMs", first_ms},
                                   {"bestMs", best},
                                   {"medianMs", median},
                                   {"p90Ms", p90},
                                   {"peakBytes", peak_bytes()}})) +
          "\n");
    return;
  }
  char text[512];
  std::snprintf(text, sizeof text,
                "load              %10.3f ms\n"
                "first prediction  %10.3f ms\n"
                "best              %10.3f ms\n"
                "median            %10.3f ms   (%.1f samples/s)\n"
                "90th percentile   %10.3f ms\n",
                load_ms, first_ms, best, median,
                1000.0 * static_cast<double>(arguments.batch) / median, p90);
  print(cat(text, "batch ", arguments.batch, ", threads ", threads, ", runs ", times.size(), "\n"));
}

}  // namespace

void add_bench(CLI::App& app) {
  auto* command =
      app.add_subcommand("bench", "Measure how fast a model loads and predicts on this machine");
  auto arguments = std::make_shared<BenchArguments>();
  arguments->model = add_model_argument(*command);
  add_run_options(*command, *arguments->model);
  command->add_option("--batch", arguments->batch, "Samples per prediction (default 1)")
      ->check(CLI::Range(1, 1 << 20));
  command->add_option("--seconds", arguments->seconds, "How long to measure (default 3)")
      ->check(CLI::Range(0.0, 3600.0))
      ->check([](const std::string& text) {  // which NaN passes
        return std::isnan(std::strtod(text.c_str(), nullptr)) ? "not a number" : "";
      });
  command->add_flag("--json", arguments->json, "Print the figures as JSON");
  command->footer("Example: tfjs bench my-model/ --threads 1 --batch 32 --seconds 5");
  command->callback([arguments] { bench(*arguments); });
}

}  // namespace tfjs::cli
