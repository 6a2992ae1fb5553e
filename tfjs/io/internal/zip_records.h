// The records of a zip archive (PKWARE's APPNOTE.TXT 6.3.9), each read on its own. What must hold
// between them is the business of zip_archive.cc.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tfjs::io::internal {

inline constexpr std::uint32_t kZipLocalHeader = 0x04034b50;  // "PK\3\4", and so on
inline constexpr std::uint32_t kZipCentralHeader = 0x02014b50;
inline constexpr std::uint32_t kZipEnd = 0x06054b50;
inline constexpr std::uint32_t kZip64End = 0x06064b50;
inline constexpr std::uint32_t kZip64Locator = 0x07064b50;
inline constexpr std::uint32_t kZipDescriptor = 0x08074b50;

inline constexpr std::uint16_t kZip64Extra = 0x0001;
inline constexpr std::uint32_t kZip64Mark = 0xFFFFFFFF;  // "look into the zip64 extra field"
inline constexpr std::uint16_t kZip64Mark16 = 0xFFFF;

inline constexpr std::uint16_t kZipEncrypted = 1 << 0 | 1 << 6 | 1 << 13;
inline constexpr std::uint16_t kZipHasDescriptor = 1 << 3;
inline constexpr std::uint16_t kZipPatch = 1 << 5;
inline constexpr std::uint16_t kZipUtf8 = 1 << 11;

/// Little-endian numbers and texts one after the other.
class ZipFields {
 public:
  /// `what` names the record in messages.
  ZipFields(std::span<const std::byte> bytes, std::string what);

  // Errors: CorruptData when the bytes end before the field.
  std::uint16_t u16();
  std::uint32_t u32();
  std::uint64_t u64();
  std::span<const std::byte> take(std::uint64_t size);
  std::string_view text(std::uint64_t size);

  std::size_t left() const { return bytes_.size(); }
  const std::string& what() const { return what_; }

 private:
  std::span<const std::byte> bytes_;
  std::string what_;
};

/// Where the central directory is: count headers in [offset, offset + size).
struct ZipDirectory {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t count = 0;
};

/// From the record at the very end, and zip64's where it has one.
/// Errors: CorruptData, Unsupported (several disks).
ZipDirectory find_directory(std::span<const std::byte> archive, const std::string& shown);

/// What central and local headers have in common.
struct ZipHeader {
  std::string_view name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint32_t crc32 = 0;
  std::uint64_t packed_size = 0;
  std::uint64_t size = 0;
};

struct ZipCentralHeader : ZipHeader {
  std::uint16_t unix_mode = 0;      ///< type and permissions; 0 when the archive does not say
  std::uint64_t header_offset = 0;  ///< of the local header
};

/// Takes the next header of the central directory. Errors: CorruptData, Unsupported.
ZipCentralHeader take_central_header(ZipFields& directory);

struct ZipLocalHeader : ZipHeader {
  std::uint64_t data_offset = 0;
};

/// Errors: CorruptData.
ZipLocalHeader read_local_header(std::span<const std::byte> archive, std::uint64_t offset,
                                 const std::string& what);

/// The length of the data descriptor at the start of `rest`, if it is one that says the same as
/// `header`. It comes in four forms: with or without signature, for 32 or 64 bits.
std::optional<std::uint64_t> descriptor_length(std::span<const std::byte> rest,
                                               const ZipHeader& header);

}  // namespace tfjs::io::internal
