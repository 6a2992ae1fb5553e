// Bytes between JavaScript and the core: buffers that JavaScript fills for its next call, and what
// the core lends until then.
#pragma once

#include <cstddef>

namespace tfjs::web {

/// A buffer for `size` bytes, aligned to 64, for the next call to take; null when there is no
/// memory for it.
void* allocate(std::size_t size);
/// Who calls this owns the buffer, and frees it with std::free. Errors: Internal unless allocate()
/// gave one of at least `size` bytes that nobody has taken.
void take(void* buffer, std::size_t size);
/// Frees what was allocated and not taken: a call that fails early takes nothing.
void free_untaken();

/// Lets go of all that was lent.
void end_loans();

}  // namespace tfjs::web
