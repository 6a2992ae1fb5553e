// Unpacking deflate (RFC 1951), what zip archives compress with: by zlib natively, by Node's own
// zlib when compiled to WebAssembly. A build without zlib, and a browser page, cannot.
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace tfjs::platform {

/// False where inflate() throws Unsupported.
bool can_inflate();

/// Unpacks a raw deflate stream (no zlib or gzip header) whose size is known: `packed` must fill
/// `out` exactly and end with its own last byte. `what` names the stream in messages.
/// Errors: CorruptData; Unsupported where there is no zlib.
void inflate(std::span<const std::byte> packed, std::span<std::byte> out, const std::string& what);

}  // namespace tfjs::platform
