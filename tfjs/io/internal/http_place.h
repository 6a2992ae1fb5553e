// A model's place on a server: its URL taken apart, what goes along with every request, and what of
// both may be shown.
#pragma once

#include <string>
#include <string_view>

#include "tfjs/base/http_url.h"
#include "tfjs/io/handlers/http.h"
#include "tfjs/platform/http.h"

namespace tfjs::io::internal {

class HttpPlace {
 public:
  /// Errors: InvalidArgument: what http() refuses.
  HttpPlace(const std::string& url, HttpOptions options);

  const HttpUrl& url() const { return url_; }
  const HttpOptions& options() const { return options_; }
  std::string shown() const { return url_.shown(); }

  /// The URL of a weight file: `prefix`, or else the folder of the URL, then `path`, then the query
  /// of the URL. Errors: InvalidArgument: a prefix that makes no URL; CorruptData: a path that
  /// leaves the model's folder once a server decodes its "%2e".
  HttpUrl weight_url(const std::string& path, const std::string& prefix) const;
  /// What a converter gave for `path`: a whole URL, or one relative to the model's.
  /// Errors: InvalidArgument naming `path`.
  HttpUrl converted_url(const std::string& path, const std::string& converted) const;

  /// A GET of `target`, with headers and credentials; without secrets at another origin.
  platform::HttpRequest request(const HttpUrl& target) const;
  platform::HttpSessionOptions session_options(const CancelToken& cancel) const;

  /// `text` from the server, fit for a message: quoted, and without the secrets that were sent.
  std::string shown_text(std::string_view text) const;

 private:
  HttpUrl url_;
  HttpOptions options_;
};

/// The error for an answer whose status is not the one hoped for; `body` is its beginning. NotFound
/// for 404 and 410, Unavailable for what may pass and for redirects, else InvalidArgument.
Error status_error(const HttpPlace& place, const std::string& shown_url,
                   const platform::HttpHead& head, std::string_view body);

/// Another attempt may get another answer: 408, 429, 500, 502, 503, 504.
bool is_passing_status(int status);

}  // namespace tfjs::io::internal
