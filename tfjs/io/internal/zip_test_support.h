// Zip archives made by hand, to lie in any field: zip_of() writes a valid one, the tests change it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/crc32.h"
#include "tfjs/io/internal/zip_records.h"

namespace tfjs::io {

struct TestEntry {
  std::string name;
  std::string content;
  bool is_deflated = false;
  std::uint16_t flags = 0;  ///< bit 3 writes a data descriptor and leaves the local sizes 0
  std::uint16_t mode = 0100644;
  std::string local_extra = {};
  std::string central_extra = {};
};

inline std::string u16(std::uint64_t value) {
  return {static_cast<char>(value & 0xFF), static_cast<char>(value >> 8 & 0xFF)};
}
inline std::string u32(std::uint64_t value) {
  return u16(value & 0xFFFF) + u16(value >> 16);
}
inline std::string u64(std::uint64_t value) {
  return u32(value & 0xFFFFFFFF) + u32(value >> 32);
}

inline std::uint32_t crc_of(std::string_view text) {
  return crc32(bytes_of(text));
}

/// A deflate stream of `content` in blocks that are not compressed.
inline std::string deflated(std::string_view content) {
  std::string out;
  do {
    const std::string_view block = content.substr(0, 0xFFFF);
    content.remove_prefix(block.size());
    out += content.empty() ? '\1' : '\0';
    out += u16(block.size()) + u16(~block.size());
    out += block;
  } while (!content.empty());
  return out;
}

/// What local and central headers share, from the flags to the extra field's length.
inline std::string shared_fields(const TestEntry& entry, std::size_t packed_size, bool is_local) {
  const bool is_later = is_local && (entry.flags & internal::kZipHasDescriptor) != 0;
  return u16(entry.flags) + u16(entry.is_deflated ? 8 : 0) + u32(0x58210000) +
         u32(is_later ? 0 : crc_of(entry.content)) + u32(is_later ? 0 : packed_size) +
         u32(is_later ? 0 : entry.content.size()) + u16(entry.name.size()) +
         u16(is_local ? entry.local_extra.size() : entry.central_extra.size());
}

inline std::string end_record(std::size_t count, std::size_t size, std::size_t offset,
                              std::string_view comment = "") {
  return "PK\5\6" + u32(0) + u16(count) + u16(count) + u32(size) + u32(offset) +
         u16(comment.size()) + std::string(comment);
}

inline std::string zip_of(const std::vector<TestEntry>& entries, std::string_view comment = "") {
  std::string zip;
  std::string directory;
  for (const TestEntry& entry : entries) {
    const std::string packed = entry.is_deflated ? deflated(entry.content) : entry.content;
    directory += "PK\1\2" + u16(3 << 8 | 20) + u16(20) +
                 shared_fields(entry, packed.size(), false) + u16(0) + u16(0) + u16(0) +
                 u32(std::uint32_t{entry.mode} << 16) + u32(zip.size()) + entry.name +
                 entry.central_extra;
    zip += "PK\3\4" + u16(20) + shared_fields(entry, packed.size(), true) + entry.name +
           entry.local_extra + packed;
    if ((entry.flags & internal::kZipHasDescriptor) != 0) {
      zip +=
          "PK\7\10" + u32(crc_of(entry.content)) + u32(packed.size()) + u32(entry.content.size());
    }
  }
  const std::size_t offset = zip.size();
  return zip + directory + end_record(entries.size(), directory.size(), offset, comment);
}

/// Where the `number`th record with this signature is.
inline std::size_t record_at(std::string_view zip, std::string_view signature, int number = 0) {
  std::size_t at = zip.find(signature);
  for (; number > 0; --number) at = zip.find(signature, at + 1);
  return at;
}
inline std::size_t local_at(std::string_view zip, int number = 0) {
  return record_at(zip, "PK\3\4", number);
}
inline std::size_t central_at(std::string_view zip, int number = 0) {
  return record_at(zip, "PK\1\2", number);
}
inline std::size_t end_at(std::string_view zip) {
  return zip.rfind("PK\5\6");
}

/// `zip` with the bytes at `at` replaced.
inline std::string with(std::string zip, std::size_t at, std::string_view bytes) {
  std::copy(bytes.begin(), bytes.end(), zip.begin() + static_cast<std::ptrdiff_t>(at));
  return zip;
}

}  // namespace tfjs::io
