#include "tfjs/platform/http_redirect.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

HttpRequest request_with_secrets(const std::string& method = "GET") {
  return {.method = method,
          .url = "http://a.local/models/m.json?q=1",
          .headers = {{"authorization", "Bearer x"}, {"COOKIE", "c"}, {"Host", "h"}, {"X-Id", "1"}},
          .user = "u",
          .password = "p"};
}

std::optional<HttpRequest> follow(const HttpRequest& request, int status,
                                  const std::string& location) {
  return redirected(request, {status, request.url, {{"location", location}}, {}});
}

TEST(Redirected, KeepsSecretsWithinTheOrigin) {
  const auto next = follow(request_with_secrets(), 302, "../other.json");
  ASSERT_TRUE(next);
  EXPECT_EQ(next->url, "http://a.local/other.json");
  EXPECT_EQ(next->headers, request_with_secrets().headers);
  EXPECT_EQ(next->user, "u");
}

TEST(Redirected, TakesNoSecretsToAnotherOrigin) {
  for (const char* location :
       {"http://b.local/", "https://a.local/", "http://a.local:81/", "//b.local/",
        "http://a.local@b.local/", "http://a.local.b.local/"}) {
    const auto next = follow(request_with_secrets(), 307, location);
    ASSERT_TRUE(next) << location;
    EXPECT_EQ(next->headers, (HttpHeaders{{"X-Id", "1"}})) << location;
    EXPECT_EQ(next->user, "") << location;
    EXPECT_EQ(next->password, "") << location;
  }
}

TEST(Redirected, DoesNotUseCredentialsOfALocation) {
  const auto next = follow(request_with_secrets(), 302, "http://x:y@b.local/");
  ASSERT_TRUE(next);
  EXPECT_EQ(next->url, "http://b.local/");
  EXPECT_EQ(next->user, "");
}

TEST(Redirected, SendsABodyAgainFor307And308Only) {
  for (const int status : {307, 308})
    EXPECT_TRUE(follow(request_with_secrets("POST"), status, "/"));
  for (const int status : {300, 301, 302, 303, 304, 305}) {
    EXPECT_FALSE(follow(request_with_secrets("PUT"), status, "/"));
  }
}

TEST(Redirected, FollowsReadsEverywhere) {
  for (const int status : {301, 302, 303, 307, 308}) {
    EXPECT_TRUE(follow(request_with_secrets(), status, "/"));
  }
  EXPECT_FALSE(follow(request_with_secrets(), 200, "/"));
  EXPECT_FALSE(redirected(request_with_secrets(), {302, "http://a.local/", {}, {}}));
}

TEST(Redirected, RefusesOtherSchemes) {
  for (const char* location : {"file:///etc/passwd", "ftp://b.local/", "data:,x", "http://"}) {
    try {
      follow(request_with_secrets(), 302, location);
      ADD_FAILURE() << location;
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::Unavailable);
      EXPECT_NE(std::string(error.what()).find("http://a.local/models/m.json?q=..."),
                std::string::npos);
    }
  }
}

}  // namespace
}  // namespace tfjs::platform
