// Places on a file system that fails when told, and what must be so after each failure: one whole
// model, the other files as they were, and after the next save nothing but these.
#pragma once

#include <algorithm>
#include <ostream>

#include "tests/io_faults/faulty_files.h"
#include "tests/io_faults/whole_model.h"

namespace tfjs::io {

/// How a save puts a model in place, see tfjs/io/internal/folder_update.cc.
struct Way {
  const char* name;
  PlaceKind kind;
  bool has_exchange = true;
  bool has_links = true;

  friend void PrintTo(const Way& way, std::ostream* out) { *out << way.name; }
};

inline const auto kAllWays = testing::Values(
    Way{"Exchanged", PlaceKind::ExchangedFolder},
    Way{"ExchangedWithoutLinks", PlaceKind::ExchangedFolder, true, false},
    Way{"WithoutExchange", PlaceKind::ExchangedFolder, false},
    Way{"PutInPlace", PlaceKind::FolderPutInPlace}, Way{"Archive", PlaceKind::Archive});

inline const auto kMainWays = testing::Values(
    Way{"Exchanged", PlaceKind::ExchangedFolder},
    Way{"WithoutExchange", PlaceKind::ExchangedFolder, false}, Way{"Archive", PlaceKind::Archive});

inline std::string way_name(const testing::TestParamInfo<Way>& test) {
  return test.param.name;
}

/// The models of a test: one file of weights, or three (save_whole).
inline constexpr int kOneFile = 1, kThreeFiles = 3;
inline constexpr std::int64_t kFaultyRows = 9000;  // 72 kB: as one file it is mapped when loaded

/// There is another file beside the model, and one in its folder once make_other_file() was called.
class FaultyPlace {
 public:
  explicit FaultyPlace(const Way& way)
      : way_(way), path_(make_place(folder_, way.kind)), files_(folder_.path()) {
    folder_.put("beside", "beside");
    if (!way.has_exchange) files_.forbid_exchange();
    if (!way.has_links) files_.forbid_links();
  }

  const std::string& path() const { return path_; }
  const std::string& folder() const { return folder_.path(); }
  FaultyFiles& files() { return files_; }

  void save(int number) const { save_whole(path_, number, kFaultyRows); }
  /// 0 when there is none.
  int load() const {
    try {
      return load_whole(path_);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound) ADD_FAILURE() << error.what();
      return 0;
    }
  }

  /// Into the model's folder, if it has one.
  void make_other_file() {
    if (way_.kind == PlaceKind::Archive || has_other_file_) return;
    folder_.put("model/notes", "notes");
    has_other_file_ = true;
  }

  void expect_others_untouched() const {
    EXPECT_EQ(folder_.get("beside"), "beside");
    if (has_other_file_) {
      EXPECT_EQ(folder_.get("model/notes"), "notes");
    }
    if (way_.kind == PlaceKind::FolderPutInPlace) {
      EXPECT_TRUE(folder_.has("model/inner"));
    }
  }

  /// Nothing is there that a save was working on.
  void expect_no_litter() const {
    for (const std::string& name : folder_.list()) {
      EXPECT_FALSE(name.starts_with(".")) << name;
    }
    for (const std::string& name : names_inside(path_)) {
      EXPECT_FALSE(name.starts_with(".")) << name;
    }
  }

  /// The model `number` and the other files are there, and nothing else.
  void expect_only(int number) const {
    EXPECT_EQ(load(), number);
    expect_others_untouched();
    const std::string name = way_.kind == PlaceKind::Archive ? "model.zip" : "model";
    EXPECT_EQ(folder_.list(), (std::vector<std::string>{"beside", name}));
    if (way_.kind == PlaceKind::Archive) return;
    std::vector<std::string> names = weight_files_of(number);
    names.emplace_back("model.json");
    if (way_.kind == PlaceKind::FolderPutInPlace) names.emplace_back("inner");
    if (has_other_file_) names.emplace_back("notes");
    std::sort(names.begin(), names.end());
    EXPECT_EQ(folder_.list("model"), names);
  }

  /// Removes weight files that are not those of the model `number`.
  void remove_old_weights(int number) const {
    const std::vector<std::string> own = weight_files_of(number);
    for (const std::string& name : names_inside(path_)) {
      if (name.ends_with(".bin") && std::find(own.begin(), own.end(), name) == own.end()) {
        platform::files().remove_file(path_ + "/" + name);
      }
    }
  }

  /// Nothing is there but what was before the first save.
  void clear() const {
    for (const std::string& name : folder_.list()) {
      if (name != "beside") platform::files().remove_tree(folder_.at(name));
    }
    if (way_.kind == PlaceKind::FolderPutInPlace) {
      platform::files().make_folders(folder_.at("model/inner"));
    }
  }

 private:
  static std::vector<std::string> weight_files_of(int number) {
    if (number % 3 != 0) return {"model.weights.bin"};
    return {"group1-shard1of3.bin", "group1-shard2of3.bin", "group1-shard3of3.bin"};
  }

  Way way_;
  TestFolder folder_;
  std::string path_;
  FaultyFiles files_;
  bool has_other_file_ = false;
};

}  // namespace tfjs::io
