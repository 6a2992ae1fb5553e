// A cheap handle to an immutable, dense, row-major (NHWC) array.
//
// A tensor is concrete (it has bytes) or traced (it stands for a value of the Program being
// recorded; see evaluator.h). Copying copies the handle.
#pragma once

#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/core/dtype.h"
#include "tfjs/core/shape.h"

namespace tfjs {

/// What is known of a tensor before its values.
struct TensorSpec {
  DType dtype = DType::Float32;
  Shape shape;
  bool operator==(const TensorSpec&) const = default;
};
void append_text(std::string& out, const TensorSpec& spec);

/// The value a traced tensor stands for: `id` within the recording `recorder`.
struct TracedValue {
  const void* recorder = nullptr;
  int id = -1;
};

class Tensor {
 public:
  Tensor() = default;  ///< no tensor; is_empty()

  /// Little-endian elements as in weight files; a view when `bytes` is aligned to the element, a
  /// copy otherwise. Errors: InvalidArgument when the byte count is not what dtype and shape need,
  /// or dtype is String.
  static Tensor from_bytes(DType dtype, Shape shape, Bytes bytes);
  /// Errors: InvalidArgument when the count differs from the shape's.
  template <class T>
  static Tensor of(const std::vector<T>& values, Shape shape) {
    return from_values(DTypeOf<T>::value, std::move(shape), std::as_bytes(std::span(values)));
  }
  static Tensor of(std::vector<std::string> values, Shape shape);
  static Tensor scalar(float value) { return of<float>({value}, {}); }
  static Tensor scalar_int(std::int32_t value) { return of<std::int32_t>({value}, {}); }
  /// Every element `value`.
  static Tensor full(Shape shape, float value);
  static Tensor zeros(Shape shape, DType dtype = DType::Float32);
  static Tensor traced(TensorSpec spec, TracedValue value);

  bool is_empty() const { return impl_ == nullptr; }
  bool is_traced() const;
  std::optional<TracedValue> traced_value() const;

  const TensorSpec& spec() const;
  DType dtype() const { return spec().dtype; }
  const Shape& shape() const { return spec().shape; }
  int rank() const { return shape().rank(); }
  std::int64_t size() const { return shape().size(); }
  std::size_t byte_length() const;

  /// The elements. Errors: InvalidArgument when T is not the dtype, or the tensor is traced.
  template <class T>
  std::span<const T> data() const {
    check_readable(DTypeOf<T>::value);
    return {reinterpret_cast<const T*>(raw_data()), static_cast<std::size_t>(size())};
  }
  const std::vector<std::string>& string_values() const;
  /// The elements as bytes; not for String.
  const Bytes& bytes() const;
  /// Elements in memory: floats, int32, bytes, or std::string objects.
  const void* raw_data() const;

  /// The same bytes under another shape. Errors: InvalidArgument when the sizes differ.
  Tensor with_shape(Shape shape) const;

  /// Identity of the buffer: equal for copies of one handle.
  const void* identity() const { return impl_.get(); }

 private:
  struct Impl;
  explicit Tensor(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  static Tensor from_values(DType dtype, Shape shape, std::span<const std::byte> values);
  void check_readable(DType wanted) const;

  std::shared_ptr<const Impl> impl_;
};

}  // namespace tfjs
