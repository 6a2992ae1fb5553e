// Kernels by op and set.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/runtime/kernel.h"

namespace tfjs::runtime {

using KernelFactory = std::unique_ptr<Kernel> (*)(const KernelSetup&);

class KernelRegistry {
 public:
  /// Sets are tried in the order in which they first appear here.
  void add(std::string_view op, std::string_view set, KernelFactory factory);

  /// The first kernel that takes the case. `only_set` (not empty) restricts the choice.
  /// Errors: Unsupported naming the op and the specs when no kernel takes it.
  std::unique_ptr<Kernel> make(const KernelSetup& setup, std::string_view only_set = {}) const;

  std::vector<std::string> ops_in(std::string_view set) const;

 private:
  struct Entry {
    std::string op;
    std::string set;
    KernelFactory factory;
  };
  std::vector<Entry> entries_;
};

/// The kernels of kernels/kernels.def; kernels/register.cc defines it.
const KernelRegistry& builtin_kernels();

}  // namespace tfjs::runtime
