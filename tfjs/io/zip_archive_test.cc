#include "tfjs/io/zip_archive.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/internal/zip_test_support.h"
#include "tfjs/platform/inflate.h"

namespace tfjs::io {
namespace {

using namespace std::string_literals;

constexpr std::uint64_t kAny = std::uint64_t{1} << 40;

// Offsets of fields in the records.
constexpr std::size_t kLocalFlags = 6;
constexpr std::size_t kLocalMethod = 8;
constexpr std::size_t kLocalCrc = 14;
constexpr std::size_t kLocalPackedSize = 18;
constexpr std::size_t kLocalSize = 22;
constexpr std::size_t kLocalName = 30;
constexpr std::size_t kCentralMethod = 10;
constexpr std::size_t kCentralPackedSize = 20;
constexpr std::size_t kCentralSize = 24;
constexpr std::size_t kCentralDisk = 34;
constexpr std::size_t kCentralMode = 40;
constexpr std::size_t kCentralOffset = 42;
constexpr std::size_t kEndDisk = 4;
constexpr std::size_t kEndCountHere = 8;
constexpr std::size_t kEndCount = 10;
constexpr std::size_t kEndSize = 12;
constexpr std::size_t kEndOffset = 16;

std::string plain() {
  return zip_of({{"a", "alpha"}, {"b/c", "12345678"}});
}

std::string read(const std::string& zip, std::string_view name) {
  const ZipArchive archive(Bytes::copy_of(zip), "x.zip");
  const ZipEntry* entry = archive.find(name);
  return entry == nullptr ? "absent" : std::string(archive.read(*entry, kAny).text());
}

testing::AssertionResult is_refused(const std::string& zip, ErrorCode code,
                                    const std::vector<std::string>& parts) {
  return says(error_of([&] { ZipArchive(Bytes::copy_of(zip), "x.zip"); }), code, parts);
}
testing::AssertionResult is_corrupt(const std::string& zip, const std::vector<std::string>& parts) {
  return is_refused(zip, ErrorCode::CorruptData, parts);
}

TEST(ZipArchive, ReadsStoredEntriesInPlace) {
  const Bytes bytes = Bytes::copy_of(plain());
  const ZipArchive archive(bytes, "x.zip");
  ASSERT_EQ(archive.entries().size(), 2u);
  EXPECT_EQ(archive.entries()[1].name, "b/c");
  const Bytes content = archive.read(*archive.find("b/c"), kAny);
  EXPECT_EQ(content.text(), "12345678");
  EXPECT_EQ(content.data(), bytes.data() + bytes.text().find("12345678"));
  EXPECT_EQ(archive.find("c"), nullptr);
}

TEST(ZipArchive, ReadsDeflatedEntriesIfZlibIsThere) {
  if (!platform::can_inflate()) GTEST_SKIP() << "no zlib in this build";
  const std::string text(100000, 'x');
  const std::string zip =
      zip_of({{"a", text, true}, {"empty", "", true}, {"b", "1", true, 1 << 3}});
  EXPECT_EQ(read(zip, "a"), text);
  EXPECT_EQ(read(zip, "empty"), "");
  EXPECT_EQ(read(zip, "b"), "1");
}

TEST(ZipArchive, ReadsAnEmptyArchive) {
  EXPECT_TRUE(is_zip(zip_of({})));
  EXPECT_EQ(ZipArchive(Bytes::copy_of(zip_of({})), "x.zip").entries().size(), 0u);
}

TEST(ZipArchive, ReadsCommentsFoldersAndDescriptors) {
  const std::string zip =
      zip_of({{"b/", "", false, 0, 0040755}, {"b/c", "12", false, 1 << 3}, {"d", "3"}}, "hello");
  const ZipArchive archive(Bytes::copy_of(zip), "x.zip");
  EXPECT_TRUE(archive.entries()[0].is_folder());
  EXPECT_EQ(read(zip, "b/c"), "12");
  EXPECT_EQ(read(zip, "d"), "3");
}

TEST(ZipArchive, TakesAllFormsOfDescriptors) {
  const std::string zip = zip_of({{"a", "12", false, 1 << 3}});
  const std::size_t at = record_at(zip, "PK\7\10");
  const auto with_descriptor = [&](const std::string& descriptor) {
    const std::string rest = zip.substr(at + 16);
    const std::string changed = zip.substr(0, at) + descriptor + rest;
    return with(changed, end_at(changed) + kEndOffset, u32(central_at(changed)));
  };
  const std::string crc = u32(crc_of("12"));
  EXPECT_EQ(read(with_descriptor(crc + u32(2) + u32(2)), "a"), "12");
  EXPECT_EQ(read(with_descriptor(crc + u64(2) + u64(2)), "a"), "12");
  EXPECT_EQ(read(with_descriptor("PK\7\10" + crc + u64(2) + u64(2)), "a"), "12");
}

TEST(ZipArchive, TakesGapsAndUnknownExtraFields) {
  const std::string zip =
      zip_of({{"a", "12", false, 0, 0100644, "UT" + u16(1) + "x" + "\0\0"s, "UT" + u16(2) + "yz"}});
  EXPECT_EQ(read(zip, "a"), "12");
  const std::size_t directory = central_at(zip);
  const std::string gap = zip.substr(0, directory) + "gap" + zip.substr(directory);
  EXPECT_EQ(read(with(gap, end_at(gap) + kEndOffset, u32(directory + 3)), "a"), "12");
}

/// An archive whose sizes and places are in zip64 fields.
std::string zip64() {
  const std::string extra = u16(1) + u16(16) + u64(5) + u64(5);
  std::string zip = zip_of(
      {{"a", "alpha", false, 0, 0100644, extra, u16(1) + u16(24) + u64(5) + u64(5) + u64(0)}});
  zip = with(zip, kLocalPackedSize, u32(0xFFFFFFFF) + u32(0xFFFFFFFF));
  const std::size_t central = central_at(zip);
  zip = with(zip, central + kCentralPackedSize, u32(0xFFFFFFFF) + u32(0xFFFFFFFF));
  zip = with(zip, central + kCentralOffset, u32(0xFFFFFFFF));
  const std::size_t end = end_at(zip);
  return zip.substr(0, end) + "PK\6\6" + u64(44) + u16(45) + u16(45) + u32(0) + u32(0) + u64(1) +
         u64(1) + u64(end - central) + u64(central) + "PK\6\7" + u32(0) + u64(end) + u32(1) +
         end_record(0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF);
}

TEST(ZipArchive, ReadsZip64) {
  EXPECT_EQ(read(zip64(), "a"), "alpha");
}

TEST(ZipArchive, RefusesZip64RecordsThatLie) {
  const std::string zip = zip64();
  const std::size_t end64 = record_at(zip, "PK\6\6");
  const std::size_t locator = record_at(zip, "PK\6\7");
  const std::size_t central = central_at(zip);
  EXPECT_TRUE(is_corrupt(with(zip, end64 + 4, u64(43)), {"zip64 end record", "43"}));
  EXPECT_TRUE(is_corrupt(with(zip, end64, "PK\6\1"), {"zip64 end record", "signature"}));
  EXPECT_TRUE(is_corrupt(with(zip, locator + 8, u64(kAny)), {"zip64 end record", "should be at"}));
  EXPECT_TRUE(is_corrupt(with(zip, locator + 8, u64(locator - 3)), {"zip64 end record", "short"}));
  EXPECT_TRUE(is_corrupt(with(zip, end_at(zip) + kEndSize, u32(1)), {"size of the directory"}));
  EXPECT_TRUE(is_corrupt(with(zip, end64 + 48, u64(~std::uint64_t{0})), {"directory"}));
  EXPECT_TRUE(is_corrupt(with(zip, end64 + 24, u64(kAny) + u64(kAny)), {"cannot have"}));
  EXPECT_TRUE(is_refused(with(zip, end64 + 24, u64(2)), ErrorCode::Unsupported, {"disks"}));
  EXPECT_TRUE(is_refused(with(zip, locator + 16, u32(2)), ErrorCode::Unsupported, {"disks"}));
  const std::string without_id = with(zip, central + 47, u16(2));
  EXPECT_TRUE(is_corrupt(without_id, {"x.zip", "'a'", "zip64 extra field, but has none"}));
  EXPECT_TRUE(is_corrupt(with(zip, central + 51, u64(~std::uint64_t{0})), {"x.zip/a"}));
  EXPECT_TRUE(
      is_corrupt(with(zip, central + 67, u64(~std::uint64_t{0})), {"x.zip/a", "should be"}));
  EXPECT_TRUE(is_corrupt(with(zip, central + 49, u16(8)), {"extra field"}));
}

TEST(ZipArchive, RefusesTwoZip64Fields) {
  const std::string extra = u16(1) + u16(0);
  EXPECT_TRUE(is_corrupt(zip_of({{"a", "x", false, 0, 0100644, extra + extra, ""}}),
                         {"two zip64 extra fields"}));
}

TEST(ZipArchive, RefusesExtraFieldsBeyondTheirEnd) {
  EXPECT_TRUE(is_corrupt(zip_of({{"a", "x", false, 0, 0100644, "", "UT" + u16(3) + "x"}}),
                         {"extra field", "ends too early"}));
}

TEST(ZipArchive, RefusesWhatHasNoEndRecord) {
  EXPECT_TRUE(is_corrupt("", {"x.zip", "no end record"}));
  EXPECT_TRUE(is_corrupt("PK\5\6", {"no end record"}));
  EXPECT_TRUE(is_corrupt(std::string(100000, 'x'), {"no end record"}));
}

TEST(ZipArchive, RefusesEveryCutArchive) {
  const std::string zip = plain();
  for (std::size_t size = 0; size < zip.size(); ++size) {
    EXPECT_TRUE(is_corrupt(zip.substr(0, size), {"x.zip"})) << size;
  }
}

TEST(ZipArchive, RefusesBytesAfterTheEnd) {
  EXPECT_TRUE(is_corrupt(plain() + "x", {"after its end record there are 1 bytes"}));
}

TEST(ZipArchive, RefusesASecondEndRecordInTheComment) {
  const std::string other = end_record(0, 0, 0);
  EXPECT_TRUE(is_corrupt(zip_of({{"a", "x"}}, other), {"does not end where the end record"}));
}

TEST(ZipArchive, RefusesBytesBeforeTheArchive) {
  EXPECT_TRUE(is_corrupt("MZ" + plain(), {"does not end where the end record"}));
}

TEST(ZipArchive, RefusesADirectoryOutsideOfTheArchive) {
  const std::string zip = plain();
  EXPECT_TRUE(is_corrupt(with(zip, end_at(zip) + kEndOffset, u32(0xFFFFFFF0)), {"directory"}));
  EXPECT_TRUE(is_corrupt(with(zip, end_at(zip) + kEndSize, u32(0xFFFFFFF0)), {"directory"}));
}

TEST(ZipArchive, RefusesAnotherNumberOfEntries) {
  const std::string zip = plain();
  const auto with_count = [&](int count) {
    return with(zip, end_at(zip) + kEndCountHere, u16(count) + u16(count));
  };
  EXPECT_TRUE(is_corrupt(with_count(1), {"bytes after its 1 entries"}));
  EXPECT_TRUE(is_corrupt(with_count(3), {"cannot have 3"}));
}

TEST(ZipArchive, RefusesSeveralDisks) {
  const std::string zip = plain();
  EXPECT_TRUE(is_refused(with(zip, end_at(zip) + kEndDisk, u16(1)), ErrorCode::Unsupported,
                         {"one of several archive disks"}));
  EXPECT_TRUE(is_refused(with(zip, end_at(zip) + kEndCount, u16(1)), ErrorCode::Unsupported,
                         {"one of several archive disks"}));
  EXPECT_TRUE(is_refused(with(zip, central_at(zip) + kCentralDisk, u16(1)), ErrorCode::Unsupported,
                         {"another archive disk"}));
}

TEST(ZipArchive, RefusesHeadersWithoutSignature) {
  const std::string zip = plain();
  EXPECT_TRUE(is_corrupt(with(zip, central_at(zip), "PK\1\1"), {"signature"}));
  EXPECT_TRUE(is_corrupt(with(zip, local_at(zip, 1), "PK\3\3"), {"x.zip/b/c", "signature"}));
}

TEST(ZipArchive, RefusesAnotherNameInTheLocalHeader) {
  const std::string zip = plain();
  EXPECT_TRUE(is_corrupt(with(zip, local_at(zip) + kLocalName, "z"), {"x.zip/a", "called 'z'"}));
}

TEST(ZipArchive, RefusesAnotherSizeInTheLocalHeader) {
  const std::string zip = plain();
  EXPECT_TRUE(is_corrupt(with(zip, kLocalSize, u32(4)), {"x.zip/a", "size is 5", "4 in its own"}));
  EXPECT_TRUE(is_corrupt(with(zip, kLocalPackedSize, u32(4)), {"x.zip/a", "packed size is 5"}));
}

TEST(ZipArchive, RefusesAnotherChecksumInTheLocalHeader) {
  EXPECT_TRUE(is_corrupt(with(plain(), kLocalCrc, u32(7)), {"x.zip/a", "CRC-32", "but 7 in"}));
}

TEST(ZipArchive, RefusesAnotherMethodInTheLocalHeader) {
  EXPECT_TRUE(is_corrupt(with(plain(), kLocalMethod, u16(8)), {"x.zip/a", "method is 0", "8"}));
}

TEST(ZipArchive, RefusesOtherFlagsInTheLocalHeader) {
  EXPECT_TRUE(is_corrupt(with(plain(), kLocalFlags, u16(1)), {"x.zip/a", "flags"}));
  EXPECT_TRUE(is_corrupt(with(plain(), kLocalFlags, u16(1 << 3)), {"x.zip/a", "flags"}));
}

TEST(ZipArchive, RefusesAnotherPlaceOfTheLocalHeader) {
  const std::string zip = plain();
  const auto with_offset = [&](std::size_t offset) {
    return with(zip, central_at(zip) + kCentralOffset, u32(offset));
  };
  EXPECT_TRUE(is_corrupt(with_offset(1), {"x.zip/a", "signature"}));
  EXPECT_TRUE(is_corrupt(with_offset(0xFFFFFF00), {"x.zip/a", "should be at byte 4294967040"}));
  EXPECT_TRUE(is_corrupt(with_offset(local_at(zip, 1)), {"x.zip/a", "called 'b/c'"}));
  EXPECT_TRUE(is_corrupt(with_offset(central_at(zip) - 3), {"x.zip/a", "ends too early"}));
}

TEST(ZipArchive, RefusesDescriptorsThatLie) {
  const std::string zip = zip_of({{"a", "12", false, 1 << 3}});
  const std::size_t at = record_at(zip, "PK\7\10");
  for (const std::size_t field : {4, 8, 12}) {
    EXPECT_TRUE(is_corrupt(with(zip, at + field, u32(77)), {"x.zip/a", "data descriptor"}));
  }
  EXPECT_TRUE(is_corrupt(with(zip, kLocalSize, u32(3)), {"x.zip/a", "size is 2"}));
}

TEST(ZipArchive, RefusesContentsBeyondTheEnd) {
  std::string zip = zip_of({{"a", "alpha"}});
  const std::string sizes = u32(6) + u32(6);
  zip = with(with(zip, kLocalPackedSize, sizes), central_at(zip) + kCentralPackedSize, sizes);
  EXPECT_TRUE(is_corrupt(zip, {"x.zip/a", "needs 6 bytes", "5 bytes further"}));
}

TEST(ZipArchive, RefusesStoredEntriesOfTwoSizes) {
  std::string zip = zip_of({{"a", "alpha"}});
  zip = with(with(zip, kLocalSize, u32(4)), central_at(zip) + kCentralSize, u32(4));
  EXPECT_TRUE(is_corrupt(zip, {"x.zip/a", "5 bytes in the archive and 4 outside"}));
}

TEST(ZipArchive, RefusesEntriesThatOverlap) {
  // "a" ends where "b" does, whose whole entry is within its content.
  const std::string inner = zip_of({{"b", "x"}});
  const std::string content = inner.substr(0, central_at(inner));
  std::string zip = zip_of({{"a", content}, {"b", "x"}});
  zip = with(zip, central_at(zip, 1) + kCentralOffset, u32(local_at(zip, 1)));
  EXPECT_TRUE(is_corrupt(zip, {"'a' and 'b' overlap"}));
}

TEST(ZipArchive, RefusesOneContentUnderTwoNames) {
  std::string zip = zip_of({{"a", "x"}, {"b", "x"}});
  zip = with(zip, central_at(zip, 1) + kCentralOffset, u32(0));
  zip = with(zip, central_at(zip, 1) + 46, "a");
  EXPECT_TRUE(is_corrupt(zip, {"'a'", "twice"}));
}

TEST(ZipArchive, RefusesNamesThatComeTwice) {
  EXPECT_TRUE(is_corrupt(zip_of({{"a", "1"}, {"b", "2"}, {"a", "3"}}), {"'a' is there twice"}));
}

TEST(ZipArchive, RefusesNamesThatLeaveTheFolder) {
  for (const char* name : {"../a", "a/../../b", "/etc/passwd", "..", "\\a", "a\\..\\..\\b"}) {
    EXPECT_TRUE(is_corrupt(zip_of({{name, "x"}}), {"leads out of"})) << name;
  }
}

TEST(ZipArchive, RefusesEmptyNamesAndNul) {
  EXPECT_TRUE(is_corrupt(zip_of({{"", "x"}}), {"name is empty"}));
  EXPECT_TRUE(is_corrupt(zip_of({{"a\0b"s, "x"}}), {"NUL"}));
}

TEST(ZipArchive, RefusesLinksAndSpecialFiles) {
  EXPECT_TRUE(is_refused(zip_of({{"a", "/etc/passwd", false, 0, 0120777}}), ErrorCode::Unsupported,
                         {"x.zip/a is a link"}));
  EXPECT_TRUE(
      is_refused(zip_of({{"a", "", false, 0, 0010644}}), ErrorCode::Unsupported, {"special file"}));
  // Also when it says it comes from a system without links.
  std::string zip = zip_of({{"a", "b"}});
  zip = with(with(zip, central_at(zip) + 4, u16(20)), central_at(zip) + kCentralMode, u16(0120777));
  EXPECT_TRUE(is_refused(zip, ErrorCode::Unsupported, {"is a link"}));
}

TEST(ZipArchive, RefusesEncryptedEntries) {
  for (const std::uint16_t flag : {1 << 0, 1 << 6, 1 << 13}) {
    EXPECT_TRUE(is_refused(zip_of({{"a", "x", false, flag}}), ErrorCode::Unsupported,
                           {"x.zip/a is encrypted"}));
  }
  EXPECT_TRUE(is_refused(zip_of({{"a", "x", false, 1 << 5}}), ErrorCode::Unsupported, {"patch"}));
}

TEST(ZipArchive, ChecksTheChecksum) {
  const std::string zip = plain();
  const std::string damaged = with(zip, zip.find("alpha"), "A");
  EXPECT_TRUE(says(error_of([&] { read(damaged, "a"); }), ErrorCode::CorruptData,
                   {"x.zip/a is damaged", "CRC-32"}));
  EXPECT_EQ(read(damaged, "b/c"), "12345678");
}

TEST(ZipArchive, RefusesMoreThanTheLimit) {
  const ZipArchive archive(Bytes::copy_of(plain()), "x.zip");
  EXPECT_TRUE(says(error_of([&] { archive.read(*archive.find("a"), 4); }), ErrorCode::CorruptData,
                   {"x.zip/a has 5 bytes", "limit of 4"}));
}

TEST(ZipArchive, RefusesSizesThatDeflateCannotReach) {
  std::string zip = zip_of({{"a", "x", true}});
  const std::string size = u32(0xFFFFFFF0);
  zip = with(with(zip, kLocalSize, size), central_at(zip) + kCentralSize, size);
  EXPECT_TRUE(is_corrupt(zip, {"x.zip/a", "no deflate stream of 6 bytes unpacks to 4294967280"}));
}

TEST(ZipArchive, RefusesDeflateOfAnotherSizeIfZlibIsThere) {
  if (!platform::can_inflate()) GTEST_SKIP() << "no zlib in this build";
  const std::string zip = zip_of({{"a", "alpha", true}});
  for (const int size : {4, 6}) {
    const std::string lying =
        with(with(zip, kLocalSize, u32(size)), central_at(zip) + kCentralSize, u32(size));
    EXPECT_TRUE(says(error_of([&] { read(lying, "a"); }), ErrorCode::CorruptData, {"x.zip/a"}));
  }
}

TEST(ZipArchive, ReadsKnownMethodsOnly) {
  std::string zip = zip_of({{"a", "x"}, {"b", "y"}});
  zip = with(with(zip, kLocalMethod, u16(14)), central_at(zip) + kCentralMethod, u16(14));
  EXPECT_TRUE(
      says(error_of([&] { read(zip, "a"); }), ErrorCode::Unsupported, {"x.zip/a", "method 14"}));
  EXPECT_EQ(read(zip, "b"), "y");
}

TEST(ZipArchive, EscapesNamesInMessages) {
  EXPECT_TRUE(is_refused(zip_of({{"a\x1b[2J", "x", false, 1}}), ErrorCode::Unsupported,
                         {"x.zip/a\\x1b[2J is encrypted"}));
}

}  // namespace
}  // namespace tfjs::io
