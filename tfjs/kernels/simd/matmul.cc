#include "tfjs/ops/matmul.h"

#include "tfjs/kernels/simd/dense.h"

namespace tfjs::kernels {

std::unique_ptr<runtime::Kernel> make_Matmul_simd(const runtime::KernelSetup& setup) {
  const Shape& a = setup.inputs[0].shape;
  const Shape& b = setup.inputs[1].shape;
  return make_dense(setup, a.sub(0, a.rank() - 1).size(), b[0], b[1],
                    setup.options<ops::MatmulOptions>().epilogue);
}

}  // namespace tfjs::kernels
