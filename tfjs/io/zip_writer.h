// Writes a zip archive from front to back, its entries stored as they are: every unzip program
// reads it, and a reader that maps the file finds each content aligned to 64 bytes, to be used in
// place.
//
//   ZipWriter zip(write, platform::now_ms());
//   zip.begin_entry("model.json", json.size(), crc32(json));
//   zip.write(json);
//   zip.finish();
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace tfjs::io {

class ZipWriter {
 public:
  /// Takes the next bytes of the archive.
  using Sink = std::function<void(std::span<const std::byte>)>;

  /// `date_ms`, milliseconds since 1970 UTC, is the date of all entries. Zip dates have no time
  /// zone; this is UTC, so that the same model makes the same archive everywhere.
  ZipWriter(Sink sink, std::int64_t date_ms);

  /// Starts an entry of `size` bytes with this CRC-32; the last one must be complete.
  /// Errors: InvalidArgument for a name that is empty, no UTF-8, or longer than 65535 bytes.
  void begin_entry(const std::string& name, std::uint64_t size, std::uint32_t crc32);
  /// The next bytes of the entry. Errors: InvalidArgument beyond its size.
  void write(std::span<const std::byte> data);
  /// Writes the directory; to be called once, last.
  void finish();

 private:
  struct Entry {
    std::string name;
    std::uint64_t size = 0;
    std::uint64_t offset = 0;
    std::uint32_t crc32 = 0;
  };
  void put(const std::string& record);
  void check_complete() const;

  Sink sink_;
  std::uint32_t date_and_time_;  ///< of MS-DOS
  std::vector<Entry> entries_;
  std::uint64_t at_ = 0;    ///< bytes of the archive so far
  std::uint64_t left_ = 0;  ///< bytes that the current entry lacks
};

}  // namespace tfjs::io
