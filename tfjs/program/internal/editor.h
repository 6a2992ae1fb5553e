// A program while a pass rewrites it: who computes and who uses each value, kept right through the
// edits.
#pragma once

#include <vector>

#include "tfjs/program/program.h"

namespace tfjs::program {

class Editor {
 public:
  explicit Editor(Program& program);

  std::size_t step_count() const { return program_.steps.size(); }
  /// A step whose op is null has been removed.
  Step& step(std::size_t index) { return program_.steps[index]; }
  const TensorSpec& spec(ValueId id) const { return program_.values[id].spec; }
  /// The value when it is a constant, else an empty Tensor.
  const Tensor& constant(ValueId id) const { return program_.values[id].constant; }
  bool is_constant(ValueId id) const { return !constant(id).is_empty(); }

  /// Index of the step that computes `id`; -1 for inputs and constants.
  int producer(ValueId id) const { return producers_[id]; }
  /// The same, but -1 also when more than one input of a step, or an output of the program, is
  /// `id`.
  int sole_producer(ValueId id) const { return uses_[id] == 1 ? producers_[id] : -1; }

  ValueId add_constant(Tensor value);
  ValueId add_value(TensorSpec spec);

  /// Replaces a step; its inputs must be there before it.
  void replace(std::size_t index, Step step);
  /// Replaces `consumer` by a step that computes the same outputs without the help of `absorbed`,
  /// which goes. Later than `absorbed` everything that it or `consumer` needs is there.
  void fuse(std::size_t absorbed, std::size_t consumer, Step fused);
  /// Every use of `from` becomes a use of `to`.
  void redirect(ValueId from, ValueId to);

 private:
  void count(const Step& step, int difference);

  Program& program_;
  std::vector<int> producers_;
  std::vector<int> uses_;
};

}  // namespace tfjs::program
