#include "tfjs/layers/variable.h"

#include <atomic>
#include <random>

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

/// A different seed for each weight, unpredictable from run to run.
std::uint64_t fresh_seed() {
  static std::atomic<std::uint64_t> next =
      (std::uint64_t{std::random_device{}()} << 32) | std::random_device{}();
  return next.fetch_add(0x9E3779B97F4A7C15u);
}

}  // namespace

Variable::Variable(std::string name, TensorSpec spec, Initializer initializer,
                   Constraint constraint, bool trainable)
    : name_(std::move(name)),
      spec_(std::move(spec)),
      initializer_(std::move(initializer)),
      constraint_(std::move(constraint)),
      trainable_(trainable) {}

Tensor Variable::value() const {
  std::lock_guard lock(mutex_);
  if (value_.is_empty()) value_ = initializer_.make(spec_.shape, fresh_seed());
  return value_;
}

void Variable::assign(Tensor value) {
  if (!adapt_to(value.shape())) {
    throw invalid_argument("weight ", quoted(name_), ": expected shape ", spec_.shape, ", got ",
                           value.shape());
  }
  if (value.dtype() != spec_.dtype) {
    throw invalid_argument("weight ", quoted(name_), ": expected dtype ", spec_.dtype, ", got ",
                           value.dtype());
  }
  if (!constraint_.is_none()) value = constraint_.apply(value);
  std::lock_guard lock(mutex_);
  value_ = std::move(value);
  ++version_;
}

void Variable::set_shape(Shape shape) {
  std::lock_guard lock(mutex_);
  spec_.shape = std::move(shape);
  value_ = Tensor();
  ++version_;
}

std::uint64_t Variable::version() const {
  std::lock_guard lock(mutex_);
  return version_;
}

}  // namespace tfjs::layers
