#include "tfjs/platform/posix/posix_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/failure.h"

namespace tfjs::platform::posix {

PosixWriter::PosixWriter(const std::string& path, bool replace) : path_(path) {
  struct stat status;
  if (replace && ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode)) {
    throw invalid_argument("cannot write ", quoted(path, 4096), ": not a regular file");
  }
  file_ =
      open_at(AT_FDCWD, path, O_WRONLY | O_CREAT | O_NONBLOCK | (replace ? O_TRUNC : O_EXCL), 0666);
  if (!file_) fail("write", path, errno);
}

void PosixWriter::write(std::span<const std::byte> data) {
  write_all(file_, data, path_);
}

void PosixWriter::sync() {
  sync_to_disk(file_, path_);
}

void PosixWriter::close() {
  // After EINTR the descriptor is gone all the same.
  if (::close(file_.release()) != 0 && errno != EINTR) fail("write", path_, errno);
}

}  // namespace tfjs::platform::posix
