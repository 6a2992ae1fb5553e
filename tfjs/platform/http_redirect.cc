#include "tfjs/platform/http_redirect.h"

#include <algorithm>
#include <array>

#include "tfjs/base/error.h"
#include "tfjs/base/http_url.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::platform {
namespace {

/// What says who we are, or where we meant to go.
constexpr std::array<std::string_view, 4> kHeadersOfOneOrigin = {"Authorization", "Cookie",
                                                                 "Proxy-Authorization", "Host"};

bool is_followed(const HttpRequest& request, int status) {
  if (status == 307 || status == 308) return true;
  const bool only_reads = request.method == "GET" || request.method == "HEAD";
  return only_reads && (status == 301 || status == 302 || status == 303);
}

HttpUrl target_of(const HttpHead& head, const std::string& location) {
  const HttpUrl from = parse_http_url(head.url);
  try {
    return resolve_http_url(from, location);
  } catch (const Error& error) {
    throw unavailable(from.shown(), " redirects (status ", head.status,
                      ") where we do not follow: ", error.what());
  }
}

}  // namespace

void remove_secrets(HttpRequest& request) {
  request.user.clear();
  request.password.clear();
  std::erase_if(request.headers, [](const auto& header) {
    return std::any_of(kHeadersOfOneOrigin.begin(), kHeadersOfOneOrigin.end(),
                       [&](std::string_view name) { return is_same_word(header.first, name); });
  });
}

std::optional<HttpRequest> redirected(const HttpRequest& request, const HttpHead& head) {
  const std::string* location = find_header(head.headers, "Location");
  if (location == nullptr || !is_followed(request, head.status)) return std::nullopt;
  const HttpUrl target = target_of(head, *location);
  HttpRequest next = request;
  next.url = target.text();
  if (parse_http_url(request.url).origin() != target.origin()) remove_secrets(next);
  return next;
}

}  // namespace tfjs::platform
