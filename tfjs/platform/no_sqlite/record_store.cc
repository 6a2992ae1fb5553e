#include "tfjs/platform/record_store.h"

#include "tfjs/base/error.h"

namespace tfjs::platform {

std::unique_ptr<RecordStore> record_store(const std::string& path, double) {
  throw unsupported("cannot open ", quoted(path, 4096),
                    ": this build has no SQLite (CMake option TFJS_WITH_SQLITE)");
}

}  // namespace tfjs::platform
