#include "tfjs/io/internal/http_place.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io::internal {
namespace {

TEST(HttpPlace, PutsFolderPathAndQueryTogether) {
  const HttpPlace place("http://h/a/b.json?q=x/y?z#f", {});
  EXPECT_EQ(place.weight_url("c/d.bin", "").text(), "http://h/a/c/d.bin?q=x/y?z");
  EXPECT_EQ(place.weight_url("d.bin", "https://cdn/x-").text(), "https://cdn/x-d.bin?q=x/y?z");
  EXPECT_EQ(place.weight_url("d.bin", "/w/").text(), "http://h/w/d.bin?q=x/y?z");
  EXPECT_EQ(HttpPlace("http://h", {}).weight_url("d.bin", "").text(), "http://h/d.bin");
}

TEST(HttpPlace, TakesPathsAsNames) {
  const HttpPlace place("http://h/a/b.json", {});
  EXPECT_EQ(place.weight_url("c d#1.bin", "").text(), "http://h/a/c%20d%231.bin");
  EXPECT_EQ(place.weight_url("c%20d.bin", "").text(), "http://h/a/c%20d.bin");
  EXPECT_EQ(place.weight_url("100%.bin", "").text(), "http://h/a/100%.bin");
}

TEST(HttpPlace, RefusesPathsThatLeaveTheFolderOnceDecoded) {
  const HttpPlace place("http://h/a/b.json", {});
  for (const char* path : {"%2e%2e/c", "c/..%2Fd", "%2E./c", "c%5c..%5cd", "%2f%2fevil/c", "%00"}) {
    EXPECT_EQ(error_of([&] { place.weight_url(path, ""); }).code(), ErrorCode::CorruptData) << path;
  }
}

TEST(HttpPlace, SaysWhichFileAConverterIsWrongAbout) {
  const HttpPlace place("http://h/a/b.json", {});
  EXPECT_EQ(place.converted_url("f.bin", "g.bin?x").text(), "http://h/a/g.bin?x");
  for (const char* converted : {"", "http://", "file:///f.bin", "a\nb"}) {
    EXPECT_TRUE(says(error_of([&] { place.converted_url("f.bin", converted); }),
                     ErrorCode::InvalidArgument, {"weight_url_converter", "'f.bin'"}));
  }
}

TEST(HttpPlace, RefusesControlCharactersInPaths) {
  const HttpPlace place("http://h/a/b.json", {});
  for (const char* path : {"a\r\nb", "a\tb", "a\x01"}) {
    EXPECT_TRUE(says(error_of([&] { place.weight_url(path, ""); }), ErrorCode::CorruptData,
                     {"http://h/a/b.json", "control character"}));
  }
}

TEST(HttpPlace, KeepsSecretsToItsOrigin) {
  HttpOptions options{.headers = {{"authorization", "a"}, {"Cookie", "b"}, {"X-Id", "c"}}};
  options.credentials = {"user", "pass"};
  const HttpPlace place("http://h/a/b.json", options);
  const platform::HttpRequest same = place.request(resolve_http_url(place.url(), "/x"));
  EXPECT_EQ(same.headers.size(), 3u);
  EXPECT_EQ(same.user, "user");
  for (const char* url : {"http://i/x", "https://h/x", "http://h:81/x"}) {
    const platform::HttpRequest other = place.request(parse_http_url(url));
    EXPECT_EQ(other.headers, (platform::HttpHeaders{{"X-Id", "c"}})) << url;
    EXPECT_EQ(other.user, "");
  }
}

TEST(HttpPlace, TakesCredentialsFromTheUrlUnlessGiven) {
  const HttpPlace place("http://u:p@h/a", {});
  EXPECT_EQ(place.request(place.url()).user, "u");
  EXPECT_EQ(place.request(place.url()).password, "p");
  HttpOptions options;
  options.credentials = {"other", ""};
  EXPECT_EQ(HttpPlace("http://u:p@h/a", options).request(place.url()).user, "other");
}

TEST(HttpPlace, HidesSecretsThatAServerRepeats) {
  HttpOptions options{.headers = {{"Authorization", "Bearer abcd1234"}, {"X", "no"}}};
  options.credentials = {"u", "passw0rd"};
  const HttpPlace place("http://h/", options);
  EXPECT_EQ(place.shown_text("<Bearer abcd1234> abcd1234 passw0rd no\n"), "'<...> ... ... no\\n'");
}

TEST(StatusError, TellsWhatMayPassFromWhatIsWrong) {
  const HttpPlace place("http://h/m", {});
  const auto code = [&](int status) {
    return status_error(place, place.shown(), {.status = status}, "").code();
  };
  for (const int status : {404, 410}) EXPECT_EQ(code(status), ErrorCode::NotFound);
  for (const int status : {408, 429, 500, 502, 503, 504, 304, 507}) {
    EXPECT_EQ(code(status), ErrorCode::Unavailable);
  }
  for (const int status : {400, 401, 403, 407, 413, 451}) {
    EXPECT_EQ(code(status), ErrorCode::InvalidArgument);
  }
}

}  // namespace
}  // namespace tfjs::io::internal
