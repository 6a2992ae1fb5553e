#include "tfjs/io/weight_data.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

WeightData pieces(const std::vector<std::string>& texts) {
  WeightData data;
  for (const std::string& text : texts) data.append(Bytes::copy_of(std::string_view(text)));
  return data;
}

TEST(WeightData, ReadsItsPiecesAsOneByteString) {
  const WeightData data = pieces({"ab", "", "cde", "f"});
  EXPECT_EQ(data.size(), 6u);
  for (std::uint64_t begin = 0; begin <= 6; ++begin) {
    for (std::uint64_t size = 0; begin + size <= 6; ++size) {
      EXPECT_EQ(data.slice(begin, size).text(), std::string("abcdef").substr(begin, size));
    }
  }
}

TEST(WeightData, ViewsWhatOnePieceHolds) {
  const WeightData data = pieces({"ab", "cdef"});
  EXPECT_EQ(data.slice(3, 2).data(), data.pieces()[1].data() + 1);
}

TEST(WeightData, JoinsPiecesThatLieSideBySide) {
  const Bytes whole = Bytes::copy_of("abcdef");
  WeightData data;
  data.append(whole.slice(0, 2));
  data.append(whole.slice(2, 3));
  data.append(Bytes::copy_of("x"));
  data.append(whole.slice(0, 1));
  data.append(whole.slice(2, 1));
  EXPECT_EQ(data.pieces().size(), 4u);
  EXPECT_EQ(data.slice(0, 8).text(), "abcdexac");
  EXPECT_EQ(data.slice(1, 3).data(), whole.data() + 1);
}

TEST(WeightData, LetsGoOfWhatItCopies) {
  static std::string let_go;
  let_go.clear();
  const auto note = [](std::span<const std::byte> data) {
    let_go +=
        cat('(', std::string_view(reinterpret_cast<const char*>(data.data()), data.size()), ')');
  };
  const std::string text = "abcdef";
  const auto owner = std::make_shared<int>();
  const auto bytes = bytes_of(text);
  WeightData data;
  data.append(Bytes(owner, bytes.first(2), note));
  data.append(Bytes(owner, bytes.last(3), note));
  EXPECT_EQ(data.slice(3, 2).text(), "ef");
  EXPECT_EQ(let_go, "");
  EXPECT_EQ(data.slice(1, 3).text(), "bde");
  EXPECT_EQ(let_go, "(b)(de)");
}

TEST(WeightData, RefusesBytesPastItsEnd) {
  const WeightData data = pieces({"ab", "cd"});
  EXPECT_TRUE(says(error_of([&] { data.slice(3, 2); }), ErrorCode::CorruptData, {"there are 4"}));
  EXPECT_TRUE(says(error_of([&] { data.slice(5, 0); }), ErrorCode::CorruptData, {"there are 4"}));
  EXPECT_TRUE(says(error_of([&] { data.slice(1, ~std::uint64_t{0}); }), ErrorCode::CorruptData,
                   {"there are 4"}));
}

}  // namespace
}  // namespace tfjs::io
