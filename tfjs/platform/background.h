// Work that goes on while its caller does something else: a session that waits for a network.
#pragma once

#include <functional>

#include "tfjs/base/progress.h"

namespace tfjs::platform {

/// Runs `work`, which throws nothing, on a thread of its own. When the process ends while it runs,
/// `stop` is cancelled and the end waits for it: it should look now and then.
/// Errors: Unavailable when the system gives no thread.
void run_in_background(std::function<void(const CancelToken& stop)> work);

}  // namespace tfjs::platform
