// Downloads as the environment says, among links, and many at once.
#include "tfjs/io/handlers/downloads.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <set>
#include <thread>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"
#include "tfjs/platform/environment.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using Names = std::vector<std::string>;

/// A variable of the environment, as before at the end.
class Variable {
 public:
  Variable(const char* name, const std::string& value)
      : name_(name), before_(platform::environment(name)) {
    ::setenv(name, value.c_str(), 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() {
    if (before_) {
      ::setenv(name_, before_->c_str(), 1);
    } else {
      ::unsetenv(name_);
    }
  }

 private:
  const char* name_;
  std::optional<std::string> before_;
};

std::string save_default_download() {
  return default_router().save_handler("downloads://m")->save(small_model(1), {}).get().saved_as;
}

TEST(DownloadFolder, IsWhatTheEnvironmentSays) {
  const TestFolder folder;
  const Variable home("HOME", folder.at("home"));
  const Variable download("XDG_DOWNLOAD_DIR", folder.at("a/b"));
  EXPECT_EQ(save_default_download(), folder.at("a/b/m.json"));
}

TEST(DownloadFolder, IsWhatTheDesktopsFileSays) {
  const TestFolder folder;
  const Variable home("HOME", folder.at("home"));
  const Variable download("XDG_DOWNLOAD_DIR", "");
  const Variable config("XDG_CONFIG_HOME", "");
  platform::files().make_folders(folder.at("home/.config"));
  folder.put("home/.config/user-dirs.dirs", "XDG_DOWNLOAD_DIR=\"$HOME/in\"\n");
  EXPECT_EQ(save_default_download(), folder.at("home/in/m.json"));
  platform::files().make_folder(folder.at("config"));
  folder.put("config/user-dirs.dirs", "XDG_DOWNLOAD_DIR=\"$HOME/other\"\n");
  const Variable other_config("XDG_CONFIG_HOME", folder.at("config"));
  EXPECT_EQ(save_default_download(), folder.at("home/other/m.json"));
}

TEST(DownloadFolder, IsInTheHomeFolderElse) {
  const TestFolder folder;
  const Variable home("HOME", folder.at("home"));
  const Variable download("XDG_DOWNLOAD_DIR", "");
  const Variable config("XDG_CONFIG_HOME", "");
  EXPECT_EQ(save_default_download(), folder.at("home/Downloads/m.json"));
  const Variable no_home("HOME", "");
  EXPECT_TRUE(says(error_of([] { save_default_download(); }), ErrorCode::NotFound,
                   {"XDG_DOWNLOAD_DIR", "HOME"}));
}

TEST(DownloadsOnDisk, NeverWriteThroughALink) {
  const TestFolder folder;
  ASSERT_EQ(::symlink("nowhere", folder.at("m.json").c_str()), 0);
  ASSERT_EQ(::symlink("elsewhere", folder.at("m (1).weights.bin").c_str()), 0);
  downloads("m", {.folder = folder.path()})->save(small_model(1), {}).get();
  EXPECT_EQ(folder.list(),
            (Names{"m (1).weights.bin", "m (2).json", "m (2).weights.bin", "m.json"}));
}

TEST(DownloadsOnDisk, GetNamesOfTheirOwnWhenManyComeAtOnce) {
  constexpr int kThreads = 4;
  constexpr int kSavesEach = 10;
  const TestFolder folder;
  std::vector<Names> saved(kThreads);
  std::vector<std::thread> threads;
  for (int i = 0; i < kThreads; ++i) {
    threads.emplace_back([&, i] {
      const IOHandlerPtr handler = downloads("m", {.folder = folder.path()});
      for (int k = 0; k < kSavesEach; ++k) {
        const auto value = static_cast<float>(i * kSavesEach + k);
        saved[static_cast<std::size_t>(i)].push_back(
            handler->save(small_model(value), {}).get().saved_as);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();

  std::set<std::string> paths;
  for (std::size_t i = 0; i < kThreads; ++i) {
    for (std::size_t k = 0; k < kSavesEach; ++k) {
      expect_same_model(file_system(saved[i][k])->load({}).get(),
                        small_model(static_cast<float>(i * kSavesEach + k)));
      paths.insert(saved[i][k]);
    }
  }
  EXPECT_EQ(paths.size(), std::size_t{kThreads * kSavesEach});
  EXPECT_EQ(folder.list().size(), 2 * paths.size());
}

}  // namespace
}  // namespace tfjs::io
