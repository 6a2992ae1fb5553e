#include "tfjs/platform/http.h"
#include "tfjs/base/error.h"

namespace tfjs::platform {

Future<void> run_http(const HttpSessionOptions&, std::function<void(HttpSession&)>) {
  return Future<void>::from([] {
    throw unsupported(
        "this build cannot load or save over http: it was made without libcurl "
        "(CMake option TFJS_WITH_CURL)");
  });
}

}  // namespace tfjs::platform
