#include "tfjs/core/shape.h"

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"

namespace tfjs {

std::int64_t Shape::dim(int axis) const {
  return dims_[normalize_axis(axis, "shape")];
}

void Shape::set_dim(int axis, std::int64_t value) {
  dims_[normalize_axis(axis, "shape")] = value;
}

bool Shape::is_known() const {
  for (std::int64_t dim : dims_) {
    if (dim < 0) return false;
  }
  return true;
}

std::int64_t Shape::size() const {
  if (!is_known()) {
    throw invalid_argument("shape ", *this, " has no size: not all its dimensions are known");
  }
  std::int64_t size = 1;
  bool is_zero = false;
  for (std::int64_t dim : dims_) {
    if (dim == 0) is_zero = true;
    // Zeros are left out of the product, so that [0, 2^62, 2^62] is refused whatever the order: its
    // strides overflow.
    const auto product = checked_multiply(size, dim == 0 ? 1 : dim);
    if (!product) throw invalid_argument("shape ", *this, " has more elements than 64 bits count");
    size = *product;
  }
  return is_zero ? 0 : size;
}

int Shape::normalize_axis(std::int64_t axis, const char* what) const {
  const std::int64_t normalized = axis < 0 ? axis + rank() : axis;
  if (normalized < 0 || normalized >= rank()) {
    throw invalid_argument(what, ": axis ", axis, " is out of range for shape ", *this, " of rank ",
                           rank());
  }
  return static_cast<int>(normalized);
}

Shape Shape::with_appended(std::int64_t dim) const {
  Shape out = *this;
  out.dims_.push_back(dim);
  return out;
}

Shape Shape::sub(int begin, int end) const {
  if (begin < 0 || begin > end || end > rank()) {
    throw invalid_argument("shape: dimensions ", begin, " to ", end, " are out of range for ",
                           *this);
  }
  return Shape(std::vector<std::int64_t>(dims_.begin() + begin, dims_.begin() + end));
}

Shape concat(const Shape& a, const Shape& b) {
  std::vector<std::int64_t> dims = a.dims();
  dims.insert(dims.end(), b.dims().begin(), b.dims().end());
  return Shape(std::move(dims));
}

void append_text(std::string& out, const Shape& shape) {
  out.push_back('[');
  for (int axis = 0; axis < shape.rank(); ++axis) {
    if (axis > 0) out.append(", ");
    const std::int64_t dim = shape.dims()[axis];
    if (dim == kUnknown) {
      out.append("null");
    } else {
      append_text(out, dim);
    }
  }
  out.push_back(']');
}

}  // namespace tfjs
