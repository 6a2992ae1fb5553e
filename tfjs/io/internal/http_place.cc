#include "tfjs/io/internal/http_place.h"

#include <algorithm>
#include <cmath>

#include "tfjs/base/error.h"
#include "tfjs/io/weight_paths.h"
#include "tfjs/platform/http_redirect.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::io::internal {
namespace {

constexpr std::size_t kShownBody = 300;  // bytes of an answer in a message
constexpr std::size_t kShortSecret = 4;  // shorter ones would blank out ordinary words
constexpr double kLongestTimeout = 1e6;  // seconds

void check_header(const std::string& name, const std::string& value) {
  if (!platform::is_http_token(name)) {
    throw invalid_argument("malformed header: ", quoted(name), " is no header name");
  }
  if (!platform::is_http_header_value(value)) {
    throw invalid_argument("malformed header: the value of ", quoted(name),
                           " contains a line break or NUL");
  }
  for (const std::string_view ours : {"Content-Length", "Transfer-Encoding", "Range", "If-Range"}) {
    if (platform::is_same_word(name, ours)) {
      throw invalid_argument("header ", quoted(name), " cannot be given: it is set as needed");
    }
  }
}

void check_options(const HttpOptions& options) {
  if (!options.method.empty() && !platform::is_http_token(options.method)) {
    throw invalid_argument("malformed HTTP method ", quoted(options.method));
  }
  for (const auto& [name, value] : options.headers) check_header(name, value);
  if (!(options.timeout > 0 && options.timeout <= kLongestTimeout)) {
    throw invalid_argument("http: timeout must be above 0 and at most ", kLongestTimeout,
                           " seconds, got ", options.timeout);
  }
  if (options.retry < 0)
    throw invalid_argument("http: retry must be 0 or more, got ", options.retry);
  if (options.credentials && options.credentials->user.find(':') != std::string::npos) {
    throw invalid_argument("http: the user of credentials cannot contain ':'");
  }
}

void hide(std::string& text, std::string_view secret) {
  if (secret.size() < kShortSecret) return;
  for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3) {
    text.replace(at, secret.size(), "...");
  }
}

/// '#' would begin a fragment, but in a file's name it is a letter like others.
std::string with_encoded_hash(std::string_view path) {
  std::string out;
  for (const char c : path) c == '#' ? out.append("%23") : out.append(1, c);
  return out;
}

}  // namespace

HttpPlace::HttpPlace(const std::string& url, HttpOptions options)
    : url_(parse_http_url(url)), options_(std::move(options)) {
  if (!options_.credentials && (!url_.user.empty() || !url_.password.empty())) {
    options_.credentials = {url_.user, url_.password};
  }
  check_options(options_);
}

HttpUrl HttpPlace::weight_url(const std::string& path, const std::string& prefix) const {
  checked_weight_path(percent_decoded(path.substr(0, path.find('?'))), shown());
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (std::any_of(path.begin(), path.end(), is_control)) {
    throw corrupt_data(shown(), ": weight path ", quoted(path), " contains a control character");
  }
  const std::string before = prefix.empty() ? url_.origin() + url_.folder() : prefix;
  return resolve_http_url(url_, before + with_encoded_hash(path) + url_.query);
}

HttpUrl HttpPlace::converted_url(const std::string& path, const std::string& converted) const {
  if (converted.empty()) {
    throw invalid_argument("weight_url_converter gave an empty URL for ", quoted(path));
  }
  try {
    return resolve_http_url(url_, converted);
  } catch (const Error& error) {
    throw invalid_argument("weight_url_converter's answer for ", quoted(path), ": ", error.what());
  }
}

platform::HttpRequest HttpPlace::request(const HttpUrl& target) const {
  platform::HttpRequest request;
  request.url = target.text();
  request.headers = options_.headers;
  if (options_.credentials) {
    request.user = options_.credentials->user;
    request.password = options_.credentials->password;
  }
  if (target.origin() == url_.origin()) return request;
  platform::remove_secrets(request);
  request.user = target.user;  // of a prefix or converted URL, meant for its own server
  request.password = target.password;
  return request;
}

platform::HttpSessionOptions HttpPlace::session_options(const CancelToken& cancel) const {
  return {.timeout_s = options_.timeout,
          .insecure = options_.insecure,
          .ca_file = options_.ca_file,
          .cancel = cancel};
}

std::string HttpPlace::shown_text(std::string_view text) const {
  // More than is shown, so that a secret at the cut is seen whole.
  std::string out(text.substr(0, 16 * kShownBody));
  if (options_.credentials) hide(out, options_.credentials->password);
  for (const auto& header : options_.headers) {
    hide(out, header.second);
    hide(out, std::string_view(header.second).substr(header.second.rfind(' ') + 1));
  }
  return quoted(out, kShownBody);
}

bool is_passing_status(int status) {
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503 ||
         status == 504;
}

Error status_error(const HttpPlace& place, const std::string& shown_url,
                   const platform::HttpHead& head, std::string_view body) {
  const int status = head.status;
  std::string text = cat(shown_url, ": the server answered with status ", status);
  if (status == 401 || status == 403) text += " (credentials needed, or not the right ones)";
  if (status == 404 || status == 410) text += " (not there)";
  if (status == 407) text += " (the proxy wants credentials)";
  if (!body.empty()) text += cat(": ", place.shown_text(body));
  ErrorCode code = ErrorCode::InvalidArgument;
  if (status == 404 || status == 410) code = ErrorCode::NotFound;
  if (status < 400 || status >= 500 || is_passing_status(status)) code = ErrorCode::Unavailable;
  return Error(code, text);
}

}  // namespace tfjs::io::internal
