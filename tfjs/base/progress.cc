#include "tfjs/base/progress.h"

#include "tfjs/base/error.h"

namespace tfjs {

void CancelToken::check(const char* what) const {
  if (is_cancelled()) throw cancelled(what, ": cancelled");
}

}  // namespace tfjs
