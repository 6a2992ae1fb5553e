#include "tfjs/platform/environment.h"

#include <cstdlib>

namespace tfjs::platform {

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace tfjs::platform
