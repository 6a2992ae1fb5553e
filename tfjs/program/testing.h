// For tests of programs: tensors with numbers in them, and programs run step by step.
#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "tfjs/base/text.h"
#include "tfjs/program/dump.h"
#include "tfjs/program/program.h"

namespace tfjs::program {

/// Float32 numbers between -1 and 1 without a pattern that a mix-up of axes would keep.
inline Tensor numbers(const Shape& shape, int seed = 0) {
  std::vector<float> values(static_cast<std::size_t>(shape.size()));
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = std::sin(static_cast<float>(i) * 1.7f + static_cast<float>(seed) * 0.9f + 0.3f);
  }
  return Tensor::of(values, shape);
}

inline TensorSpec floats(Shape shape) {
  return {DType::Float32, std::move(shape)};
}

/// What the program computes, one op call after the other.
inline std::vector<Tensor> interpret(const Program& program, const std::vector<Tensor>& inputs) {
  std::vector<Tensor> values(program.values.size());
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = program.values[i].constant;
  for (std::size_t i = 0; i < inputs.size(); ++i) values[program.inputs[i]] = inputs[i];
  for (const Step& step : program.steps) {
    OpCall call{step.op, step.options, {}, {}};
    for (ValueId id : step.inputs) call.inputs.push_back(values[id]);
    for (ValueId id : step.outputs) call.outputs.push_back(program.values[id].spec);
    const std::vector<Tensor> results = default_evaluator().evaluate(std::move(call));
    for (std::size_t i = 0; i < results.size(); ++i) values[step.outputs[i]] = results[i];
  }
  std::vector<Tensor> outputs;
  for (ValueId id : program.outputs) outputs.push_back(values[id]);
  return outputs;
}

/// The steps of dump() without ids and specs: "Conv2d{height=3 width=3 bias}; Pool{...}".
inline std::string step_list(const Program& program) {
  std::string text;
  for (const Step& step : program.steps) {
    text += cat(text.empty() ? "" : "; ", step.op->name, describe_options(step));
  }
  return text;
}

inline void expect_close(const std::vector<Tensor>& actual, const std::vector<Tensor>& expected) {
  ASSERT_EQ(actual.size(), expected.size());
  for (std::size_t i = 0; i < actual.size(); ++i) {
    ASSERT_EQ(actual[i].spec(), expected[i].spec());
    const auto a = actual[i].data<float>();
    const auto b = expected[i].data<float>();
    for (std::size_t k = 0; k < a.size(); ++k) ASSERT_NEAR(a[k], b[k], 1e-5) << "element " << k;
  }
}

/// Runs both programs on the same numbers.
inline void expect_same_results(const Program& actual, const Program& expected) {
  std::vector<Tensor> inputs;
  for (ValueId id : expected.inputs) {
    inputs.push_back(numbers(expected.values[id].spec.shape, static_cast<int>(inputs.size())));
  }
  expect_close(interpret(actual, inputs), interpret(expected, inputs));
}

}  // namespace tfjs::program
