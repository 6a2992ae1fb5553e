#include "tfjs/io/handlers/stores.h"

#include <cstdlib>

#include "tfjs/base/error.h"

namespace tfjs::io {

namespace {

/// The value of an environment variable; "" when it is not set.
std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string default_store_path() {
  if (std::string store = environment("TFJS_STORE"); !store.empty()) return store;
  // The XDG base directory specification has relative paths ignored.
  std::string folder = environment("XDG_DATA_HOME");
  if (!folder.starts_with('/')) {
    const std::string home = environment("HOME");
    if (home.empty()) {
      throw unavailable(
          "cannot tell where models are stored: HOME is not set; set TFJS_STORE to a file");
    }
    folder = home + "/.local/share";
  }
  return folder + "/tfjs/models.db";
}

}  // namespace tfjs::io
