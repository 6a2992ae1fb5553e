#include "tfjs/core/tensor.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"

namespace tfjs {

static_assert(std::endian::native == std::endian::little,
              "tensors keep the little-endian elements of weight files as they are");

struct Tensor::Impl {
  TensorSpec spec;
  Bytes bytes;                                              // not for String, not when traced
  std::shared_ptr<const std::vector<std::string>> strings;  // for String only
  std::optional<TracedValue> traced;
};

namespace {

/// Bytes of a tensor's elements, checked: both numbers may come from a file.
std::size_t checked_byte_length(DType dtype, const Shape& shape) {
  const auto bytes = checked_multiply(shape.size(), static_cast<std::int64_t>(element_size(dtype)));
  if (!bytes || static_cast<std::uint64_t>(*bytes) > SIZE_MAX / 2) {
    throw invalid_argument("tensor: ", dtype, " ", shape, " is too large for memory");
  }
  return static_cast<std::size_t>(*bytes);
}

}  // namespace

void append_text(std::string& out, const TensorSpec& spec) {
  append_text(out, spec.dtype);
  out.push_back(' ');
  append_text(out, spec.shape);
}

Tensor Tensor::from_bytes(DType dtype, Shape shape, Bytes bytes) {
  if (dtype == DType::String) {
    throw invalid_argument("tensor: strings are made from std::string values, not from bytes");
  }
  const std::size_t needed = checked_byte_length(dtype, shape);
  if (bytes.size() != needed) {
    throw invalid_argument("tensor: ", dtype, " ", shape, " needs ", needed, " bytes, got ",
                           bytes.size());
  }
  const std::size_t alignment = dtype == DType::Complex64 ? alignof(float) : element_size(dtype);
  if (!bytes.is_aligned(alignment)) bytes = Bytes::copy_of(bytes.span());
  auto impl = std::make_shared<Impl>();
  impl->spec = {dtype, std::move(shape)};
  impl->bytes = std::move(bytes);
  return Tensor(std::move(impl));
}

Tensor Tensor::from_values(DType dtype, Shape shape, std::span<const std::byte> values) {
  const std::size_t needed = checked_byte_length(dtype, shape);
  if (values.size() != needed) {
    throw invalid_argument("tensor: shape ", shape, " has ", shape.size(), " elements, got ",
                           values.size() / element_size(dtype), " values");
  }
  return from_bytes(dtype, std::move(shape), Bytes::copy_of(values));
}

Tensor Tensor::of(std::vector<std::string> values, Shape shape) {
  if (static_cast<std::uint64_t>(shape.size()) != values.size()) {
    throw invalid_argument("tensor: shape ", shape, " has ", shape.size(), " elements, got ",
                           values.size(), " strings");
  }
  auto impl = std::make_shared<Impl>();
  impl->spec = {DType::String, std::move(shape)};
  impl->strings = std::make_shared<const std::vector<std::string>>(std::move(values));
  return Tensor(std::move(impl));
}

Tensor Tensor::full(Shape shape, float value) {
  const std::size_t size = checked_byte_length(DType::Float32, shape);
  Bytes bytes = Bytes::make(size, [value](std::span<std::byte> data) {
    std::fill_n(reinterpret_cast<float*>(data.data()), data.size() / sizeof(float), value);
  });
  return from_bytes(DType::Float32, std::move(shape), std::move(bytes));
}

Tensor Tensor::zeros(Shape shape, DType dtype) {
  if (dtype == DType::String) {
    const std::vector<std::string> values(static_cast<std::size_t>(shape.size()));
    return of(values, std::move(shape));
  }
  Bytes bytes = Bytes::make(checked_byte_length(dtype, shape), [](std::span<std::byte> data) {
    std::fill(data.begin(), data.end(), std::byte{0});
  });
  return from_bytes(dtype, std::move(shape), std::move(bytes));
}

Tensor Tensor::traced(TensorSpec spec, TracedValue value) {
  auto impl = std::make_shared<Impl>();
  impl->spec = std::move(spec);
  impl->traced = value;
  return Tensor(std::move(impl));
}

bool Tensor::is_traced() const {
  return impl_ != nullptr && impl_->traced.has_value();
}

std::optional<TracedValue> Tensor::traced_value() const {
  return impl_ == nullptr ? std::nullopt : impl_->traced;
}

const TensorSpec& Tensor::spec() const {
  if (impl_ == nullptr)
    throw invalid_argument("tensor: an empty Tensor has no shape and no values");
  return impl_->spec;
}

std::size_t Tensor::byte_length() const {
  if (is_traced()) return checked_byte_length(dtype(), shape());
  return bytes().size();
}

const std::vector<std::string>& Tensor::string_values() const {
  check_readable(DType::String);
  return *impl_->strings;
}

const Bytes& Tensor::bytes() const {
  if (dtype() == DType::String) {
    throw invalid_argument("tensor: strings are read with string_values(), they have no bytes");
  }
  check_readable(dtype());
  return impl_->bytes;
}

const void* Tensor::raw_data() const {
  if (dtype() == DType::String) return string_values().data();
  return bytes().data();
}

Tensor Tensor::with_shape(Shape shape) const {
  check_readable(dtype());
  if (shape.size() != size()) {
    throw invalid_argument("tensor: ", spec(), " with ", size(), " elements cannot take shape ",
                           shape, " with ", shape.size());
  }
  auto impl = std::make_shared<Impl>(*impl_);
  impl->spec.shape = std::move(shape);
  return Tensor(std::move(impl));
}

void Tensor::check_readable(DType wanted) const {
  if (dtype() != wanted) {
    throw invalid_argument("tensor: values of ", spec(), " were read as ", wanted);
  }
  if (is_traced()) {
    throw invalid_argument("tensor: ", spec(), " stands for a value of a traced function and has ",
                           "no elements to read");
  }
}

}  // namespace tfjs
