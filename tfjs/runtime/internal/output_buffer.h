// Memory of a tensor while kernels write it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tfjs/core/tensor.h"

namespace tfjs::runtime::internal {

/// The elements of one tensor, not initialised; std::string objects for String.
class OutputBuffer {
 public:
  explicit OutputBuffer(const TensorSpec& spec) {
    const auto size = static_cast<std::size_t>(spec.shape.size());
    if (spec.dtype == DType::String) {
      strings_.resize(size);
    } else {
      byte_length_ = size * element_size(spec.dtype);
      bytes_ = allocate_aligned(byte_length_);
    }
  }

  void* data() { return bytes_ ? static_cast<void*>(bytes_.get()) : strings_.data(); }

  /// The tensor, once everything is written. The buffer is empty afterwards.
  Tensor finish(const TensorSpec& spec) {
    if (spec.dtype == DType::String) return Tensor::of(std::move(strings_), spec.shape);
    const std::byte* data = bytes_.get();
    return Tensor::from_bytes(spec.dtype, spec.shape,
                              Bytes(std::move(bytes_), {data, byte_length_}));
  }

 private:
  std::shared_ptr<std::byte> bytes_;
  std::size_t byte_length_ = 0;
  std::vector<std::string> strings_;
};

}  // namespace tfjs::runtime::internal
