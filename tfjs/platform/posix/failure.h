// From errno to tfjs::Error.
#pragma once

#include <string>
#include <string_view>

namespace tfjs::platform::posix {

/// Throws "cannot <action> '<path>': <reason>". Errors: NotFound, AlreadyExists, InvalidArgument
/// or, when the system rather than the path is at fault, Unavailable.
[[noreturn]] void fail(std::string_view action, std::string_view path, int error_number);

/// Errors: InvalidArgument for an empty path or one with a NUL, which C functions would cut short.
void check_path(std::string_view path);

}  // namespace tfjs::platform::posix
