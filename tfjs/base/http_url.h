// http and https URLs taken apart: whose server it is, what is asked of it, and what may be shown
// of it in a message.
#pragma once

#include <string>
#include <string_view>

namespace tfjs {

struct HttpUrl {
  bool is_https = false;
  std::string user;      ///< percent-decoded; "" without credentials
  std::string password;  ///< percent-decoded
  std::string host;      ///< lower case; IPv6 in brackets
  int port = 0;          ///< 80 or 443 when the URL names none
  std::string path;      ///< begins with '/'; no "." and ".." parts, what cannot stand is %-encoded
  std::string query;     ///< with its '?', or ""

  /// "https://host", with the port unless it is the scheme's own.
  std::string origin() const;
  /// Without credentials and fragment.
  std::string text() const { return origin() + path + query; }
  /// The path up to and with its last '/'.
  std::string folder() const { return path.substr(0, path.rfind('/') + 1); }
  /// For messages: text() with the values of the query left out, which may be secrets:
  /// "http://host/model.json?name=...&token=...".
  std::string shown() const;
};

bool is_http_url(std::string_view text);

/// Takes `text` apart; the query begins at the first '?', the fragment is dropped.
/// Errors: InvalidArgument, without showing credentials: another scheme, no host, a host or port
/// that cannot be, control characters.
HttpUrl parse_http_url(std::string_view text);

/// What `reference` means in a document of `base` (RFC 3986): a whole URL, "//host/x", "/x", "x",
/// "../x", "?q". Credentials of `base` are not taken over. Errors: as parse_http_url.
HttpUrl resolve_http_url(const HttpUrl& base, std::string_view reference);

/// "%2e%2E" is ".."; a '%' without two hexadecimal digits stays.
std::string percent_decoded(std::string_view text);

}  // namespace tfjs
