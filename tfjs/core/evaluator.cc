#include "tfjs/core/evaluator.h"

namespace tfjs {
namespace {

thread_local Evaluator* innermost = nullptr;

}  // namespace

Evaluator& current_evaluator() {
  return innermost != nullptr ? *innermost : default_evaluator();
}

ScopedEvaluator::ScopedEvaluator(Evaluator& evaluator) : previous_(innermost) {
  innermost = &evaluator;
}

ScopedEvaluator::~ScopedEvaluator() {
  innermost = previous_;
}

}  // namespace tfjs
