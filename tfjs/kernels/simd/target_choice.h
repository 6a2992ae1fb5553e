// The instruction sets this machine can run, for tests and benchmarks of each.
#pragma once

#include <string_view>
#include <vector>

namespace tfjs::kernels {

/// "AVX3", "AVX2", ...: best first. One in WebAssembly.
std::vector<std::string_view> usable_targets();

/// From now on kernels run with this one of usable_targets(). Kernels made before must not be run
/// any more: their weights are packed for another. Not while anything runs.
void choose_target(std::string_view name);

}  // namespace tfjs::kernels
