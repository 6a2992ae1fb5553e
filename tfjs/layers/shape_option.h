// An option that is a shape or nothing, written as dimensions: `.input_shape = {28, 28, 1}`.
#pragma once

#include <initializer_list>
#include <optional>
#include <utility>

#include "tfjs/core/shape.h"

namespace tfjs::layers {

class ShapeOption {
 public:
  ShapeOption() = default;  ///< nothing
  ShapeOption(std::nullopt_t) {}
  ShapeOption(std::initializer_list<std::int64_t> dims) : shape_(Shape(dims)) {}
  ShapeOption(Shape shape) : shape_(std::move(shape)) {}
  ShapeOption(std::optional<Shape> shape) : shape_(std::move(shape)) {}
  operator const std::optional<Shape>&() const { return shape_; }
  explicit operator bool() const { return shape_.has_value(); }

 private:
  std::optional<Shape> shape_;
};

}  // namespace tfjs::layers
