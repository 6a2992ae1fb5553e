// The variables that the user's session gives a program.
#pragma once

#include <optional>
#include <string>

namespace tfjs::platform {

/// The value of the environment variable `name`; nothing when it is not set. In a browser none is.
std::optional<std::string> environment(const std::string& name);

}  // namespace tfjs::platform
