// The one error type. The library throws it where a problem is found; the edges (command, server,
// JavaScript) translate it once.
#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

#include "tfjs/base/text.h"

namespace tfjs {

enum class ErrorCode {
  InvalidArgument,  ///< the caller's values do not fit
  NotFound,         ///< a file, model, layer class or weight is not there
  AlreadyExists,
  CorruptData,  ///< bytes from outside contradict themselves or their description
  Unsupported,  ///< understood, but this build or version cannot do it
  Unavailable,  ///< the disk, network or store failed; trying again may help
  Cancelled,
  Internal,  ///< a defect of this library
};

/// "InvalidArgument" and so on.
std::string_view name(ErrorCode code);

/// What went wrong, where, what was expected and what came.
class Error : public std::runtime_error {
 public:
  Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
  ErrorCode code() const { return code_; }

 private:
  ErrorCode code_;
};

// throw invalid_argument("dense: units must be a positive integer, got ", units);
template <class... Parts>
Error invalid_argument(const Parts&... parts) {
  return Error(ErrorCode::InvalidArgument, cat(parts...));
}
template <class... Parts>
Error not_found(const Parts&... parts) {
  return Error(ErrorCode::NotFound, cat(parts...));
}
template <class... Parts>
Error already_exists(const Parts&... parts) {
  return Error(ErrorCode::AlreadyExists, cat(parts...));
}
template <class... Parts>
Error corrupt_data(const Parts&... parts) {
  return Error(ErrorCode::CorruptData, cat(parts...));
}
template <class... Parts>
Error unsupported(const Parts&... parts) {
  return Error(ErrorCode::Unsupported, cat(parts...));
}
template <class... Parts>
Error unavailable(const Parts&... parts) {
  return Error(ErrorCode::Unavailable, cat(parts...));
}
template <class... Parts>
Error cancelled(const Parts&... parts) {
  return Error(ErrorCode::Cancelled, cat(parts...));
}
template <class... Parts>
Error internal_error(const Parts&... parts) {
  return Error(ErrorCode::Internal, cat(parts...));
}

}  // namespace tfjs
