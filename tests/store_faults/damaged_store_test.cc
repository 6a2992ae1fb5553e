// A store whose bytes were changed by accident: a load gives the right model or an error that names
// the file, and models whose bytes are well load.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "tests/store_faults/faulty_disk.h"
#include "tests/store_faults/whole_model.h"

namespace tfjs::io {
namespace {

constexpr std::array<std::pair<const char*, std::int64_t>, 3> kModels = {
    {{"a", 10}, {"m", 60000}, {"z", 30000}}};  // 0.5 MB and 0.25 MB

int number_of(std::string_view name) {
  return name[0];
}

class DamagedStore : public testing::Test {
 protected:
  DamagedStore() : path_(folder_.at("models.db")) {
    for (const auto& [name, rows] : kModels) save_whole(path_, name, number_of(name), rows);
    whole_ = folder_.get("models.db");
  }

  /// Does `work`, which may fail in a way that a damaged store explains. True when it succeeded.
  template <class Work>
  bool works_or_says_why(Work work) const {
    try {
      work();
      return true;
    } catch (const Error& error) {
      const bool is_explained =
          error.code() == ErrorCode::CorruptData || error.code() == ErrorCode::NotFound ||
          error.code() == ErrorCode::Unsupported || error.code() == ErrorCode::Unavailable;
      EXPECT_TRUE(is_explained) << name(error.code()) << ": " << error.what();
      EXPECT_NE(std::string_view(error.what()).find(path_), std::string_view::npos) << error.what();
      return false;
    }
  }

  bool loads(const char* name) const {
    return works_or_says_why([&] { EXPECT_EQ(load_whole(path_, name), number_of(name)); });
  }

  /// Puts a damaged store in place, uses it in every way, and returns how many models load.
  int use(const std::string& content) const {
    folder_.put("models.db", content);
    int loaded = 0;
    for (const auto& entry : kModels) loaded += loads(entry.first) ? 1 : 0;
    works_or_says_why([&] { list_indexed_db({.store = path_}).get(); });
    works_or_says_why([&] { list_local_storage({.store = path_}).get(); });
    if (works_or_says_why([&] { save_whole(path_, "new", 'n', 100); })) loads("new");
    works_or_says_why([&] { save_whole(path_, "m", 'm', 100); });
    works_or_says_why([&] { indexed_db("z", {.store = path_})->remove().get(); });
    return loaded;
  }

  const TestFolder folder_;
  const std::string path_;
  const FaultyDisk disk_;  // for its speed
  std::string whole_;
};

TEST_F(DamagedStore, WithAChangedByteLoadsTheRightModelOrSaysWhy) {
  std::mt19937 random(1);
  int least = 3;
  for (int i = 0; i < 400; ++i) {
    std::string content = whole_;
    // The beginning holds what SQLite goes by, and so do the first bytes of pages.
    std::size_t offset = random() % content.size();
    if (i % 4 == 0) offset = random() % 200;
    if (i % 4 == 1) offset = offset / 65536 * 65536 + random() % 16;
    SCOPED_TRACE(cat("byte ", offset));
    content[offset] = static_cast<char>(content[offset] ^ (1 + random() % 255));
    least = std::min(least, use(content));
    if (HasFailure()) return;
  }
  EXPECT_EQ(least, 0);
}

TEST_F(DamagedStore, WithAnOverwrittenBlockLoadsTheRightModelOrSaysWhy) {
  std::mt19937 random(2);
  for (int i = 0; i < 150; ++i) {
    const std::size_t size = std::size_t{1} << (random() % 17);
    const std::size_t offset = random() % (whole_.size() - size);
    SCOPED_TRACE(cat(size, " bytes at ", offset));
    std::string content = whole_;
    for (std::size_t j = 0; j < size; ++j) {
      content[offset + j] = static_cast<char>(i % 2 == 0 ? 0 : random());
    }
    use(content);
    if (HasFailure()) return;
  }
}

TEST_F(DamagedStore, WithPagesOfElsewhereLoadsTheRightModelOrSaysWhy) {
  std::mt19937 random(3);
  const std::size_t pages = whole_.size() / 65536;
  for (int i = 0; i < 100; ++i) {
    const std::size_t from = random() % pages;
    const std::size_t to = random() % pages;
    SCOPED_TRACE(cat("page ", from, " in place of page ", to));
    std::string content = whole_;
    std::copy_n(whole_.begin() + static_cast<std::ptrdiff_t>(from * 65536), 65536,
                content.begin() + static_cast<std::ptrdiff_t>(to * 65536));
    use(content);
    if (HasFailure()) return;
  }
}

TEST_F(DamagedStore, CutShortLoadsTheRightModelOrSaysWhy) {
  for (std::size_t size = 0; size < whole_.size(); size += size < 300 ? 7 : 20011) {
    SCOPED_TRACE(cat("cut to ", size, " bytes"));
    use(whole_.substr(0, size));
    if (HasFailure()) return;
  }
}

TEST_F(DamagedStore, NamesTheModelAndLoadsTheOthers) {
  // A run of the values of "m": bytes of its weights alone.
  const auto value = static_cast<float>(number_of("m"));
  std::string run;
  for (int i = 0; i < 1000; ++i) run.append(reinterpret_cast<const char*>(&value), sizeof value);
  const std::size_t offset = whole_.find(run);
  ASSERT_NE(offset, std::string::npos);
  std::string content = whole_;
  content[offset + 500] ^= 1;
  folder_.put("models.db", content);
  EXPECT_TRUE(says(error_of([&] { load_whole(path_, "m"); }), ErrorCode::CorruptData,
                   {path_, "'m'", "SHA-256"}));
  EXPECT_TRUE(loads("a"));
  EXPECT_TRUE(loads("z"));
  EXPECT_EQ(list_indexed_db({.store = path_}).get().size(), 3u);
  save_whole(path_, "m", 'm', 50);
  for (const auto& entry : kModels) EXPECT_TRUE(loads(entry.first));
}

}  // namespace
}  // namespace tfjs::io
