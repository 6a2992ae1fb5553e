// Files that were fetched before, as a load over HTTP asks for them: a file that has not changed on
// the server is not sent again.
#pragma once

#include <optional>
#include <string>

#include "tfjs/base/bytes.h"

namespace tfjs::io::internal {

/// What a server says to tell the versions of a file apart; empty where it says nothing.
struct HttpValidators {
  std::string etag;
  std::string last_modified;

  bool empty() const { return etag.empty() && last_modified.empty(); }
};

/// Called from the load's own thread. What a function throws ends the load.
class HttpCache {
 public:
  virtual ~HttpCache() = default;
  /// The validators of the copy of `url` that is kept; nothing when there is none.
  virtual std::optional<HttpValidators> find(const std::string& url) = 0;
  /// The copy whose validators find() gave: the server says that it is the newest. It is checked
  /// like bytes from the server.
  virtual Bytes read(const std::string& url) = 0;
  /// A file that came anew, once the whole model has been loaded and checked. `content` stays
  /// valid as long as it is held.
  virtual void fetched(const std::string& url, const HttpValidators& validators,
                       const Bytes& content) = 0;
};

}  // namespace tfjs::io::internal
