#include "tfjs/platform/files.h"

#include "tfjs/platform/posix/posix_files.h"

namespace tfjs::platform {

Files& files() {
  static posix::PosixFiles instance;
  return instance;
}

}  // namespace tfjs::platform
