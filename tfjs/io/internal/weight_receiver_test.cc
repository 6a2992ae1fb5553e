#include "tfjs/io/internal/weight_receiver.h"

#include <gtest/gtest.h>

#include "tfjs/base/sha256.h"
#include "tfjs/io/internal/test_support.h"

namespace tfjs::io::internal {
namespace {

/// A model whose weights need `size` bytes, in files of the given integrity.
ModelJson model_of(std::int64_t size, const std::vector<FileIntegrity>& files,
                   DType dtype = DType::Bool) {
  ModelJson model;
  WeightSpec spec;
  spec.name = "w";
  spec.tensor = {dtype, {size}};
  model.artifacts.weight_specs.push_back(spec);
  for (std::size_t i = 0; i < files.size(); ++i) {
    model.weight_files.push_back({cat("f", i), files[i]});
  }
  return model;
}

WeightReceiver receiver_of(const ModelJson& model, const LoadOptions& options = {}) {
  std::vector<std::string> names;
  for (const WeightFile& file : model.weight_files) names.push_back("http://h/" + file.path);
  return {model, names, "http://h/model.json", options};
}

TEST(WeightReceiver, PutsFilesSideBySide) {
  WeightReceiver receiver = receiver_of(model_of(6, {{4, {}}, {2, {}}}));
  receiver.begin(1, 2, "");
  receiver.take(1, bytes_of("ef"));
  receiver.finish(1);
  receiver.begin(0, 4, "");
  receiver.take(0, bytes_of("ab"));
  receiver.take(0, bytes_of("cd"));
  receiver.finish(0);
  ASSERT_EQ(receiver.data().pieces().size(), 1u);
  EXPECT_EQ(text_of(receiver.data()), "abcdef");
}

TEST(WeightReceiver, LetsBytesWaitForTheLengthsBefore) {
  WeightReceiver receiver = receiver_of(model_of(6, {{}, {}, {}}));
  receiver.begin(2, 1, "");
  EXPECT_TRUE(receiver.has_place(0));
  EXPECT_FALSE(receiver.has_place(2));
  receiver.begin(1, std::nullopt, "");
  receiver.begin(0, 3, "");
  EXPECT_TRUE(receiver.has_place(1));
  receiver.take(1, bytes_of("de"));
  EXPECT_FALSE(receiver.has_place(2));
  receiver.finish(1);
  EXPECT_TRUE(receiver.has_place(2));
  receiver.take(2, bytes_of("f"));
  receiver.take(0, bytes_of("abc"));
  EXPECT_EQ(text_of(receiver.data()), "abcdef");
}

TEST(WeightReceiver, GivesFilesOfUnknownSizesBuffersOfTheirOwn) {
  WeightReceiver receiver = receiver_of(model_of(2, {{}, {}}, DType::String));
  EXPECT_TRUE(receiver.has_place(1));
  receiver.begin(1, std::nullopt, "");
  const std::string many(200000, 'x');
  for (int i = 0; i < 3; ++i) receiver.take(1, bytes_of(many));
  receiver.begin(0, 2, "");
  receiver.take(0, bytes_of("ab"));
  receiver.finish(0);
  receiver.finish(1);
  EXPECT_EQ(text_of(receiver.data()), "ab" + many + many + many);
}

TEST(WeightReceiver, StartsAFileAnew) {
  for (const DType dtype : {DType::Bool, DType::String}) {
    WeightReceiver receiver = receiver_of(model_of(1, {{}}, dtype));
    receiver.begin(0, 5, "");
    receiver.take(0, bytes_of("abc"));
    receiver.begin(0, 7, "");
    receiver.take(0, bytes_of("1234567"));
    receiver.finish(0);
    EXPECT_EQ(text_of(receiver.data()), "1234567");
    EXPECT_EQ(receiver.progress().bytes_done, 7u);
  }
}

TEST(WeightReceiver, NeverGoesBackInItsProgress) {
  WeightReceiver receiver = receiver_of(model_of(4, {{}}));
  EXPECT_EQ(receiver.progress().bytes_total, 4u);
  receiver.begin(0, 4, "");
  receiver.take(0, bytes_of("abc"));
  receiver.begin(0, 4, "");
  receiver.take(0, bytes_of("a"));
  EXPECT_EQ(receiver.progress().bytes_done, 3u);
  receiver.take(0, bytes_of("bcd"));
  EXPECT_EQ(receiver.progress().bytes_done, 4u);
}

TEST(WeightReceiver, RefusesAFileThatMovesOthers) {
  WeightReceiver receiver = receiver_of(model_of(6, {{}, {}}));
  receiver.begin(0, 4, "");
  receiver.begin(1, 2, "");
  receiver.take(1, bytes_of("ef"));
  EXPECT_TRUE(says(error_of([&] { receiver.begin(0, 5, ""); }), ErrorCode::CorruptData,
                   {"http://h/f0", "changed on the server", "4 bytes"}));
}

TEST(WeightReceiver, RefusesLengthsThatTheModelContradicts) {
  EXPECT_TRUE(says(error_of([] {
                     receiver_of(model_of(6, {{5, {}}}));
                   }),
                   ErrorCode::CorruptData, {"model.json", "need 6 bytes", "5"}));
  EXPECT_EQ(error_of([] {
              receiver_of(model_of(6, {{6 + (2 << 20), {}}}));
            }).code(),
            ErrorCode::CorruptData);
  EXPECT_EQ(error_of([] {
              receiver_of(model_of(6, {{~0ull, {}}, {7, {}}}));
            }).code(),
            ErrorCode::CorruptData);
  WeightReceiver receiver = receiver_of(model_of(6, {{6, {}}}));
  EXPECT_TRUE(says(error_of([&] { receiver.begin(0, 7, " (a page?)"); }), ErrorCode::CorruptData,
                   {"http://h/f0 has 7 bytes, but the model says 6 (a page?)"}));
}

TEST(WeightReceiver, TakesNoMoreThanTheModelAccountsFor) {
  WeightReceiver receiver = receiver_of(model_of(6, {{}}));
  EXPECT_TRUE(says(error_of([&] { receiver.begin(0, 1000000000000000, ""); }),
                   ErrorCode::CorruptData, {"1000000000000000", "accounts for", "6"}));
  receiver.begin(0, std::nullopt, "");
  const std::string much(WeightReceiver::kMostSurplus + 6, 'x');
  receiver.take(0, bytes_of(much));
  EXPECT_EQ(error_of([&] { receiver.take(0, bytes_of("x")); }).code(), ErrorCode::CorruptData);
  receiver.begin(0, 6, "");
  EXPECT_EQ(error_of([&] { receiver.take(0, bytes_of("1234567")); }).code(),
            ErrorCode::CorruptData);
}

TEST(WeightReceiver, KeepsToTheBoundItIsGiven) {
  EXPECT_TRUE(says(error_of([] { receiver_of(model_of(600, {{}}), {.max_weight_bytes = 599}); }),
                   ErrorCode::InvalidArgument, {"600", "max_weight_bytes"}));
  WeightReceiver receiver = receiver_of(model_of(1, {{}}, DType::String), {.max_weight_bytes = 10});
  receiver.begin(0, std::nullopt, "");
  receiver.take(0, bytes_of("0123456789"));
  EXPECT_TRUE(says(error_of([&] { receiver.take(0, bytes_of("x")); }), ErrorCode::CorruptData,
                   {"max_weight_bytes"}));
}

TEST(WeightReceiver, ChecksHashesUnlessToldNotTo) {
  const std::string hash = sha256_hex(bytes_of("abcdef"));
  for (const bool verify : {true, false}) {
    WeightReceiver receiver = receiver_of(model_of(6, {{6, hash}}), {.verify = verify});
    receiver.begin(0, 6, "");
    receiver.take(0, bytes_of("abc"));
    receiver.begin(0, 6, "");
    receiver.take(0, bytes_of("abcdef"));
    receiver.finish(0);
    EXPECT_EQ(text_of(receiver.data()), "abcdef");
  }
}

TEST(WeightReceiver, FindsADamagedFile) {
  const std::string hash = sha256_hex(bytes_of("abcdef"));
  for (const bool verify : {true, false}) {
    WeightReceiver receiver = receiver_of(model_of(6, {{6, hash}}), {.verify = verify});
    receiver.begin(0, 6, "");
    receiver.take(0, bytes_of("abcdeF"));
    const auto finish = [&] {
      receiver.finish(0);
      receiver.data();
    };
    if (verify) {
      EXPECT_TRUE(says(error_of(finish), ErrorCode::CorruptData,
                       {"http://h/f0", hash, sha256_hex(bytes_of("abcdeF"))}));
    } else {
      finish();
    }
  }
}

TEST(WeightReceiver, HashesLargeFilesPieceByPiece) {
  std::string content(3 << 20, 'x');
  content[5] = 'y';
  const std::string hash = sha256_hex(bytes_of(content));
  const auto size = static_cast<std::int64_t>(content.size());
  WeightReceiver receiver = receiver_of(model_of(size, {{content.size(), hash}}));
  receiver.begin(0, content.size(), "");
  receiver.take(0, bytes_of(content).first(1 << 20));
  receiver.begin(0, content.size(), "");
  for (std::size_t at = 0; at < content.size(); at += 100000) {
    receiver.take(0, bytes_of(std::string_view(content).substr(at, 100000)));
  }
  receiver.finish(0);
  EXPECT_EQ(text_of(receiver.data()), content);
}

TEST(WeightReceiver, FindsAFileTooShort) {
  WeightReceiver receiver = receiver_of(model_of(6, {{6, {}}}));
  receiver.begin(0, std::nullopt, "");
  receiver.take(0, bytes_of("abc"));
  EXPECT_TRUE(says(error_of([&] { receiver.finish(0); }), ErrorCode::CorruptData,
                   {"3 bytes", "the model says 6", "interrupted"}));
}

}  // namespace
}  // namespace tfjs::io::internal
