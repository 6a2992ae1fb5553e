#include "tfjs/runtime/kernel_registry.h"

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::runtime {

void KernelRegistry::add(std::string_view op, std::string_view set, KernelFactory factory) {
  // Kept grouped by set, so that make() can try the entries in order.
  const auto last = std::find_if(entries_.rbegin(), entries_.rend(),
                                 [&](const Entry& entry) { return entry.set == set; });
  const auto position = last == entries_.rend() ? entries_.end() : last.base();
  entries_.insert(position, Entry{std::string(op), std::string(set), factory});
}

std::unique_ptr<Kernel> KernelRegistry::make(const KernelSetup& setup,
                                             std::string_view only_set) const {
  for (const Entry& entry : entries_) {
    if (entry.op != setup.op.name || (!only_set.empty() && entry.set != only_set)) continue;
    if (auto kernel = entry.factory(setup)) return kernel;
  }
  const auto specs = [](std::span<const TensorSpec> list) {
    return cat(std::vector<TensorSpec>(list.begin(), list.end()));
  };
  throw unsupported("no ", only_set, only_set.empty() ? "" : " ", "kernel computes ", setup.op.name,
                    " of ", specs(setup.inputs), " to ", specs(setup.outputs));
}

std::vector<std::string> KernelRegistry::ops_in(std::string_view set) const {
  std::vector<std::string> ops;
  for (const Entry& entry : entries_) {
    if (entry.set == set) ops.push_back(entry.op);
  }
  return ops;
}

}  // namespace tfjs::runtime
