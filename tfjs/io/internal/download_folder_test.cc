#include "tfjs/io/internal/download_folder.h"

#include <gtest/gtest.h>

namespace tfjs::io::internal {
namespace {

constexpr const char* kNone = "(none)";

std::string folder_in(std::string_view text) {
  return download_dir_in(text, "/house/me").value_or(kNone);
}

TEST(DownloadDirIn, ReadsWhatTheDesktopWrites) {
  EXPECT_EQ(folder_in("# This file is written by xdg-user-dirs-update\n"
                      "XDG_DESKTOP_DIR=\"$HOME/Desktop\"\n"
                      "XDG_DOWNLOAD_DIR=\"$HOME/T\xC3\xA9l\xC3\xA9"
                      "chargements\"\n"
                      "XDG_MUSIC_DIR=\"$HOME/Music\"\n"),
            "/house/me/T\xC3\xA9l\xC3\xA9"
            "chargements");
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=\"/data/dl\""), "/data/dl");
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=\"$HOME\"\r\n"), "/house/me");
  EXPECT_EQ(folder_in("\t XDG_DOWNLOAD_DIR = \"/a \\\"b\\\" \\\\\" # mine\n"), "/a \"b\" \\");
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=\"/a\"\nXDG_DOWNLOAD_DIR=\"/b\"\n"), "/b");
}

TEST(DownloadDirIn, PassesOverWhatItCannotUse) {
  EXPECT_EQ(folder_in(""), kNone);
  EXPECT_EQ(folder_in("#XDG_DOWNLOAD_DIR=\"/a\"\n"), kNone);
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=/a\n"), kNone);
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=\"relative\"\n"), kNone);
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR=\"$HOMEWARD/a\"\n"), kNone);
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIRS=\"/a\"\n"), kNone);
  EXPECT_EQ(folder_in("XDG_DOWNLOAD_DIR"), kNone);
}

}  // namespace
}  // namespace tfjs::io::internal
