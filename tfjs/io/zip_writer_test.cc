#include "tfjs/io/zip_writer.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/internal/zip_test_support.h"
#include "tfjs/io/zip_archive.h"

namespace tfjs::io {
namespace {

constexpr std::int64_t kDate = 1709213415000;  // 2024-02-29 13:30:15 UTC

ZipWriter::Sink to(std::string& out) {
  return [&out](std::span<const std::byte> data) {
    out.append(reinterpret_cast<const char*>(data.data()), data.size());
  };
}

std::string written(const std::vector<TestEntry>& entries, std::int64_t date_ms = kDate) {
  std::string out;
  ZipWriter zip(to(out), date_ms);
  for (const TestEntry& entry : entries) {
    zip.begin_entry(entry.name, entry.content.size(), crc_of(entry.content));
    zip.write(bytes_of(entry.content));
  }
  zip.finish();
  return out;
}

TEST(ZipWriter, WritesWhatTheReaderAccepts) {
  const std::string zip = written({{"model.json", "{}"}, {"w\xC3\xA9.bin", "12345678"}, {"e", ""}});
  const ZipArchive archive(Bytes::copy_of(zip), "x.zip");
  ASSERT_EQ(archive.entries().size(), 3u);
  EXPECT_EQ(archive.read(*archive.find("model.json"), 9).text(), "{}");
  EXPECT_EQ(archive.read(*archive.find("w\xC3\xA9.bin"), 9).text(), "12345678");
  EXPECT_EQ(archive.read(*archive.find("e"), 9).text(), "");
}

TEST(ZipWriter, AlignsContents) {
  std::vector<TestEntry> entries;
  for (std::size_t i = 1; i < 140; ++i)
    entries.push_back({std::string(i, 'n'), std::string(i, 'c')});
  const ZipArchive archive(Bytes::copy_of(written(entries)), "x.zip");
  for (const ZipEntry& entry : archive.entries()) EXPECT_EQ(entry.data_offset % 64, 0u);
}

TEST(ZipWriter, WritesTheDate) {
  const auto date = [](std::int64_t date_ms) {
    const std::string zip = written({{"a", ""}}, date_ms);
    EXPECT_EQ(zip.substr(10, 4), zip.substr(central_at(zip) + 12, 4));
    return zip.substr(10, 4);
  };
  EXPECT_EQ(date(kDate), u16(13 << 11 | 30 << 5 | 15 / 2) + u16(44 << 9 | 2 << 5 | 29));
  EXPECT_EQ(date(kDate + 86400000), u16(13 << 11 | 30 << 5 | 15 / 2) + u16(44 << 9 | 3 << 5 | 1));
  EXPECT_EQ(date(0), u16(0) + u16(1 << 5 | 1));
  EXPECT_EQ(date(std::int64_t{1} << 60),
            u16(23 << 11 | 59 << 5 | 29) + u16(127 << 9 | 12 << 5 | 31));
}

TEST(ZipWriter, WritesZip64ForManyEntries) {
  std::string out;
  ZipWriter zip(to(out), kDate);
  for (int i = 0; i < 0xFFFF; ++i) zip.begin_entry(cat(i), 0, 0);
  zip.finish();
  EXPECT_NE(out.find("PK\6\6"), std::string::npos);
  const ZipArchive archive(Bytes::take(std::move(out)), "x.zip");
  EXPECT_EQ(archive.entries().size(), 0xFFFFu);
  EXPECT_NE(archive.find("65534"), nullptr);
}

TEST(ZipWriter, RefusesEntriesOfAnotherSize) {
  std::string out;
  ZipWriter zip(to(out), kDate);
  zip.begin_entry("a", 2, 0);
  EXPECT_EQ(error_of([&] { zip.write(bytes_of("123")); }).code(), ErrorCode::InvalidArgument);
  zip.write(bytes_of("1"));
  EXPECT_TRUE(says(error_of([&] { zip.begin_entry("b", 0, 0); }), ErrorCode::InvalidArgument,
                   {"'a' lacks 1 of 2 bytes"}));
  EXPECT_EQ(error_of([&] { zip.finish(); }).code(), ErrorCode::InvalidArgument);
}

TEST(ZipWriter, RefusesImpossibleNames) {
  std::string out;
  ZipWriter zip(to(out), kDate);
  for (const std::string& name : {std::string(), std::string(70000, 'n'), std::string("\xFF")}) {
    EXPECT_EQ(error_of([&] { zip.begin_entry(name, 0, 0); }).code(), ErrorCode::InvalidArgument);
  }
}

}  // namespace
}  // namespace tfjs::io
