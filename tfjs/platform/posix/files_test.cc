#include "tfjs/platform/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

/// A fresh folder for each test.
class FilesTest : public ::testing::Test {
 protected:
  FilesTest() {
    static int count = 0;
    root_ = "/tmp/tfjs_files_test_" + std::to_string(getpid()) + "_" +
            ::testing::UnitTest::GetInstance()->current_test_info()->name() +
            std::to_string(count++);
    if (files().info(root_)) files().remove_tree(root_);
    files().make_folder(root_);
  }
  ~FilesTest() override { files().remove_tree(root_); }

  std::string at(const std::string& name) const { return root_ + "/" + name; }
  void put(const std::string& name, std::string_view text) const {
    const auto writer = files().create_file(at(name), true);
    writer->write(text);
    writer->close();
  }
  std::string get(const std::string& name) const {
    return std::string(files().read(at(name), 1 << 24).text());
  }
  void point(const std::string& target, const std::string& link) const {
    ASSERT_EQ(::symlink(target.c_str(), at(link).c_str()), 0);
  }

  std::string root_;
};

template <class Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  return Error(ErrorCode::Internal, "nothing was thrown");
}

bool has(const Error& error, std::string_view part) {
  return std::string_view(error.what()).find(part) != std::string_view::npos;
}

TEST_F(FilesTest, WritesAndReads) {
  const auto writer = files().create_file(at("a"));
  writer->write("one ");
  writer->write("two");
  writer->sync();
  writer->close();
  files().sync_folder(root_);
  EXPECT_EQ(get("a"), "one two");
  EXPECT_EQ(files().info(at("a"))->size, 7u);
  EXPECT_TRUE(files().info(root_)->is_folder());
  EXPECT_FALSE(files().info(at("b")));
  EXPECT_FALSE(files().info(at("a/b")));
}

TEST_F(FilesTest, MapsSmallLargeAndEmptyFilesAlike) {
  for (std::size_t size : {0, 1, 65535, 65536, 300001}) {
    std::string text(size, 'x');
    if (size > 0) text.back() = 'y';
    put("a", text);
    const Bytes content = files().map(at("a"));
    EXPECT_EQ(content.text(), text) << size;
    EXPECT_EQ(content.empty(), size == 0);
  }
}

TEST_F(FilesTest, KeepsMappedContentAfterTheFileIsGone) {
  put("a", std::string(100000, 'x'));
  const Bytes content = files().map(at("a")).slice(99999, 1);
  files().remove_file(at("a"));
  EXPECT_EQ(content.text(), "x");
}

TEST_F(FilesTest, ReadsMappedContentAgainAfterItWasLetGo) {
  std::string text(200000, 'x');
  for (std::size_t i = 0; i < text.size(); ++i) text[i] = static_cast<char>('a' + i % 23);
  put("f", text);
  const Bytes bytes = files().read(at("f"), 1 << 24);
  ASSERT_EQ(bytes.text(), text);
  bytes.slice(5, 150000).let_go();
  EXPECT_EQ(bytes.text(), text);
}

TEST_F(FilesTest, RefusesToReadMoreThanAllowed) {
  put("a", "12345");
  EXPECT_EQ(files().read(at("a"), 5).text(), "12345");
  const Error error = error_of([&] { files().read(at("a"), 4); });
  EXPECT_EQ(error.code(), ErrorCode::InvalidArgument);
  EXPECT_TRUE(has(error, "has 5 bytes, more than the limit of 4")) << error.what();
}

TEST_F(FilesTest, NamesPathAndReason) {
  const Error error = error_of([&] { files().map(at("absent")); });
  EXPECT_EQ(error.code(), ErrorCode::NotFound);
  EXPECT_EQ(std::string(error.what()),
            "cannot open '" + at("absent") + "': No such file or directory");
}

TEST_F(FilesTest, DoesNotReplaceUnlessTold) {
  put("a", "old");
  EXPECT_EQ(error_of([&] { files().create_file(at("a")); }).code(), ErrorCode::AlreadyExists);
  EXPECT_EQ(get("a"), "old");
  files().create_file(at("a"), true)->close();
  EXPECT_EQ(get("a"), "");
}

TEST_F(FilesTest, RefusesFolders) {
  EXPECT_TRUE(has(error_of([&] { files().map(root_); }), "is not a regular file but a folder"));
  EXPECT_TRUE(has(error_of([&] { files().create_file(root_, true); }), "not a regular file"));
}

TEST_F(FilesTest, RefusesPathsThatCFunctionsWouldCutShort) {
  EXPECT_EQ(error_of([&] { files().map(at(std::string("a\0b", 3))); }).code(),
            ErrorCode::InvalidArgument);
  EXPECT_EQ(error_of([&] { files().map(""); }).code(), ErrorCode::InvalidArgument);
}

TEST_F(FilesTest, MakesMissingFolders) {
  files().make_folders(at("a/b//c/"));
  files().make_folders(at("a/b"));
  EXPECT_TRUE(files().info(at("a/b/c"))->is_folder());
  put("file", "");
  EXPECT_EQ(error_of([&] { files().make_folders(at("file")); }).code(), ErrorCode::AlreadyExists);
  EXPECT_EQ(error_of([&] { files().make_folders(at("file/x")); }).code(), ErrorCode::NotFound);
  EXPECT_EQ(error_of([&] { files().make_folder(at("a")); }).code(), ErrorCode::AlreadyExists);
}

TEST_F(FilesTest, MakesPrivateFoldersForTheOwnerAlone) {
  files().make_folder(at("open"));
  files().make_private_folders(at("open/a//b/"));
  files().make_private_folders(at("open/a/b"));
  struct stat status;
  for (const char* made : {"open/a", "open/a/b"}) {
    ASSERT_EQ(::stat(at(made).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u) << made;
  }
  ASSERT_EQ(::stat(at("open").c_str(), &status), 0);
  EXPECT_NE(status.st_mode & 0777, 0700u);
}

TEST_F(FilesTest, ListsNamesSorted) {
  put("b", "");
  put("a", "");
  files().make_folder(at("c"));
  point("nowhere", "d");
  EXPECT_EQ(files().list(root_), (std::vector<std::string>{"a", "b", "c", "d"}));
}

TEST_F(FilesTest, RenamesOverAFile) {
  put("a", "new");
  put("b", "old");
  files().rename(at("a"), at("b"));
  EXPECT_EQ(get("b"), "new");
  EXPECT_FALSE(files().info(at("a")));
  EXPECT_EQ(error_of([&] { files().rename(at("a"), at("b")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, RenamesToWhatIsNotThere) {
  put("a", "new");
  put("b", "old");
  files().rename_new(at("a"), at("c"));
  EXPECT_EQ(get("c"), "new");
  EXPECT_FALSE(files().info(at("a")));
  EXPECT_EQ(error_of([&] { files().rename_new(at("c"), at("b")); }).code(),
            ErrorCode::AlreadyExists);
  point("nowhere", "link");
  EXPECT_EQ(error_of([&] { files().rename_new(at("c"), at("link")); }).code(),
            ErrorCode::AlreadyExists);
  EXPECT_EQ(get("b"), "old");
  EXPECT_EQ(get("c"), "new");
  EXPECT_EQ(error_of([&] { files().rename_new(at("a"), at("d")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, RemovesTreesWithoutFollowingLinks) {
  files().make_folders(at("kept"));
  put("kept/file", "x");
  files().make_folders(at("tree/inner"));
  put("tree/inner/file", "x");
  point("../kept", "tree/link");
  files().remove_tree(at("tree"));
  EXPECT_FALSE(files().info(at("tree")));
  EXPECT_EQ(get("kept/file"), "x");
  EXPECT_EQ(error_of([&] { files().remove_tree(at("tree")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, RemovesOnlyEmptyFoldersOnRequest) {
  files().make_folder(at("a"));
  put("a/file", "");
  EXPECT_FALSE(files().remove_empty_folder(at("a")));
  files().remove_file(at("a/file"));
  EXPECT_TRUE(files().remove_empty_folder(at("a")));
  EXPECT_FALSE(files().info(at("a")));
}

TEST_F(FilesTest, LinksFoldersLinksAndFiles) {
  files().make_folders(at("old/inner"));
  put("old/inner/file", "text");
  point("inner/file", "old/link");
  files().link(at("old"), at("new"));
  files().remove_tree(at("old"));
  EXPECT_EQ(get("new/inner/file"), "text");
  EXPECT_EQ(get("new/link"), "text");
  EXPECT_EQ(error_of([&] { files().link(at("new/link"), at("new/inner/file")); }).code(),
            ErrorCode::AlreadyExists);
  EXPECT_EQ(error_of([&] { files().link(at("absent"), at("b")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, ResolvesLinksAndKeepsWhatDoesNotExistYet) {
  files().make_folders(at("real"));
  point("real", "link");
  const std::string root = files().resolve(root_);
  EXPECT_EQ(files().resolve(at("link/")), root + "/real");
  EXPECT_EQ(files().resolve(at("link/./new/model")), root + "/real/new/model");
  EXPECT_EQ(error_of([&] { files().resolve(at("link/new/../x")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, CopiesPermissions) {
  files().make_folder(at("a"));
  files().make_folder(at("b"));
  ASSERT_EQ(::chmod(at("a").c_str(), 0750), 0);
  files().copy_permissions(at("a"), at("b"));
  struct stat status;
  ASSERT_EQ(::stat(at("b").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 07777, 0750u);
}

// --- Folder ---

TEST_F(FilesTest, FolderOpensFilesInside) {
  files().make_folders(at("m/shards"));
  put("m/shards/1.bin", "one");
  const auto folder = files().open_folder(at("m"));
  EXPECT_EQ(folder->open_file("shards/1.bin").text(), "one");
  EXPECT_EQ(folder->open_file("./shards//1.bin").text(), "one");
  EXPECT_TRUE(folder->info("shards")->is_folder());
  EXPECT_EQ(folder->info("shards/1.bin")->size, 3u);
  EXPECT_FALSE(folder->info("shards/2.bin"));
  EXPECT_FALSE(folder->info("absent/2.bin"));
  EXPECT_EQ(folder->list(), std::vector<std::string>{"shards"});
  EXPECT_EQ(error_of([&] { folder->open_file("shards/2.bin"); }).code(), ErrorCode::NotFound);
  EXPECT_EQ(error_of([&] { folder->open_file("shards"); }).code(), ErrorCode::InvalidArgument);
  EXPECT_EQ(error_of([&] { files().open_folder(at("absent")); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, FolderRefusesPathsThatLeaveByTheirText) {
  files().make_folders(at("m/inner"));
  put("secret", "x");
  const auto folder = files().open_folder(at("m"));
  for (const std::string& path :
       {std::string("../secret"), std::string("inner/../../secret"), at("secret"),
        std::string(".."), std::string("inner\\..\\..\\secret"), std::string("\\secret"),
        std::string(""), std::string("a\0b", 3)}) {
    for (bool follow : {false, true}) {
      const OpenOptions options{.follow_links_outside = follow};
      EXPECT_EQ(error_of([&] { folder->open_file(path, options); }).code(),
                ErrorCode::InvalidArgument)
          << path;
      EXPECT_EQ(error_of([&] { folder->info(path, options); }).code(), ErrorCode::InvalidArgument)
          << path;
    }
  }
}

TEST_F(FilesTest, FolderFollowsLinksInside) {
  files().make_folders(at("m/a/b"));
  put("m/file", "text");
  point("../../file", "m/a/b/up");
  point("a/b", "m/short");
  point(at("m/file"), "m/absolute");
  point(at("m/a"), "m/absolute_folder");
  const auto folder = files().open_folder(at("m"));
  EXPECT_EQ(folder->open_file("a/b/up").text(), "text");
  EXPECT_EQ(folder->open_file("short/up").text(), "text");
  EXPECT_EQ(folder->open_file("absolute").text(), "text");
  EXPECT_EQ(folder->open_file("absolute_folder/b/up").text(), "text");
  EXPECT_EQ(folder->info("short/up")->size, 4u);
}

TEST_F(FilesTest, FolderRefusesLinksThatLeave) {
  files().make_folders(at("m/inner"));
  files().make_folders(at("out"));
  put("out/secret", "secret");
  put("m/inside", "x");
  point("../out/secret", "m/relative");
  point(at("out/secret"), "m/absolute");
  point("../out", "m/folder");
  point("../../out/secret", "m/inner/deep");
  point("../m/inside", "m/out_and_in");
  const auto folder = files().open_folder(at("m"));
  for (const char* path : {"relative", "absolute", "folder/secret", "inner/deep", "out_and_in"}) {
    const Error error = error_of([&] { folder->open_file(path); });
    EXPECT_EQ(error.code(), ErrorCode::InvalidArgument) << path;
    EXPECT_TRUE(has(error, "--follow-links")) << error.what();
    EXPECT_TRUE(has(error_of([&] { folder->info(path); }), "--follow-links")) << path;
    EXPECT_FALSE(folder->open_file(path, {.follow_links_outside = true}).empty()) << path;
    EXPECT_TRUE(folder->info(path, {.follow_links_outside = true})->is_file()) << path;
  }
}

TEST_F(FilesTest, FolderGivesUpOnLinksInACircle) {
  point("b", "a");
  point("a", "b");
  const auto folder = files().open_folder(root_);
  EXPECT_EQ(error_of([&] { folder->open_file("a"); }).code(), ErrorCode::InvalidArgument);
  EXPECT_EQ(error_of([&] { files().map(at("a")); }).code(), ErrorCode::InvalidArgument);
}

TEST_F(FilesTest, FolderTakesADanglingLinkAsAbsent) {
  point("nowhere", "a");
  const auto folder = files().open_folder(root_);
  EXPECT_FALSE(folder->info("a"));
  EXPECT_EQ(error_of([&] { folder->open_file("a"); }).code(), ErrorCode::NotFound);
}

TEST_F(FilesTest, LocksAFolderForOneAtATime) {
  files().make_folder(at("a"));
  auto lock = files().try_lock_folder(at("a"));
  EXPECT_NE(lock, nullptr);
  EXPECT_EQ(files().try_lock_folder(at("a")), nullptr);
  lock.reset();
  EXPECT_NE(files().try_lock_folder(at("a")), nullptr);
  EXPECT_EQ(error_of([&] { files().try_lock_folder(at("none")); }).code(), ErrorCode::NotFound);
}

}  // namespace
}  // namespace tfjs::platform
