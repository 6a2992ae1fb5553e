// Node's process.env: what Emscripten's getenv() knows is made up.
#include "tfjs/platform/environment.h"

#include <emscripten.h>

#include <cstdlib>
#include <memory>

// clang-format off
// A new string that the caller frees, or null.
EM_JS(char*, tfjs_environment, (const char* name), {
  const value = typeof process === 'object' && process.env ? process.env[UTF8ToString(name)] : undefined;
  if (value === undefined) return 0;
  const size = lengthBytesUTF8(value) + 1;
  const text = _malloc(size);
  stringToUTF8(value, text, size);
  return text;
});
// clang-format on

namespace tfjs::platform {

std::optional<std::string> environment(const std::string& name) {
  const std::unique_ptr<char, void (*)(void*)> value(tfjs_environment(name.c_str()), std::free);
  return value == nullptr ? std::nullopt : std::optional<std::string>(value.get());
}

}  // namespace tfjs::platform
