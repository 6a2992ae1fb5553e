#include "tfjs/runtime/internal/slice_runner.h"

#include <algorithm>
#include <cstring>

#include "tfjs/runtime/internal/output_buffer.h"
#include "tfjs/runtime/thread_pool.h"

namespace tfjs::runtime::internal {

Tensor samples_of(const Tensor& tensor, std::int64_t begin, std::int64_t count) {
  const std::size_t row = tensor.byte_length() / static_cast<std::size_t>(tensor.shape()[0]);
  Shape shape = tensor.shape();
  shape.set_dim(0, count);
  return Tensor::from_bytes(tensor.dtype(), std::move(shape),
                            tensor.bytes().slice(static_cast<std::size_t>(begin) * row,
                                                 static_cast<std::size_t>(count) * row));
}

std::vector<TensorSpec> specs_for(const std::vector<Tensor>& inputs, std::int64_t count) {
  std::vector<TensorSpec> specs;
  for (const Tensor& input : inputs) {
    specs.push_back(input.spec());
    specs.back().shape.set_dim(0, count);
  }
  return specs;
}

bool can_be_cut(const std::vector<TensorSpec>& specs, std::int64_t samples) {
  return std::all_of(specs.begin(), specs.end(), [&](const TensorSpec& spec) {
    return spec.dtype != DType::String && spec.shape.rank() > 0 && spec.shape[0] == samples;
  });
}

std::vector<Tensor> run_slices(const Plan& plan, const Plan* last_plan,
                               const std::vector<Tensor>& inputs, const BatchSlices& slices,
                               int threads) {
  const std::int64_t batch = inputs[0].shape()[0];
  std::vector<TensorSpec> specs;
  std::vector<OutputBuffer> buffers;
  for (program::ValueId id : plan.program().outputs) {
    specs.push_back(plan.program().values[id].spec);
    specs.back().shape.set_dim(0, batch);
    buffers.emplace_back(specs.back());
  }

  const auto run_one = [&](std::int64_t index) {
    const std::int64_t begin = index * slices.samples;
    const std::int64_t count = std::min(slices.samples, batch - begin);
    std::vector<Tensor> feed;
    for (const Tensor& input : inputs) feed.push_back(samples_of(input, begin, count));
    const Plan& which = count < slices.samples ? *last_plan : plan;
    const std::vector<Tensor> results = which.run(feed, slices.threads);
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::size_t row = results[i].byte_length() / static_cast<std::size_t>(count);
      std::memcpy(
          static_cast<std::byte*>(buffers[i].data()) + static_cast<std::size_t>(begin) * row,
          results[i].raw_data(), results[i].byte_length());
    }
  };
  const std::int64_t count = (batch + slices.samples - 1) / slices.samples;
  make_parallel(slices.threads > 1 ? 1 : threads)
      ->for_range(count, 1, [&](std::int64_t begin, std::int64_t end, int) {
        for (std::int64_t i = begin; i < end; ++i) run_one(i);
      });

  std::vector<Tensor> outputs;
  for (std::size_t i = 0; i < buffers.size(); ++i) outputs.push_back(buffers[i].finish(specs[i]));
  return outputs;
}

}  // namespace tfjs::runtime::internal
