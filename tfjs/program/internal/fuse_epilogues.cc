#include <algorithm>

#include "tfjs/ops/binary.h"
#include "tfjs/program/internal/passes.h"
#include "tfjs/program/internal/products.h"

namespace tfjs::program {
namespace {

bool fuse_activation(Editor& editor, std::size_t index) {
  const Step& unary = editor.step(index);
  if (unary.op != &ops::kUnary) return false;
  const int product = open_product(editor, unary.inputs[0]);
  if (product < 0) return false;
  Step fused = editor.step(product);
  epilogue_of(fused)->activation = std::any_cast<const ops::UnaryOptions&>(unary.options);
  fused.outputs = unary.outputs;
  editor.fuse(product, index, std::move(fused));
  return true;
}

/// A product that can still take a residual, or -1.
int product_without_residual(Editor& editor, ValueId id) {
  const int product = open_product(editor, id);
  return product >= 0 && !epilogue_of(editor.step(product))->residual ? product : -1;
}

bool fuse_residual(Editor& editor, std::size_t index) {
  const Step& sum = editor.step(index);
  if (sum.op != &ops::kBinary) return false;
  if (std::any_cast<const ops::BinaryOptions&>(sum.options).kind != ops::BinaryKind::Add)
    return false;
  if (editor.spec(sum.inputs[0]) != editor.spec(sum.inputs[1])) return false;
  const int first = product_without_residual(editor, sum.inputs[0]);
  const int second = product_without_residual(editor, sum.inputs[1]);
  // Of two products the earlier one is computed by then; the later one would run at this place
  // anyway.
  const int product = std::max(first, second);
  if (product < 0) return false;
  Step fused = editor.step(product);
  epilogue_of(fused)->residual = true;
  fused.inputs.push_back(sum.inputs[product == first ? 1 : 0]);
  fused.outputs = sum.outputs;
  editor.fuse(product, index, std::move(fused));
  return true;
}

}  // namespace

bool fuse_epilogues(Program& program) {
  Editor editor(program);
  bool changed = false;
  for (std::size_t i = 0; i < editor.step_count(); ++i) {
    changed |= fuse_activation(editor, i) || fuse_residual(editor, i);
  }
  return changed;
}

}  // namespace tfjs::program
