// What only a native system can show: other kinds of files, exchange, limits, folders that move.
#include "tfjs/platform/files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <csignal>
#include <cstring>
#include <string>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

class NativeFilesTest : public ::testing::Test {
 protected:
  NativeFilesTest() {
    char pattern[] = "/tmp/tfjs_native_files_XXXXXX";
    root_ = ::mkdtemp(pattern);
  }
  ~NativeFilesTest() override { files().remove_tree(root_); }

  std::string at(const std::string& name) const { return root_ + "/" + name; }
  void put(const std::string& name, std::string_view text) const {
    const auto writer = files().create_file(at(name), true);
    writer->write(text);
    writer->close();
  }

  std::string root_;
};

std::string map_refusal(const std::string& path) {
  try {
    files().map(path);
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
    return error.what();
  }
  return "opened";
}

TEST_F(NativeFilesTest, RefusesFifosDevicesAndSocketsWithoutHanging) {
  ASSERT_EQ(::mkfifo(at("fifo").c_str(), 0600), 0);
  EXPECT_EQ(map_refusal(at("fifo")), "'" + at("fifo") + "' is not a regular file");
  EXPECT_EQ(map_refusal("/dev/zero"), "'/dev/zero' is not a regular file");

  const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::strncpy(address.sun_path, at("socket").c_str(), sizeof address.sun_path - 1);
  ASSERT_EQ(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(map_refusal(at("socket")), "'" + at("socket") + "' is not a regular file");
  ::close(socket);

  EXPECT_THROW(files().open_folder(root_)->open_file("fifo"), Error);
  EXPECT_THROW(files().create_file(at("fifo"), true), Error);
  EXPECT_EQ(files().info(at("fifo"))->kind, FileInfo::Kind::Other);
}

TEST_F(NativeFilesTest, MapsFilesSideBySide) {
  constexpr std::size_t kPages = 1 << 20;
  put("a", std::string(kPages, 'a'));
  put("b", std::string(kPages + 1, 'b'));
  put("c", std::string(kPages, 'c'));
  const auto folder = files().open_folder(root_);
  const std::uint64_t sizes[] = {kPages, kPages + 1};
  const OpenOptions options{.room = files().make_room(sizes)};
  ASSERT_NE(options.room, nullptr);
  Bytes joined = folder->open_file("a", options);
  Bytes b = folder->open_file("b", options);
  const Bytes c = folder->open_file("c", options);  // no room left: wherever there is
  ASSERT_TRUE(joined.extend(b));
  EXPECT_EQ(joined.text(), std::string(kPages, 'a') + std::string(kPages + 1, 'b'));
  EXPECT_FALSE(b.extend(c));
  EXPECT_EQ(c.text(), std::string(kPages, 'c'));
}

TEST_F(NativeFilesTest, HasNoRoomBeyondTheAddressSpace) {
  const std::uint64_t sizes[] = {std::uint64_t{1} << 62, std::uint64_t{1} << 62, ~std::uint64_t{0}};
  EXPECT_EQ(files().make_room(sizes), nullptr);
  EXPECT_EQ(files().make_room({}), nullptr);
}

TEST_F(NativeFilesTest, ExchangesTwoFolders) {
  files().make_folder(at("a"));
  files().make_folder(at("b"));
  put("a/name", "a");
  put("b/name", "b");
  if (!files().exchange(at("a"), at("b"))) GTEST_SKIP() << "this file system cannot exchange";
  EXPECT_EQ(files().read(at("a/name"), 9).text(), "b");
  EXPECT_EQ(files().read(at("b/name"), 9).text(), "a");
  EXPECT_THROW(files().exchange(at("a"), at("absent")), Error);
}

TEST_F(NativeFilesTest, FolderStaysTheOneThatWasOpened) {
  files().make_folder(at("model"));
  put("model/weights", "old");
  const auto folder = files().open_folder(at("model"));
  files().rename(at("model"), at("aside"));
  files().make_folder(at("model"));
  put("model/weights", "new");
  EXPECT_EQ(folder->open_file("weights").text(), "old");
  EXPECT_EQ(folder->list(), std::vector<std::string>{"weights"});
}

TEST_F(NativeFilesTest, LinksAreTheSameFile) {
  put("a", "x");
  files().link(at("a"), at("b"));
  struct stat a, b;
  ASSERT_EQ(::stat(at("a").c_str(), &a), 0);
  ASSERT_EQ(::stat(at("b").c_str(), &b), 0);
  EXPECT_EQ(a.st_ino, b.st_ino);
}

TEST_F(NativeFilesTest, CopiesWhereAFileSystemEndsIfThereIsASecond) {
  struct stat here, there;
  if (::stat("/dev/shm", &there) != 0 || ::stat(root_.c_str(), &here) != 0 ||
      here.st_dev == there.st_dev) {
    GTEST_SKIP() << "no second file system at hand";
  }
  files().make_folder(at("old"));
  put("old/a", std::string(3000000, 'x'));
  ASSERT_EQ(::chmod(at("old/a").c_str(), 0640), 0);
  ASSERT_EQ(::symlink("a", at("old/link").c_str()), 0);
  const std::string copy = "/dev/shm/tfjs_native_files_" + std::to_string(::getpid());
  files().link(at("old"), copy);
  const std::string content(files().read(copy + "/link", 1 << 24).text());
  struct stat status;
  const bool found = ::stat((copy + "/a").c_str(), &status) == 0;
  files().remove_tree(copy);
  EXPECT_EQ(content, std::string(3000000, 'x'));
  EXPECT_TRUE(found && (status.st_mode & 07777) == 0640);
}

TEST_F(NativeFilesTest, LeavesNoHalfCopyWhereAFileSystemEndsIfThereIsASecond) {
  struct stat here, there;
  if (::stat("/dev/shm", &there) != 0 || ::stat(root_.c_str(), &here) != 0 ||
      here.st_dev == there.st_dev) {
    GTEST_SKIP() << "no second file system at hand";
  }
  put("a", std::string(3000000, 'x'));
  const std::string copy = "/dev/shm/tfjs_native_files_" + std::to_string(::getpid());
  struct rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = before;
  small.rlim_cur = 2000000;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  EXPECT_THROW(files().link(at("a"), copy), Error);
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_action);
  EXPECT_FALSE(files().info(copy));
}

TEST_F(NativeFilesTest, ReportsAFileSizeLimit) {
  struct rlimit before;
  ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
  const auto old_action = std::signal(SIGXFSZ, SIG_IGN);
  struct rlimit small = before;
  small.rlim_cur = 100;
  ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &small), 0);
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  try {
    put("a", std::string(1000, 'x'));
  } catch (const Error& error) {
    code = error.code();
    message = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_action);
  EXPECT_EQ(code, ErrorCode::Unavailable);
  EXPECT_EQ(message, "cannot write '" + at("a") + "': File too large");
}

TEST_F(NativeFilesTest, ReportsMissingPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may do anything";
  put("a", "x");
  ASSERT_EQ(::chmod(at("a").c_str(), 0), 0);
  try {
    files().map(at("a"));
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unavailable);
  }
}

}  // namespace
}  // namespace tfjs::platform
