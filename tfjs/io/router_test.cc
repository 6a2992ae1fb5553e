#include "tfjs/io/router.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

Route route_of(std::string scheme) {
  return [scheme](const std::string& url) -> IOHandlerPtr {
    return url.starts_with(scheme) ? from_memory(small_model(1)) : nullptr;
  };
}

TEST(Router, FindsTheHandlerOfAUrl) {
  Router router;
  router.register_load_router(route_of("a://"));
  router.register_load_router(route_of("b://"));
  EXPECT_NE(router.load_handler("b://x"), nullptr);
  EXPECT_EQ(router.get_load_handlers("c://x").size(), 0u);
  EXPECT_EQ(router.get_save_handlers("a://x").size(), 0u);
}

TEST(Router, NamesTheKnownSchemesForAnUnknownOne) {
  const auto unknown = [] { default_router().load_handler("ftp://host/model.json"); };
  EXPECT_TRUE(says(error_of(unknown), ErrorCode::InvalidArgument,
                   {"load", "'ftp://host/model.json'", "unknown scheme 'ftp://'", "file://"}));
  const auto none = [] { default_router().save_handler("model"); };
  EXPECT_TRUE(says(error_of(none), ErrorCode::InvalidArgument,
                   {"save to", "'model'", "no scheme", "file://"}));
}

TEST(Router, RefusesSeveralHandlersForOneUrl) {
  Router router;
  router.register_save_router(route_of("a://"));
  router.register_save_router(route_of("a://x"));
  EXPECT_TRUE(says(error_of([&] { router.save_handler("a://x"); }), ErrorCode::InvalidArgument,
                   {"2", "'a://x'"}));
}

TEST(UrlOf, PutsFileBeforePathsOnly) {
  EXPECT_EQ(url_of("/a/model.json"), "file:///a/model.json");
  EXPECT_EQ(url_of("a b/c"), "file://a b/c");
  EXPECT_EQ(url_of("file://x"), "file://x");
  EXPECT_EQ(url_of("https://h/m.json?a://b"), "https://h/m.json?a://b");
  EXPECT_EQ(url_of("a/b://c"), "file://a/b://c");
}

}  // namespace
}  // namespace tfjs::io
