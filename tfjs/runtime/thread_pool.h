// Worker threads shared by every plan of the process. Workers spin for a bounded time between
// pieces of work, then sleep. Several runs at once share the workers: there are never more than the
// machine's cores minus one.
#pragma once

#include <memory>

#include "tfjs/runtime/parallel.h"

namespace tfjs::runtime {

/// Parallel loops on at most `threads` threads, the caller included, helped by the shared workers
/// that are free. Cheap to make; 1 runs everything on the caller. More than most_threads() are not
/// given. A loop inside a piece of a loop runs on the piece's thread. Errors: InvalidArgument for
/// fewer than 1.
std::unique_ptr<Parallel> make_parallel(int threads);

/// The workers there may be, and the caller: the cores this process may use.
int most_threads();

}  // namespace tfjs::runtime
