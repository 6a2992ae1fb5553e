#include "tfjs/platform/posix/failure.h"

#include <cerrno>
#include <system_error>

#include "tfjs/base/error.h"

namespace tfjs::platform::posix {
namespace {

ErrorCode code_of(int error_number) {
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return ErrorCode::NotFound;
    case EEXIST:
    case ENOTEMPTY:
      return ErrorCode::AlreadyExists;
    case EINVAL:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
      return ErrorCode::InvalidArgument;
    default:
      return ErrorCode::Unavailable;
  }
}

}  // namespace

void fail(std::string_view action, std::string_view path, int error_number) {
  throw Error(code_of(error_number), cat("cannot ", action, " ", quoted(path, 4096), ": ",
                                         std::generic_category().message(error_number)));
}

void check_path(std::string_view path) {
  if (path.empty()) throw invalid_argument("a path must not be empty");
  if (path.find('\0') != std::string_view::npos) {
    throw invalid_argument("path ", quoted(path), " holds a NUL character");
  }
}

}  // namespace tfjs::platform::posix
