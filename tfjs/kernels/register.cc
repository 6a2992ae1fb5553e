#include <string_view>

#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::kernels {

#define KERNEL(Op, set) \
  std::unique_ptr<runtime::Kernel> make_##Op##_##set(const runtime::KernelSetup& setup);
#include "tfjs/kernels/kernels.def"
#undef KERNEL

namespace {

struct Line {
  std::string_view op;
  std::string_view set;
  runtime::KernelFactory factory;
};

constexpr Line kLines[] = {
#define KERNEL(Op, set) {#Op, #set, make_##Op##_##set},
#include "tfjs/kernels/kernels.def"
#undef KERNEL
};

/// The fast set is asked first; the reference set takes every case.
constexpr std::string_view kSets[] = {"simd", "reference"};

runtime::KernelRegistry registered() {
  runtime::KernelRegistry registry;
  for (std::string_view set : kSets) {
    for (const Line& line : kLines) {
      if (line.set == set) registry.add(line.op, line.set, line.factory);
    }
  }
  return registry;
}

}  // namespace
}  // namespace tfjs::kernels

namespace tfjs::runtime {

const KernelRegistry& builtin_kernels() {
  static const KernelRegistry registry = kernels::registered();
  return registry;
}

}  // namespace tfjs::runtime
