// Checks on the paths a weights manifest names: files inside the model's folder, each once.
#pragma once

#include <string>
#include <string_view>

namespace tfjs::io {

/// `path` as a plain relative path: "./a//b.bin" is "a/b.bin".
/// Errors: CorruptData naming `what` and the path: empty, absolute, with "..", a backslash, NUL or
/// a scheme or drive ("http:", "C:"), or ending in "/".
std::string checked_weight_path(std::string_view path, const std::string& what);

}  // namespace tfjs::io
