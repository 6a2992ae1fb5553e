// Downloads of which one system call fails, each in turn, or which are killed there: no JSON stands
// without its weights, what was there stays, and the next one leaves no litter.
#include <gtest/gtest.h>

#include "tests/io_faults/failing_work.h"
#include "tests/io_faults/whole_model.h"
#include "tfjs/io/handlers/downloads.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kDownloadRows = 1000;
using Names = std::vector<std::string>;

/// How the files get their names, by what the file system can.
enum class Naming { Renamed, Linked, Copied };

std::string naming_name(const testing::TestParamInfo<Naming>& test) {
  if (test.param == Naming::Renamed) return "Renamed";
  return test.param == Naming::Linked ? "Linked" : "Copied";
}

class FailingDownloads : public testing::TestWithParam<Naming> {
 protected:
  FailingDownloads() : files_(folder_.path()) {
    if (GetParam() != Naming::Renamed) files_.forbid_exchange();
    if (GetParam() == Naming::Copied) files_.forbid_links();
    begin_again();
  }

  void begin_again() {
    if (folder_.has("dl")) platform::files().remove_tree(folder_.at("dl"));
    EXPECT_EQ(download(1), folder_.at("dl/m.json"));
    folder_.put("dl/notes", "notes");
  }

  std::string download(int number) const {
    return downloads("m", {.folder = folder_.at("dl")})
        ->save(small_model(static_cast<float>(number), kDownloadRows), {})
        .get()
        .saved_as;
  }

  Names visible() const {
    Names names = folder_.list("dl");
    std::erase_if(names, [](const std::string& name) { return name.starts_with("."); });
    return names;
  }

  void expect_whole_downloads() const {
    for (const std::string& name : visible()) {
      if (!name.ends_with(".weights.bin")) continue;
      const std::string json = "dl/" + name.substr(0, name.find(".weights.bin")) + ".json";
      EXPECT_TRUE(folder_.has(json)) << json;
      EXPECT_GT(load_whole(folder_.at(json)), 0);
    }
  }

  /// After a download of model 2, which came to its end or not.
  void check(const FailedWork& done, bool may_leave_weights) {
    Names with_one = {"m.json", "m.weights.bin", "notes"};
    Names with_two = {"m (1).json", "m (1).weights.bin", "m.json", "m.weights.bin", "notes"};
    Names names = visible();
    if (may_leave_weights && !folder_.has("dl/m (1).json")) {
      std::erase(names, "m (1).weights.bin");
    }
    EXPECT_EQ(names, folder_.has("dl/m (1).json") ? with_two : with_one);
    if (!done.has_thrown) {
      EXPECT_EQ(names, with_two);
    }
    if (names == with_two) {
      EXPECT_EQ(load_whole(folder_.at("dl/m (1).json")), 2);
    }
    EXPECT_EQ(load_whole(folder_.at("dl/m.json")), 1);
    EXPECT_EQ(folder_.get("dl/notes"), "notes");
    EXPECT_EQ(load_whole(download(3)), 3);
    EXPECT_EQ(folder_.list("dl"), visible());
    if (GetParam() == Naming::Renamed) expect_whole_downloads();
    begin_again();
  }

  void download_at_every_call(Fault fault, bool stays, bool may_fail) {
    at_every_call([&](int at) {
      const FailedWork done =
          fail_at(files_, folder_.at("dl"), fault, at, stays, [&] { download(2); });
      SCOPED_TRACE(cat("call ", at, ": ", done.call));
      EXPECT_TRUE(may_fail || !done.has_thrown);
      check(done, stays);
      return done;
    });
  }

  const TestFolder folder_;
  FaultyFiles files_;
};

TEST_P(FailingDownloads, AddTheWholeModelOrNothing) {
  download_at_every_call(Fault::Error, false, true);
}

TEST_P(FailingDownloads, AddTheWholeModelOrNothingWhenThereIsNoRoom) {
  download_at_every_call(Fault::NoRoom, true, true);
}

TEST_P(FailingDownloads, MakeNoDifferenceWhenInterrupted) {
  download_at_every_call(Fault::Interrupted, false, false);
}

INSTANTIATE_TEST_SUITE_P(Namings, FailingDownloads,
                         testing::Values(Naming::Renamed, Naming::Linked, Naming::Copied),
                         naming_name);

/// Only where a file can have its name at once: a copy that is killed is half a file.
class KilledDownloads : public FailingDownloads {};

TEST_P(KilledDownloads, NeverAddAJsonAloneWhenAllFailsFromThenOn) {
  download_at_every_call(Fault::Error, true, true);
}

TEST_P(KilledDownloads, NeverAddAJsonAloneWhenKilled) {
  at_every_call([&](int at) {
    const FailedWork done = kill_at(files_, at, [&] { download(2); });
    SCOPED_TRACE(cat("killed at call ", at));
    check(done, true);
    return done;
  });
}

INSTANTIATE_TEST_SUITE_P(Namings, KilledDownloads, testing::Values(Naming::Renamed, Naming::Linked),
                         naming_name);

}  // namespace
}  // namespace tfjs::io
