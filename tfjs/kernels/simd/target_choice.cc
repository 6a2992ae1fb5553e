#include "tfjs/kernels/simd/target_choice.h"

#include <cstdint>

#include "tfjs/base/error.h"
#include "tfjs/kernels/simd/targets.h"
// The order matters: the targets are chosen before this.
#include "hwy/highway.h"
#include "hwy/targets.h"

namespace tfjs::kernels {
namespace {

struct Target {
  std::string_view name;
  std::int64_t bit;
};

#if (HWY_TARGETS & (HWY_TARGETS - 1)) == 0
// One target is compiled, and nothing is dispatched.
std::vector<Target> targets() {
  return {{hwy::TargetName(HWY_TARGETS), HWY_TARGETS}};
}
void use(std::int64_t) {}
#else
std::vector<Target> targets() {
  const std::int64_t usable = HWY_TARGETS & (hwy::SupportedTargets() | HWY_STATIC_TARGET);
  std::vector<Target> found;
  // The best target has the lowest bit.
  for (int shift = 0; shift < 63; ++shift) {
    const std::int64_t bit = std::int64_t{1} << shift;
    if ((usable & bit) != 0) found.push_back({hwy::TargetName(bit), bit});
  }
  return found;
}
void use(std::int64_t bit) {
  hwy::GetChosenTarget().Update(bit);
}
#endif

}  // namespace

std::vector<std::string_view> usable_targets() {
  std::vector<std::string_view> names;
  for (const Target& target : targets()) names.push_back(target.name);
  return names;
}

void choose_target(std::string_view name) {
  for (const Target& target : targets()) {
    if (target.name == name) return use(target.bit);
  }
  throw invalid_argument("kernels: this machine has no target '", name, "'");
}

}  // namespace tfjs::kernels
