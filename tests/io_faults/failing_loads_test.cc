// Loads of which one system call fails, each in turn: the model, whole, or an error that says where
// and why; and the model on the disk stays as it is.
#include <gtest/gtest.h>

#include "tests/io_faults/failing_work.h"
#include "tests/io_faults/faulty_place.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kMappedRows = 30000;  // 240 kB: each of three files is mapped as well

struct Case {
  const char* name;
  PlaceKind kind;
  int number;
  std::int64_t rows = kMappedRows;
};

class FailingLoads : public testing::TestWithParam<Case> {
 protected:
  FailingLoads() : path_(make_place(folder_, GetParam().kind)), files_(folder_.path()) {
    save_whole(path_, GetParam().number, GetParam().rows);
  }

  /// The whole content of the folder, for comparing.
  std::vector<std::string> content() const {
    std::vector<std::string> content = {folder_.list().front()};
    if (GetParam().kind == PlaceKind::Archive) return {content[0], folder_.get("model.zip")};
    for (const std::string& name : folder_.list("model")) {
      content.push_back(name);
      content.push_back(folder_.get("model/" + name));
    }
    return content;
  }

  void load_at_every_call(Fault fault, bool stays, bool may_fail) {
    const auto before = content();
    int failures = 0;
    at_every_call([&](int at) {
      int loaded = 0;
      const FailedWork done =
          fail_at(files_, path_, fault, at, stays, [&] { loaded = load_whole(path_); });
      SCOPED_TRACE(cat("call ", at, ": ", done.call));
      EXPECT_EQ(loaded, done.has_thrown ? 0 : GetParam().number);
      EXPECT_EQ(content(), before);
      EXPECT_EQ(load_whole(path_), GetParam().number);
      failures += done.has_thrown ? 1 : 0;
      return done;
    });
    EXPECT_EQ(failures > 0, may_fail);
  }

  const TestFolder folder_;
  const std::string path_;
  FaultyFiles files_;
};

TEST_P(FailingLoads, SayWhatTheyCannotRead) {
  load_at_every_call(Fault::Error, false, true);
}

TEST_P(FailingLoads, SayWhatTheyCannotReadWhenAllFailsFromThenOn) {
  load_at_every_call(Fault::Error, true, true);
}

TEST_P(FailingLoads, MakeNoDifferenceWhenInterrupted) {
  load_at_every_call(Fault::Interrupted, false, false);
}

INSTANTIATE_TEST_SUITE_P(
    Models, FailingLoads,
    testing::Values(Case{"OneMappedFile", PlaceKind::ExchangedFolder, kOneFile},
                    Case{"ThreeMappedFiles", PlaceKind::ExchangedFolder, kThreeFiles},
                    Case{"ThreeSmallFiles", PlaceKind::ExchangedFolder, kThreeFiles, 100},
                    Case{"MappedArchive", PlaceKind::Archive, kThreeFiles},
                    Case{"SmallArchive", PlaceKind::Archive, kOneFile, 100}),
    [](const auto& test) { return std::string(test.param.name); });

}  // namespace
}  // namespace tfjs::io
