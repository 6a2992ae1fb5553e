// A zip archive read with suspicion: what its parts say of each other must agree before any of it
// is used. A model in an archive is read by internal/model_zip.h; archives are written by
// zip_writer.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "tfjs/base/bytes.h"

namespace tfjs::io {

struct ZipEntry {
  std::string name;               ///< folders separated by '/'; ends with one when it is a folder
  std::uint64_t size = 0;         ///< bytes once unpacked
  std::uint64_t packed_size = 0;  ///< bytes in the archive
  std::uint64_t data_offset = 0;  ///< where they begin
  std::uint32_t crc32 = 0;
  std::uint16_t method = 0;  ///< 0: stored, 8: deflated; others cannot be read

  bool is_stored() const { return method == 0; }
  bool is_folder() const { return name.ends_with('/'); }
};

/// True when `content` begins as zip archives do.
bool is_zip(std::string_view content);

class ZipArchive {
 public:
  /// Checks the whole directory, and every entry's own header against it; contents are looked at
  /// when read. `shown` names the archive in messages.
  /// Errors: CorruptData: no end record or something after it, records that contradict each other,
  /// lie outside of the archive or overlap, a name that comes twice or leaves the folder;
  /// Unsupported: links and other special files, encrypted entries, archives of several disks.
  ZipArchive(Bytes content, std::string shown);
  ZipArchive(const ZipArchive&) = delete;
  ZipArchive& operator=(const ZipArchive&) = delete;

  /// In the order of the archive's directory.
  const std::vector<ZipEntry>& entries() const { return entries_; }
  /// The entry, or nullptr.
  const ZipEntry* find(std::string_view name) const;

  /// The content: a view of the archive when stored, else unpacked. An entry larger than
  /// `max_bytes` is refused before memory is taken for it. Errors: CorruptData: larger, another
  /// size or CRC-32 than the archive says, no deflate stream; Unsupported: another method, or
  /// deflate in a build without zlib.
  Bytes read(const ZipEntry& entry, std::uint64_t max_bytes) const;

  /// What messages call an entry: "model.zip/weights.bin".
  std::string shown(std::string_view name) const;

 private:
  Bytes content_;
  std::string shown_;
  std::vector<ZipEntry> entries_;
  std::unordered_map<std::string_view, std::size_t> by_name_;  ///< the names are those of entries_
};

}  // namespace tfjs::io
