// Worker threads shared by every plan of the process. Workers spin for a bounded time between pieces of work, then
// sleep. Several runs at once share the workers: there are never more than the machine's cores minus one.
#pragma once

#include <memory>

#include "tfjs/runtime/parallel.h"

namespace tfjs::runtime {

/// Parallel loops on at most `threads` threads, the caller included, helped by the shared workers that are free.
/// Cheap to make; 1 runs everything on the caller.
std::unique_ptr<Parallel> make_parallel(int threads);

}  // namespace tfjs::runtime
