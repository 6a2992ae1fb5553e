#include "tfjs/program/internal/products.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"

namespace tfjs::program {

ops::Epilogue* epilogue_of(Step& step) {
  if (auto* options = std::any_cast<ops::Conv2dOptions>(&step.options)) return &options->epilogue;
  if (auto* options = std::any_cast<ops::MatmulOptions>(&step.options)) return &options->epilogue;
  return nullptr;
}

const ops::Epilogue* epilogue_of(const Step& step) {
  return epilogue_of(const_cast<Step&>(step));
}

int open_product(Editor& editor, ValueId id) {
  const int index = editor.sole_producer(id);
  if (index < 0) return -1;
  const ops::Epilogue* epilogue = epilogue_of(editor.step(index));
  const bool open = epilogue != nullptr && epilogue->activation.kind == ops::UnaryKind::Linear;
  return open ? index : -1;
}

Tensor scaled_filter(const Step& product, const Tensor& filter, const Tensor& scale) {
  if (product.op == &ops::kConv2d || product.op == &ops::kMatmul) {
    return ops::mul(filter, scale);  // [..., C]
  }
  if (product.op == &ops::kDepthwiseConv2d) {  // [KH, KW, C_in, M], result channel c*M + m
    return ops::mul(filter, ops::reshape(scale, filter.shape().sub(2)));
  }
  if (product.op == &ops::kConv2dTranspose) {  // [KH, KW, C, C_in]
    return ops::mul(filter, ops::reshape(scale, {filter.shape()[2], 1}));
  }
  throw internal_error("optimise: ", product.op->name, " has a filter of unknown layout");
}

}  // namespace tfjs::program
