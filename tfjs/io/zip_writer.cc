#include "tfjs/io/zip_writer.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/bytes.h"
#include "tfjs/base/error.h"
#include "tfjs/base/utf8.h"
#include "tfjs/io/internal/zip_records.h"

namespace tfjs::io {

namespace {

using internal::kZip64Mark;
using internal::kZip64Mark16;

constexpr std::uint64_t kAlignment = 64;
constexpr std::uint16_t kAlignmentExtra = 0xD935;  // as Android's zipalign
constexpr std::uint16_t kPlainVersion = 20;
constexpr std::uint16_t kZip64Version = 45;
constexpr std::uint16_t kUnix = 3 << 8;
constexpr std::uint32_t kReadableFile = 0100644U << 16;
constexpr std::size_t kLocalHeaderSize = 30;

/// The little-endian bytes of a record.
class Record {
 public:
  Record& u16(std::uint64_t value) { return put(value, 2); }
  Record& u32(std::uint64_t value) { return put(value, 4); }
  Record& u64(std::uint64_t value) { return put(value, 8); }
  Record& text(const std::string& text) {
    bytes_.append(text);
    return *this;
  }
  const std::string& bytes() const { return bytes_; }

 private:
  Record& put(std::uint64_t value, int size) {
    for (int i = 0; i < size; ++i) bytes_.push_back(static_cast<char>(value >> (8 * i) & 0xFF));
    return *this;
  }
  std::string bytes_;
};

/// The date in the upper half and the time in the lower, in steps of two seconds; years 1980 to
/// 2107. The calendar is Howard Hinnant's "chrono-compatible low-level date algorithms".
std::uint32_t dos_date_and_time(std::int64_t date_ms) {
  constexpr std::int64_t k1980 = 315532800;
  constexpr std::int64_t kEnd2107 = 4354819198;
  const std::int64_t seconds = std::clamp(date_ms / 1000, k1980, kEnd2107);
  const auto second_of_day = static_cast<std::uint32_t>(seconds % 86400);
  // Years begin in March, so that the leap day is the last one; eras of 400 years are alike.
  const std::int64_t day = seconds / 86400 + 719468;
  const std::int64_t day_of_era = day % 146097;
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const auto day_of_month =
      static_cast<std::uint32_t>(day_of_year - (153 * march_month + 2) / 5 + 1);
  const auto month =
      static_cast<std::uint32_t>(march_month < 10 ? march_month + 3 : march_month - 9);
  const auto year =
      static_cast<std::uint32_t>(day / 146097 * 400 + year_of_era + (month <= 2 ? 1 : 0));
  const std::uint32_t date = (year - 1980) << 9 | month << 5 | day_of_month;
  const std::uint32_t time =
      second_of_day / 3600 << 11 | second_of_day / 60 % 60 << 5 | second_of_day % 60 / 2;
  return date << 16 | time;
}

std::uint64_t limited(std::uint64_t value, std::uint64_t mark) {
  return std::min(value, mark);
}

/// The zip64 extra field of the numbers that 32 bits cannot hold.
std::string zip64_extra(const std::vector<std::uint64_t>& numbers) {
  if (numbers.empty()) return "";
  Record extra;
  extra.u16(internal::kZip64Extra).u16(8 * numbers.size());
  for (const std::uint64_t number : numbers) extra.u64(number);
  return extra.bytes();
}

/// An extra field after which a content at `at` is aligned.
std::string alignment_extra(std::uint64_t at) {
  constexpr std::uint64_t kFixed = 6;  // id, size, alignment
  const std::uint64_t padding = (kAlignment - (at + kFixed) % kAlignment) % kAlignment;
  return Record()
      .u16(kAlignmentExtra)
      .u16(2 + padding)
      .u16(kAlignment)
      .text(std::string(static_cast<std::size_t>(padding), '\0'))
      .bytes();
}

}  // namespace

ZipWriter::ZipWriter(Sink sink, std::int64_t date_ms)
    : sink_(std::move(sink)), date_and_time_(dos_date_and_time(date_ms)) {}

void ZipWriter::put(const std::string& record) {
  sink_(bytes_of(record));
  at_ += record.size();
}

void ZipWriter::check_complete() const {
  if (left_ > 0) {
    throw invalid_argument("zip: entry ", quoted(entries_.back().name), " lacks ", left_, " of ",
                           entries_.back().size, " bytes");
  }
}

void ZipWriter::begin_entry(const std::string& name, std::uint64_t size, std::uint32_t crc32) {
  check_complete();
  if (name.empty() || name.size() > 0xFFFF || !is_utf8(name)) {
    throw invalid_argument("zip: ", quoted(name), " cannot be the name of an entry");
  }
  entries_.push_back({name, size, at_, crc32});
  left_ = size;
  const bool is_large = size >= kZip64Mark;
  std::string extra = is_large ? zip64_extra({size, size}) : "";
  extra.append(alignment_extra(at_ + kLocalHeaderSize + name.size() + extra.size()));
  put(Record()
          .u32(internal::kZipLocalHeader)
          .u16(is_large ? kZip64Version : kPlainVersion)
          .u16(internal::kZipUtf8)
          .u16(0)  // stored
          .u32(date_and_time_)
          .u32(crc32)
          .u32(limited(size, kZip64Mark))
          .u32(limited(size, kZip64Mark))
          .u16(name.size())
          .u16(extra.size())
          .text(name)
          .text(extra)
          .bytes());
}

void ZipWriter::write(std::span<const std::byte> data) {
  if (data.size() > left_) {
    throw invalid_argument("zip: ", data.size(), " bytes more for an entry that lacks ", left_);
  }
  sink_(data);
  at_ += data.size();
  left_ -= data.size();
}

void ZipWriter::finish() {
  check_complete();
  const std::uint64_t directory_at = at_;
  for (const Entry& entry : entries_) {
    std::vector<std::uint64_t> large;
    if (entry.size >= kZip64Mark) large = {entry.size, entry.size};
    if (entry.offset >= kZip64Mark) large.push_back(entry.offset);
    const std::string extra = zip64_extra(large);
    const std::uint16_t version = large.empty() ? kPlainVersion : kZip64Version;
    put(Record()
            .u32(internal::kZipCentralHeader)
            .u16(kUnix | version)
            .u16(version)
            .u16(internal::kZipUtf8)
            .u16(0)  // stored
            .u32(date_and_time_)
            .u32(entry.crc32)
            .u32(limited(entry.size, kZip64Mark))
            .u32(limited(entry.size, kZip64Mark))
            .u16(entry.name.size())
            .u16(extra.size())
            .u16(0)  // comment
            .u16(0)  // disk
            .u16(0)  // internal attributes
            .u32(kReadableFile)
            .u32(limited(entry.offset, kZip64Mark))
            .text(entry.name)
            .text(extra)
            .bytes());
  }
  const std::uint64_t directory_size = at_ - directory_at;
  if (directory_at >= kZip64Mark || directory_size >= kZip64Mark ||
      entries_.size() >= kZip64Mark16) {
    const std::uint64_t end_at = at_;
    put(Record()
            .u32(internal::kZip64End)
            .u64(44)  // bytes that follow
            .u16(kUnix | kZip64Version)
            .u16(kZip64Version)
            .u32(0)  // disks
            .u32(0)
            .u64(entries_.size())
            .u64(entries_.size())
            .u64(directory_size)
            .u64(directory_at)
            .bytes());
    put(Record().u32(internal::kZip64Locator).u32(0).u64(end_at).u32(1).bytes());
  }
  put(Record()
          .u32(internal::kZipEnd)
          .u16(0)  // disks
          .u16(0)
          .u16(limited(entries_.size(), kZip64Mark16))
          .u16(limited(entries_.size(), kZip64Mark16))
          .u32(limited(directory_size, kZip64Mark))
          .u32(limited(directory_at, kZip64Mark))
          .u16(0)  // comment
          .bytes());
}

}  // namespace tfjs::io
