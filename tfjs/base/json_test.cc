#include "tfjs/base/json.h"

#include <gtest/gtest.h>

#include <chrono>
#include <limits>

#include "tfjs/base/error.h"

namespace tfjs {
namespace {

#include "tfjs/base/testdata/javascript_cases.inc"

std::string message_of(std::string_view text, const JsonLimits& limits = {}) {
  try {
    parse_json(text, "model.json", limits);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::CorruptData);
    return error.what();
  }
  return "accepted";
}

std::string nested(std::size_t levels) {
  return std::string(levels, '[') + std::string(levels, ']');
}

TEST(Json, IsRewrittenAsJavaScriptRewritesIt) {
  for (const JsonCase& c : kRewritten) {
    EXPECT_EQ(write_json(parse_json(c.text, "case")), c.rewritten) << c.text;
  }
}

TEST(Json, RefusesWhatJavaScriptRefuses) {
  for (std::string_view text : kRefused) EXPECT_NE(message_of(text), "accepted") << text;
}

TEST(Json, RefusesTextThatIsNotUtf8) {
  for (std::string_view text : {"\"\xFF\"", "\"\xC0\x80\"", "\"\xED\xA0\x80\"",
                                "\"\xF4\x90\x80\x80\"", "\"\xE2\x82\"", "\"\x80\""}) {
    EXPECT_EQ(message_of(text), "model.json: not valid JSON at line 1, column 2: not UTF-8");
  }
}

TEST(Json, NamesLineAndColumnOfAMistake) {
  EXPECT_EQ(message_of("{\n  \"a\": 1,\n  \"b\": x\n}"),
            "model.json: not valid JSON at line 3, column 8: not a JSON value");
}

TEST(Json, SkipsAByteOrderMark) {
  EXPECT_EQ(parse_json("\xEF\xBB\xBF[1]", "text"), Json::array({1}));
}

TEST(Json, BoundsTheDepth) {
  EXPECT_NE(message_of(nested(513)).find("nested deeper than 512 levels"), std::string::npos);
  EXPECT_NE(message_of(nested(100000)).find("nested deeper"), std::string::npos);
  EXPECT_NE(message_of(nested(2049), {.max_depth = 1 << 30}).find("2048"), std::string::npos);
}

TEST(Json, WritesCopiesAndDestroysTheDeepestValue) {
  const Json deep = parse_json(nested(2048), "text", {.max_depth = 2048});
  const Json copy = deep;
  EXPECT_EQ(copy, deep);
  EXPECT_EQ(write_json(copy), nested(2048));
}

TEST(Json, BoundsTheSize) {
  EXPECT_EQ(message_of("[1,2]", {.max_bytes = 4}),
            "model.json: JSON of 5 bytes is larger than the limit of 4");
}

TEST(Json, ReadsLargeObjectsInReasonableTime) {
  std::string text = "{";
  for (int i = 0; i < 200000; ++i)
    text += "\"k" + std::to_string(i % 150000) + "\":" + std::to_string(i) + ",";
  text += "\"7\":0}";
  const auto start = std::chrono::steady_clock::now();
  const Json value = parse_json(text, "text");
  EXPECT_LT(std::chrono::steady_clock::now() - start,
            std::chrono::seconds(5));  // quadratic takes minutes
  EXPECT_EQ(value.as_object("value").size(), 150001u);
  EXPECT_EQ(value.as_object("value").begin()->first, "7");
  EXPECT_EQ(*value.find("k0"), Json(150000));
}

TEST(JsonObject, OrdersManyMembersAsFewOnes) {
  std::vector<Json::Member> members;
  Json::Object one_by_one;
  for (int i = 0; i < 60; ++i) {
    const std::string key =
        i % 3 == 0 ? std::to_string(i * 37 % 50) : "k" + std::to_string(i * 7 % 23);
    members.emplace_back(key, i);
    one_by_one.set(key, i);
  }
  EXPECT_EQ(write_json(Json(Json::Object(members))), write_json(Json(one_by_one)));
}

TEST(JsonObject, SetsFindsAndErases) {
  Json value;
  value.set("b", 1);
  value.set("a", 2);
  value.set("b", 3);
  value.set("5", nullptr);
  EXPECT_EQ(write_json(value), R"({"5":null,"b":3,"a":2})");
  EXPECT_TRUE(value.find("5")->is_null());
  EXPECT_EQ(value.find("c"), nullptr);
  EXPECT_TRUE(value.as_object("value").erase("b"));
  EXPECT_FALSE(value.as_object("value").erase("b"));
  EXPECT_EQ(write_json(value), R"({"5":null,"a":2})");
}

TEST(Json, WritesWhatJsonCannotSayAsJavaScriptDoes) {
  EXPECT_EQ(write_json(Json::array({std::numeric_limits<double>::quiet_NaN(), -0.0, "\xFF", 1.5f})),
            "[null,0,\"\xEF\xBF\xBD\",1.5]");
}

TEST(Json, ChecksTypesOnAccess) {
  const Json value = Json::object({{"units", 3.5}});
  const auto message = [](auto access) -> std::string {
    try {
      access();
    } catch (const Error& error) {
      return error.what();
    }
    return "no error";
  };
  EXPECT_EQ(message([&] { value.at("units", "config").as_string("units"); }),
            "units must be a string, got number");
  EXPECT_EQ(message([&] { value.at("units", "config").as_integer("units"); }),
            "units must be an integer, got 3.5");
  EXPECT_EQ(message([&] { value.at("name", "config"); }), "config has no 'name'");
  EXPECT_EQ(message([&] { Json(1).at("name", "config"); }), "config must be an object, got number");
}

TEST(Json, KnowsWhichNumbersAreIntegers) {
  EXPECT_TRUE(Json(-0x1p63).is_integer());
  EXPECT_FALSE(Json(0x1p63).is_integer());
  EXPECT_FALSE(Json(0.5).is_integer());
  EXPECT_FALSE(Json(std::numeric_limits<double>::infinity()).is_integer());
}

TEST(Json, TellsValuesApart) {
  const Json value = parse_json(R"({"a":[1,true,null,"x"]})", "text");
  EXPECT_EQ(value, parse_json(R"( { "a" : [ 1.0, true, null, "x" ] } )", "text"));
  EXPECT_FALSE(value == parse_json(R"({"a":[1,true,null,"y"]})", "text"));
  EXPECT_FALSE(Json(0) == Json());
}

}  // namespace
}  // namespace tfjs
