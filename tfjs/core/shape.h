// The dimensions of a tensor. kUnknown marks a dimension not known yet (the batch axis of a layer's
// shape); tensors and programs have none.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

namespace tfjs {

inline constexpr std::int64_t kUnknown = -1;

class Shape {
 public:
  Shape() = default;  ///< a scalar
  Shape(std::initializer_list<std::int64_t> dims) : dims_(dims) {}
  explicit Shape(std::vector<std::int64_t> dims) : dims_(std::move(dims)) {}

  int rank() const { return static_cast<int>(dims_.size()); }
  /// `axis` counts from the end when negative. Errors: InvalidArgument when out of range.
  std::int64_t dim(int axis) const;
  std::int64_t operator[](int axis) const { return dim(axis); }
  void set_dim(int axis, std::int64_t value);
  const std::vector<std::int64_t>& dims() const { return dims_; }
  bool is_known() const;
  /// Product of the dimensions. Errors: InvalidArgument for unknown dimensions or beyond int64.
  std::int64_t size() const;
  /// 0 <= axis < rank from an axis that may be negative. Errors: InvalidArgument naming `what`.
  int normalize_axis(std::int64_t axis, const char* what) const;

  Shape with_appended(std::int64_t dim) const;
  /// Dimensions [begin, end).
  Shape sub(int begin, int end) const;
  Shape sub(int begin) const { return sub(begin, rank()); }

  bool operator==(const Shape& other) const = default;

 private:
  std::vector<std::int64_t> dims_;
};

/// a's dimensions, then b's.
Shape concat(const Shape& a, const Shape& b);

/// "[2, 3]"; an unknown dimension prints as null, as in model.json.
void append_text(std::string& out, const Shape& shape);

}  // namespace tfjs
