#include "tfjs/base/http_url.h"

#include <gtest/gtest.h>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

std::string error_message(std::string_view text) {
  try {
    parse_http_url(text);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    return error.what();
  }
  return "";
}

TEST(ParseHttpUrl, TakesAUrlApart) {
  const HttpUrl url = parse_http_url("HTTPS://Models.Local:8080/a/b.json?x=1/2?&y#z");
  EXPECT_TRUE(url.is_https);
  EXPECT_EQ(url.origin(), "https://models.local:8080");
  EXPECT_EQ(url.path, "/a/b.json");
  EXPECT_EQ(url.query, "?x=1/2?&y");
  EXPECT_EQ(url.folder(), "/a/");
  EXPECT_EQ(url.text(), "https://models.local:8080/a/b.json?x=1/2?&y");
}

TEST(ParseHttpUrl, LeavesOutThePortOfTheScheme) {
  EXPECT_EQ(parse_http_url("http://h:80").text(), "http://h/");
  EXPECT_EQ(parse_http_url("https://h:443/").text(), "https://h/");
  EXPECT_EQ(parse_http_url("https://h:80/").text(), "https://h:80/");
  EXPECT_EQ(parse_http_url("http://h:/x").text(), "http://h/x");
}

TEST(ParseHttpUrl, TakesCredentialsOutOfTheText) {
  const HttpUrl url = parse_http_url("http://u%40x:p:w@d@h/x");
  EXPECT_EQ(url.user, "u@x");
  EXPECT_EQ(url.password, "p:w@d");
  EXPECT_EQ(url.text(), "http://h/x");
}

TEST(ParseHttpUrl, ReadsIPv6Hosts) {
  EXPECT_EQ(parse_http_url("http://[::1]:81/x").text(), "http://[::1]:81/x");
  EXPECT_NE(error_message("http://[::1/x"), "");
  EXPECT_NE(error_message("http://[zz::]/x"), "");
}

TEST(ParseHttpUrl, EncodesWhatCannotStand) {
  EXPECT_EQ(parse_http_url("http://h/a b\xc3\xa9.json?q=\"x\"").text(),
            "http://h/a%20b%C3%A9.json?q=%22x%22");
  EXPECT_EQ(parse_http_url("http://h/a%20b").text(), "http://h/a%20b");
}

TEST(ParseHttpUrl, WorksInDots) {
  EXPECT_EQ(parse_http_url("http://h/a/./b/../c").path, "/a/c");
  EXPECT_EQ(parse_http_url("http://h/a/%2E%2e/../../c/..").path, "/");
  EXPECT_EQ(parse_http_url("http://h/a//b").path, "/a//b");
  EXPECT_EQ(parse_http_url("http://h/a/.").path, "/a/");
}

TEST(ParseHttpUrl, RefusesWhatIsNoHttpUrl) {
  for (const char* text :
       {"", "h/x", "ftp://h/x", "file:///x", "http:/h", "http:h", "http:///x", "http://:80/",
        "http://h:0/", "http://h:65536/", "http://h:8x/", "http://h:-1/", "http://a b/",
        "http://a%41/", "http://h\\@evil/", "http://h/\n", "http://h\r\n/", "http://[h]/"}) {
    EXPECT_NE(error_message(text), "") << text;
  }
}

TEST(ParseHttpUrl, KeepsCredentialsOutOfMessages) {
  for (const char* text : {"http://user:secret@/x", "http://user:secret@h:0/",
                           "ftp://user:secret@h", "http://user:secret@h h/", "user:secret@h"}) {
    const std::string message = error_message(text);
    EXPECT_NE(message, "") << text;
    EXPECT_EQ(message.find("secret"), std::string::npos) << message;
  }
}

TEST(HttpUrl, ShowsTheNamesOfAQueryAlone) {
  EXPECT_EQ(parse_http_url("http://u:p@h/x?a=secret&b=&secret").shown(),
            "http://h/x?a=...&b=...&...");
  EXPECT_EQ(parse_http_url("http://h/x").shown(), "http://h/x");
}

TEST(ResolveHttpUrl, FollowsTheStandard) {
  const HttpUrl base = parse_http_url("https://u:p@h:1/a/b?q");
  EXPECT_EQ(resolve_http_url(base, "c").text(), "https://h:1/a/c");
  EXPECT_EQ(resolve_http_url(base, "../c?d").text(), "https://h:1/c?d");
  EXPECT_EQ(resolve_http_url(base, "/c").text(), "https://h:1/c");
  EXPECT_EQ(resolve_http_url(base, "//i/c").text(), "https://i/c");
  EXPECT_EQ(resolve_http_url(base, "?r").text(), "https://h:1/a/b?r");
  EXPECT_EQ(resolve_http_url(base, "#r").text(), "https://h:1/a/b?q");
  EXPECT_EQ(resolve_http_url(base, "http://i").text(), "http://i/");
  EXPECT_EQ(resolve_http_url(base, "c").user, "");
}

TEST(ResolveHttpUrl, RefusesOtherSchemes) {
  const HttpUrl base = parse_http_url("https://h/a");
  for (const char* reference : {"file:///etc/passwd", "ftp://h/x", "javascript:1", "a\nb"}) {
    EXPECT_THROW(resolve_http_url(base, reference), Error) << reference;
  }
}

}  // namespace
}  // namespace tfjs
