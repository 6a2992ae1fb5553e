// Saves that find no room: an error, the old model as it was, and no litter.
#include <gtest/gtest.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <functional>

#include "tests/io_faults/whole_model.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kSmallRows = 20000;   // 160 kB
constexpr std::int64_t kLargeRows = 200000;  // 1.6 MB

/// No file larger than `bytes`, and an error instead of a signal.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    struct rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    handler_ = ::signal(SIGXFSZ, SIG_IGN);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    ::signal(SIGXFSZ, handler_);
  }

 private:
  struct rlimit before_ = {};
  void (*handler_)(int) = nullptr;
};

/// Saves models too large for the room there is; the small one must survive each.
void expect_old_model_kept(const std::string& path) {
  for (int number = 2; number < 6; ++number) {
    const Error error = error_of([&] { save_whole(path, number, kLargeRows); });
    EXPECT_TRUE(says(error, ErrorCode::Unavailable, {"cannot write"}));
    EXPECT_EQ(load_whole(path), 1);
  }
}

class FileSizeLimits : public testing::TestWithParam<PlaceKind> {};

TEST_P(FileSizeLimits, KeepTheOldModel) {
  const TestFolder folder;
  const std::string path = make_place(folder, GetParam());
  save_whole(path, 1, kSmallRows);
  const auto all = folder.list();
  const auto inside = names_inside(path);
  {
    const FileSizeLimit limit(300000);
    expect_old_model_kept(path);
  }
  EXPECT_EQ(folder.list(), all);
  EXPECT_EQ(names_inside(path), inside);
  save_whole(path, 7, kLargeRows);
  EXPECT_EQ(load_whole(path), 7);
}

INSTANTIATE_TEST_SUITE_P(Places, FileSizeLimits, kPlaceKinds, place_name);

/// Runs `work` in a process that sees a file system of 1 MiB at `path`. Returns what forbids that,
/// or "".
std::string with_small_disk(const std::string& path, const std::function<void()>& work) {
  constexpr int kNoMount = 77;
  const pid_t child = ::fork();
  if (child == 0) {
    const int user = ::geteuid() == 0 ? 0 : CLONE_NEWUSER;
    const bool is_mounted = ::unshare(CLONE_NEWNS | user) == 0 &&
                            ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
                            ::mount("tmpfs", path.c_str(), "tmpfs", 0, "size=1m") == 0;
    if (!is_mounted) ::_exit(kNoMount);
    try {
      work();
    } catch (const std::exception& error) {
      ADD_FAILURE() << error.what();
    }
    std::fflush(stdout);
    ::_exit(testing::Test::HasFailure() ? 1 : 0);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == kNoMount) return "may not mount a file system";
  EXPECT_EQ(status, 0) << "see the failures above";
  return "";
}

class FullDiskIfMountIsAllowed : public testing::TestWithParam<PlaceKind> {};

TEST_P(FullDiskIfMountIsAllowed, KeepsTheOldModel) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    const std::string path = make_place(folder, GetParam());
    save_whole(path, 1, kSmallRows);
    const auto all = folder.list();
    expect_old_model_kept(path);
    EXPECT_EQ(folder.list(), all);
    save_whole(path, 8, kSmallRows);
    EXPECT_EQ(load_whole(path), 8);
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

INSTANTIATE_TEST_SUITE_P(Places, FullDiskIfMountIsAllowed, kPlaceKinds, place_name);

TEST(FullDiskAtAMountPoint, KeepsTheOldModel) {
  const TestFolder folder;
  const std::string reason = with_small_disk(folder.path(), [&] {
    folder.put("notes", "x");
    save_whole(folder.path(), 1, kSmallRows);
    const auto before = folder.list();
    expect_old_model_kept(folder.path());
    EXPECT_EQ(folder.list(), before);
    save_whole(folder.path(), 8, kSmallRows);
    EXPECT_EQ(load_whole(folder.path()), 8);
    EXPECT_EQ(folder.get("notes"), "x");
  });
  if (!reason.empty()) GTEST_SKIP() << reason;
}

}  // namespace
}  // namespace tfjs::io
