// Node's zlib. A browser page has none that works without waiting.
#include "tfjs/platform/inflate.h"

#include <emscripten.h>

#include "tfjs/base/error.h"

// clang-format off
EM_JS(int, tfjs_can_inflate, (), {
  return typeof require === 'function' && typeof process === 'object' && !!process.versions && !!process.versions.node ? 1 : 0;
});
// Returns the bytes made, or -1; the bytes taken go to `taken`. One byte more than fits is asked for, to see a stream that does not end.
EM_JS(double, tfjs_inflate, (const void* packed, size_t packed_size, void* out, size_t out_size, double* taken), {
  try {
    const input = HEAPU8.subarray(packed, packed + packed_size);
    const made = require('zlib').inflateRawSync(input, {maxOutputLength: out_size + 1, info: true});
    HEAPF64[taken >> 3] = made.engine.bytesWritten;
    if (made.buffer.length <= out_size) HEAPU8.set(made.buffer, out);
    return made.buffer.length;
  } catch (error) {
    return error.code === 'ERR_BUFFER_TOO_LARGE' ? out_size + 1 : -1;
  }
});
// clang-format on

namespace tfjs::platform {

bool can_inflate() {
  return tfjs_can_inflate() != 0;
}

void inflate(std::span<const std::byte> packed, std::span<std::byte> out, const std::string& what) {
  if (!can_inflate()) {
    throw unsupported(what, " is compressed, which a browser page cannot read; use files");
  }
  double taken = 0;
  const double made = tfjs_inflate(packed.data(), packed.size(), out.data(), out.size(), &taken);
  if (made < 0) throw corrupt_data(what, " is damaged, or ends too early (interrupted download?)");
  if (made > static_cast<double>(out.size())) {
    throw corrupt_data(what, " unpacks to more than ", out.size(), " bytes");
  }
  if (made != static_cast<double>(out.size())) {
    throw corrupt_data(what, " unpacks to ", made, " bytes, but should to ", out.size());
  }
  if (taken != static_cast<double>(packed.size())) {
    throw corrupt_data(what, " has ", static_cast<double>(packed.size()) - taken,
                       " bytes after its packed content");
  }
}

}  // namespace tfjs::platform
