// Which redirects are followed, and what goes along.
#pragma once

#include <optional>

#include "tfjs/platform/http.h"

namespace tfjs::platform {

inline constexpr int kMostRedirects = 10;

/// The request that follows the answer `head` to `request`, or nothing when `head` is the answer.
/// To another origin (scheme, host or port) go no credentials: not `user`, nor the headers
/// Authorization, Cookie, Proxy-Authorization and Host.
/// Errors: Unavailable: a Location that is no http or https URL.
std::optional<HttpRequest> redirected(const HttpRequest& request, const HttpHead& head);

}  // namespace tfjs::platform
