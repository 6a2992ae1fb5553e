// An archive of more than 4 GiB: a file with a hole in it.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/zip_archive.h"
#include "tfjs/io/zip_writer.h"

namespace tfjs::io {
namespace {

constexpr std::uint64_t kLarge = std::uint64_t{5} << 30;

TEST(LargeZip, IsWrittenAndReadWithZip64) {
  const TestFolder folder;
  const int file = ::open(folder.at("x.zip").c_str(), O_WRONLY | O_CREAT, 0600);
  ASSERT_GE(file, 0);
  const std::vector<std::byte> hole(std::size_t{64} << 20);
  bool is_written = true;
  ZipWriter zip(
      [&](std::span<const std::byte> data) {
        is_written &= data.data() == hole.data()
                          ? ::lseek(file, static_cast<off_t>(data.size()), SEEK_CUR) > 0
                          : ::write(file, data.data(), data.size()) == std::ssize(data);
      },
      0);
  zip.begin_entry("large", kLarge, 0);
  for (std::uint64_t done = 0; done < kLarge; done += hole.size()) zip.write(hole);
  zip.begin_entry("small", 1, 0xD3D99E8B);  // "A"
  zip.write(std::as_bytes(std::span("A", 1)));
  zip.finish();
  ::close(file);
  ASSERT_TRUE(is_written);

  const ZipArchive archive(platform::files().map(folder.at("x.zip")), "x.zip");
  ASSERT_EQ(archive.entries().size(), 2u);
  EXPECT_EQ(archive.entries()[0].size, kLarge);
  EXPECT_GT(archive.entries()[1].data_offset, kLarge);
  EXPECT_EQ(archive.read(archive.entries()[1], 1).text(), "A");
}

}  // namespace
}  // namespace tfjs::io
