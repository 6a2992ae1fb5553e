// Which redirects are followed, and what goes along.
#pragma once

#include <optional>

#include "tfjs/platform/http.h"

namespace tfjs::platform {

inline constexpr int kMostRedirects = 10;

/// Takes out what must not reach another origin: `user` and `password`, and the headers
/// Authorization, Cookie, Proxy-Authorization and Host.
void remove_secrets(HttpRequest& request);

/// The request that follows the answer `head` to `request`, or nothing when `head` is the answer.
/// To another origin (scheme, host or port) it goes without secrets.
/// Errors: Unavailable: a Location that is no http or https URL.
std::optional<HttpRequest> redirected(const HttpRequest& request, const HttpHead& head);

}  // namespace tfjs::platform
