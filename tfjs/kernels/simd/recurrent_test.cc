#include "tfjs/ops/recurrent.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/text.h"
#include "tfjs/kernels/simd/against_reference.h"

namespace tfjs::kernels {
namespace {

using ops::CellKind;
using ops::UnaryKind;

struct Sequence {
  std::int64_t batch = 1;
  std::int64_t steps = 5;
  std::int64_t features = 3;
  std::int64_t units = 8;
};

void check_recurrent(const ops::RecurrentOptions& options, const Sequence& s,
                     bool constant = true) {
  const std::int64_t gates = options.cell == CellKind::Lstm  ? 4
                             : options.cell == CellKind::Gru ? 3
                                                             : 1;
  const std::int64_t columns = gates * s.units;
  KernelCase test{ops::kRecurrent, options, {}, {}, {}};
  test.inputs = {floats({s.batch, s.steps, s.features}), floats({s.features, columns}),
                 floats({s.units, columns})};
  if (options.use_bias) {
    test.inputs.push_back(options.reset_after ? floats({2, columns}) : floats({columns}));
  }
  const std::size_t states = options.cell == CellKind::Lstm ? 2 : 1;
  test.inputs.insert(test.inputs.end(), states, floats({s.batch, s.units}));
  // Larger weights would make long sequences chaotic: each step magnifies the last one's rounding.
  const float range = 1.2f / std::sqrt(static_cast<float>(s.units));
  test.low = -range;
  test.high = range;
  if (options.has_mask) {
    test.inputs.push_back({DType::Bool, {s.batch, s.steps}});
    // Of bool values a third are true.
    test.low = -0.9f;
    test.high = 1.9f;
  }
  test.outputs = {floats({s.batch, s.steps, s.units})};
  test.outputs.insert(test.outputs.end(), states, floats({s.batch, s.units}));
  if (constant) test.constant_inputs = {1, 2};
  test.tolerance = 1e-4;
  expect_like_reference(
      test,
      cat("cell ", static_cast<int>(options.cell), " batch ", s.batch, " steps ", s.steps,
          " features ", s.features, " units ", s.units, options.reset_after ? " reset after" : "",
          options.go_backwards ? " backwards" : "", options.has_mask ? " mask" : "",
          options.use_bias ? "" : " no bias", constant ? "" : " variable"));
}

/// One of each cell, and the Gru of both kinds.
std::vector<ops::RecurrentOptions> cells() {
  return {{.cell = CellKind::SimpleRnn},
          {.cell = CellKind::Gru},
          {.cell = CellKind::Gru, .reset_after = true},
          {.cell = CellKind::Lstm}};
}

TEST(RecurrentSimd, EqualsReferenceForEveryRemainderOfUnits) {
  for (const ops::RecurrentOptions& cell : cells()) {
    for (std::int64_t units : {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 50, 64, 65, 80}) {
      check_recurrent(cell, {.batch = 2, .units = units});
    }
  }
}

TEST(RecurrentSimd, EqualsReferenceForEveryRemainderOfRows) {
  for (const ops::RecurrentOptions& cell : cells()) {
    for (std::int64_t batch = 1; batch <= 14; ++batch) {
      check_recurrent(cell, {.batch = batch, .features = 5, .units = 19});
    }
    check_recurrent(cell, {.batch = 101, .steps = 3, .features = 5, .units = 19});
  }
}

TEST(RecurrentSimd, EqualsReferenceWithEveryOption) {
  for (ops::RecurrentOptions options : cells()) {
    for (int flags = 0; flags < 16; ++flags) {
      options.use_bias = (flags & 1) != 0;
      options.go_backwards = (flags & 2) != 0;
      options.has_mask = (flags & 4) != 0;
      for (std::int64_t batch : {1, 5}) {
        check_recurrent(options, {.batch = batch, .steps = 7, .units = 21}, (flags & 8) != 0);
      }
    }
  }
}

TEST(RecurrentSimd, EqualsReferenceWithOtherActivations) {
  for (ops::RecurrentOptions options : cells()) {
    for (UnaryKind kind : {UnaryKind::Linear, UnaryKind::Relu, UnaryKind::Sigmoid, UnaryKind::Selu,
                           UnaryKind::Softsign}) {
      options.activation = kind;
      options.recurrent_activation = UnaryKind::Sigmoid;
      check_recurrent(options, {.batch = 3, .steps = 3, .units = 6});
      options.activation = UnaryKind::Tanh;
      options.recurrent_activation = kind;
      check_recurrent(options, {.batch = 3, .steps = 3, .units = 6});
    }
  }
}

TEST(RecurrentSimd, EqualsReferenceWhenThreadsShareBatchesOrUnits) {
  for (ops::RecurrentOptions options : cells()) {
    check_recurrent(options, {.batch = 10, .steps = 40, .features = 40, .units = 60});
    // Large enough for the threads to share the units of a step.
    options.recurrent_activation = UnaryKind::Sigmoid;
    const std::int64_t units = options.cell == CellKind::SimpleRnn ? 1000 : 600;
    check_recurrent(options, {.batch = 2, .steps = 2, .features = 9, .units = units});
  }
}

TEST(RecurrentSimd, EqualsReferenceForSequencesLongerThanOneProduct) {
  check_recurrent({.cell = CellKind::Lstm}, {.batch = 1, .steps = 700, .features = 2, .units = 30});
  check_recurrent({.cell = CellKind::Gru, .go_backwards = true},
                  {.batch = 3, .steps = 300, .features = 2, .units = 40});
}

TEST(RecurrentSimd, GivesTheStatesBackForNoSteps) {
  for (const ops::RecurrentOptions& cell : cells()) {
    check_recurrent(cell, {.batch = 2, .steps = 0, .units = 5});
  }
}

}  // namespace
}  // namespace tfjs::kernels
