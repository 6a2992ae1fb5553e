#include "tfjs/io/internal/zip_records.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/error.h"

namespace tfjs::io::internal {

namespace {

constexpr std::size_t kEndSize = 22;
constexpr std::size_t kLocatorSize = 20;
constexpr std::size_t kZip64EndSize = 56;
constexpr std::size_t kCentralHeaderSize = 46;
constexpr std::size_t kLongestComment = 0xFFFF;

std::string_view text_of(std::span<const std::byte> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// The part from `offset` on. Errors: CorruptData beyond the end.
std::span<const std::byte> from(std::span<const std::byte> archive, std::uint64_t offset,
                                const std::string& what) {
  if (offset > archive.size()) {
    throw corrupt_data(what, " should be at byte ", offset, ", but must lie within the first ",
                       archive.size());
  }
  return archive.subspan(static_cast<std::size_t>(offset));
}

void expect_signature(ZipFields& fields, std::uint32_t expected) {
  if (fields.u32() != expected) throw corrupt_data(fields.what(), " has another signature");
}

/// The end record that the rest of the archive is exactly: the last signature, so that nobody can
/// take another one for it.
std::size_t find_end(std::span<const std::byte> archive, const std::string& shown) {
  constexpr std::string_view kSignature = "PK\5\6";
  const std::size_t window = std::min(archive.size(), kEndSize + kLongestComment);
  const std::string_view text = text_of(archive.last(window));
  const std::size_t at = window < kEndSize ? std::string_view::npos : text.rfind(kSignature);
  if (at == std::string_view::npos) {
    throw corrupt_data(shown,
                       " is no complete zip archive: it has no end record (interrupted download?)");
  }
  return archive.size() - window + at;
}

/// A field of the end record, against zip64's if there is one.
void expect_same(std::uint64_t small, std::uint64_t mark, std::uint64_t large, const char* field,
                 const std::string& shown) {
  if (small != mark && small != large) {
    throw corrupt_data(shown, ": the end record says that the ", field, " is ", small,
                       ", the zip64 end record ", large);
  }
}

/// Reads zip64's end record, which ends where its locator begins, and compares what both say.
/// Returns its place.
std::uint64_t read_zip64_end(std::span<const std::byte> archive, std::size_t locator_at,
                             const std::string& shown, ZipDirectory& directory) {
  ZipFields locator(archive.subspan(locator_at, kLocatorSize),
                    cat(shown, ": its zip64 end locator"));
  expect_signature(locator, kZip64Locator);
  const std::uint32_t disk = locator.u32();
  const std::uint64_t at = locator.u64();
  if (disk != 0 || locator.u32() > 1) throw unsupported(shown, " is one of several archive disks");

  const std::string what = cat(shown, ": its zip64 end record");
  ZipFields end(from(archive.first(locator_at), at, what), what);
  if (end.left() < kZip64EndSize) throw corrupt_data(what, " is cut short");
  expect_signature(end, kZip64End);
  const std::uint64_t size = end.u64();
  if (size != end.left()) {
    throw corrupt_data(what, " should have ", size, " bytes, but ", end.left(),
                       " are between it and its locator");
  }
  end.u16();  // made by
  end.u16();  // version needed
  if (end.u32() != 0 || end.u32() != 0)
    throw unsupported(shown, " is one of several archive disks");
  const std::uint64_t count_here = end.u64();
  const ZipDirectory large = [&] {
    ZipDirectory read;
    read.count = end.u64();
    read.size = end.u64();
    read.offset = end.u64();
    return read;
  }();
  if (count_here != large.count) throw unsupported(shown, " is one of several archive disks");
  expect_same(directory.count, kZip64Mark16, large.count, "number of entries", shown);
  expect_same(directory.size, kZip64Mark, large.size, "size of the directory", shown);
  expect_same(directory.offset, kZip64Mark, large.offset, "place of the directory", shown);
  directory = large;
  return at;
}

/// The data of the zip64 extra field; empty when there is none.
std::span<const std::byte> zip64_extra(std::span<const std::byte> extra, const std::string& what) {
  std::span<const std::byte> found;
  bool is_found = false;
  ZipFields fields(extra, cat(what, ": an extra field"));
  // Fewer than 4 bytes are padding: some tools align entries that way.
  while (fields.left() >= 4) {
    const std::uint16_t id = fields.u16();
    const std::span<const std::byte> data = fields.take(fields.u16());
    if (id != kZip64Extra) continue;
    if (is_found) throw corrupt_data(what, " has two zip64 extra fields");
    is_found = true;
    found = data;
  }
  return found;
}

void refuse_zip64_mark(const ZipHeader& header, const std::string& what) {
  if (header.size == kZip64Mark || header.packed_size == kZip64Mark) {
    throw corrupt_data(what, " says that its size is in a zip64 extra field, but has none");
  }
}

/// Puts the fields that are too large for 32 bits in place, which are in the extra field in this
/// order.
void read_zip64_sizes(ZipFields& large, ZipHeader& header) {
  if (header.size == kZip64Mark) header.size = large.u64();
  if (header.packed_size == kZip64Mark) header.packed_size = large.u64();
}

}  // namespace

ZipFields::ZipFields(std::span<const std::byte> bytes, std::string what)
    : bytes_(bytes), what_(std::move(what)) {}

std::span<const std::byte> ZipFields::take(std::uint64_t size) {
  if (size > bytes_.size()) {
    throw corrupt_data(what_, " ends too early: ", size, " more bytes are needed, ", bytes_.size(),
                       " are there");
  }
  const std::span<const std::byte> taken = bytes_.first(static_cast<std::size_t>(size));
  bytes_ = bytes_.subspan(taken.size());
  return taken;
}

std::string_view ZipFields::text(std::uint64_t size) {
  return text_of(take(size));
}

std::uint64_t ZipFields::u64() {
  std::uint64_t value = 0;
  int shift = 0;
  for (const std::byte byte : take(8)) {
    value |= static_cast<std::uint64_t>(byte) << shift;
    shift += 8;
  }
  return value;
}

std::uint32_t ZipFields::u32() {
  const std::uint32_t low = u16();
  return low | static_cast<std::uint32_t>(u16()) << 16;
}

std::uint16_t ZipFields::u16() {
  const std::span<const std::byte> bytes = take(2);
  return static_cast<std::uint16_t>(static_cast<unsigned>(bytes[0]) |
                                    static_cast<unsigned>(bytes[1]) << 8);
}

ZipDirectory find_directory(std::span<const std::byte> archive, const std::string& shown) {
  const std::size_t end_at = find_end(archive, shown);
  ZipFields end(archive.subspan(end_at), cat(shown, ": its end record"));
  expect_signature(end, kZipEnd);
  const bool is_one_disk = end.u16() == 0 && end.u16() == 0;
  const std::uint16_t count_here = end.u16();
  ZipDirectory directory;
  directory.count = end.u16();
  directory.size = end.u32();
  directory.offset = end.u32();
  if (!is_one_disk || count_here != directory.count) {
    throw unsupported(shown, " is one of several archive disks");
  }
  const std::uint16_t comment = end.u16();
  if (comment != end.left()) {
    throw corrupt_data(shown, ": after its end record there are ", end.left(),
                       " bytes, but the comment has ", comment);
  }

  std::uint64_t directory_end = end_at;
  const bool has_zip64 = end_at >= kLocatorSize &&
                         text_of(archive.subspan(end_at - kLocatorSize)).starts_with("PK\6\7");
  if (has_zip64) directory_end = read_zip64_end(archive, end_at - kLocatorSize, shown, directory);
  if (directory.offset > directory_end || directory_end - directory.offset != directory.size) {
    throw corrupt_data(shown, ": its directory of ", directory.size, " bytes at byte ",
                       directory.offset, " does not end where the end record begins, at byte ",
                       directory_end);
  }
  if (directory.count > directory.size / kCentralHeaderSize) {
    throw corrupt_data(shown, ": its directory of ", directory.size, " bytes cannot have ",
                       directory.count, " entries");
  }
  return directory;
}

ZipCentralHeader take_central_header(ZipFields& directory) {
  expect_signature(directory, kZipCentralHeader);
  ZipCentralHeader header;
  directory.u16();  // made by
  directory.u16();  // version needed
  header.flags = directory.u16();
  header.method = directory.u16();
  directory.u32();  // time and date
  header.crc32 = directory.u32();
  header.packed_size = directory.u32();
  header.size = directory.u32();
  const std::uint16_t name_size = directory.u16();
  const std::uint16_t extra_size = directory.u16();
  const std::uint16_t comment_size = directory.u16();
  const std::uint16_t disk = directory.u16();
  directory.u16();  // internal attributes
  header.unix_mode = static_cast<std::uint16_t>(directory.u32() >> 16);
  header.header_offset = directory.u32();
  header.name = directory.text(name_size);
  const std::string what = cat(directory.what(), ": entry ", quoted(header.name));
  const std::span<const std::byte> extra = zip64_extra(directory.take(extra_size), what);
  directory.take(comment_size);

  if (!extra.empty()) {
    ZipFields large(extra, cat(what, ": its zip64 extra field"));
    read_zip64_sizes(large, header);
    if (header.header_offset == kZip64Mark) header.header_offset = large.u64();
  } else {
    refuse_zip64_mark(header, what);
  }
  if (disk != 0) throw unsupported(what, " is on another archive disk");
  return header;
}

ZipLocalHeader read_local_header(std::span<const std::byte> archive, std::uint64_t offset,
                                 const std::string& what) {
  const std::string header_what = cat(what, ": its header");
  ZipFields fields(from(archive, offset, header_what), header_what);
  expect_signature(fields, kZipLocalHeader);
  ZipLocalHeader header;
  fields.u16();  // version needed
  header.flags = fields.u16();
  header.method = fields.u16();
  fields.u32();  // time and date
  header.crc32 = fields.u32();
  header.packed_size = fields.u32();
  header.size = fields.u32();
  const std::uint16_t name_size = fields.u16();
  const std::uint16_t extra_size = fields.u16();
  header.name = fields.text(name_size);
  const std::span<const std::byte> extra = zip64_extra(fields.take(extra_size), what);
  if (!extra.empty()) {
    ZipFields large(extra, cat(what, ": its zip64 extra field"));
    read_zip64_sizes(large, header);
  } else {
    refuse_zip64_mark(header, what);
  }
  header.data_offset = archive.size() - fields.left();
  return header;
}

std::optional<std::uint64_t> descriptor_length(std::span<const std::byte> rest,
                                               const ZipHeader& header) {
  for (const bool has_signature : {true, false}) {
    for (const std::size_t number_size : {4, 8}) {
      const std::size_t length = (has_signature ? 8 : 4) + 2 * number_size;
      if (rest.size() < length) continue;
      ZipFields fields(rest.first(length), "data descriptor");
      const auto number = [&] { return number_size == 4 ? fields.u32() : fields.u64(); };
      if (has_signature && fields.u32() != kZipDescriptor) continue;
      const bool is_same =
          fields.u32() == header.crc32 && number() == header.packed_size && number() == header.size;
      if (is_same) return length;
    }
  }
  return std::nullopt;
}

}  // namespace tfjs::io::internal
