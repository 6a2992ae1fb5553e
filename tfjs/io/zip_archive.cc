// Readers of zip files differ in which of the redundant records they believe; files that mean
// different things to different readers live from that. Here all records must agree: the central
// directory fills the space before the end record, each of its headers says the same as the local
// one it points to (and as the data descriptor, where there is one), and the parts of the archive
// do not overlap, so that a small archive cannot unpack to a large one by being read many times.
#include "tfjs/io/zip_archive.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "tfjs/base/crc32.h"
#include "tfjs/base/error.h"
#include "tfjs/io/internal/zip_records.h"
#include "tfjs/platform/inflate.h"

namespace tfjs::io {

namespace {

using internal::ZipCentralHeader;
using internal::ZipFields;
using internal::ZipLocalHeader;

constexpr std::uint16_t kStored = 0;
constexpr std::uint16_t kDeflated = 8;
constexpr std::uint64_t kBestDeflate = 1032;  // 258 bytes from 2 bits

constexpr std::uint64_t kMostInMemory = std::numeric_limits<std::size_t>::max() / 2;

constexpr std::uint16_t kFileType = 0170000;  // of a Unix mode
constexpr std::uint16_t kLink = 0120000;
constexpr std::uint16_t kFile = 0100000;
constexpr std::uint16_t kFolder = 0040000;

bool leaves_its_folder(std::string_view name) {
  if (name.starts_with('/') || name.starts_with('\\')) return true;
  while (!name.empty()) {
    const std::string_view part = name.substr(0, name.find_first_of("/\\"));
    if (part == "..") return true;
    name.remove_prefix(std::min(name.size(), part.size() + 1));
  }
  return false;
}

void check_central_header(const ZipCentralHeader& header, const std::string& what) {
  if (header.name.empty()) throw corrupt_data(what, ": the name is empty");
  if (header.name.find('\0') != std::string_view::npos) {
    throw corrupt_data(what, ": the name holds a NUL character");
  }
  if (leaves_its_folder(header.name)) {
    throw corrupt_data(what, ": the name leads out of the archive's folder");
  }
  if ((header.flags & internal::kZipEncrypted) != 0) throw unsupported(what, " is encrypted");
  if ((header.flags & internal::kZipPatch) != 0) throw unsupported(what, " is a patch");
  const int type = header.unix_mode & kFileType;
  if (type == kLink) throw unsupported(what, " is a link; an archive may hold files only");
  if (type != 0 && type != kFile && type != kFolder) {
    throw unsupported(what, " is a device or other special file");
  }
  if (header.method == kStored && header.packed_size != header.size) {
    throw corrupt_data(what, " is stored as it is, but has ", header.packed_size,
                       " bytes in the archive and ", header.size, " outside");
  }
  if (header.method == kDeflated && header.size / kBestDeflate > header.packed_size) {
    throw corrupt_data(what, ": no deflate stream of ", header.packed_size, " bytes unpacks to ",
                       header.size);
  }
}

/// A number of the local header; with a descriptor it may be left out there.
void expect_same(std::uint64_t central, std::uint64_t local, bool may_be_absent, const char* field,
                 const std::string& what) {
  if (local == central || (may_be_absent && local == 0)) return;
  throw corrupt_data(what, ": its ", field, " is ", central, " in the directory, but ", local,
                     " in its own header");
}

void check_agreement(const ZipCentralHeader& central, const ZipLocalHeader& local,
                     const std::string& what) {
  if (central.name != local.name) {
    throw corrupt_data(what, " is called ", quoted(local.name), " in its own header");
  }
  constexpr std::uint16_t kFlags = internal::kZipEncrypted | internal::kZipHasDescriptor |
                                   internal::kZipPatch | internal::kZipUtf8;
  expect_same(central.flags & kFlags, local.flags & kFlags, false, "set of flags", what);
  expect_same(central.method, local.method, false, "method", what);
  const bool has_descriptor = (local.flags & internal::kZipHasDescriptor) != 0;
  expect_same(central.crc32, local.crc32, has_descriptor, "CRC-32", what);
  expect_same(central.packed_size, local.packed_size, has_descriptor, "packed size", what);
  expect_same(central.size, local.size, has_descriptor, "size", what);
}

struct ByteRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
  std::size_t entry = 0;
};

/// The part of the archive that an entry takes, with its header and descriptor. Sets where its data
/// begins.
ByteRange place_of(const ZipCentralHeader& header, std::span<const std::byte> archive,
                   const std::string& what, ZipEntry& entry) {
  const ZipLocalHeader local = internal::read_local_header(archive, header.header_offset, what);
  check_agreement(header, local, what);
  entry.data_offset = local.data_offset;
  const std::uint64_t left = archive.size() - local.data_offset;
  if (header.packed_size > left) {
    throw corrupt_data(what, " needs ", header.packed_size, " bytes at byte ", local.data_offset,
                       ", but the directory begins ", left, " bytes further");
  }
  std::uint64_t end = local.data_offset + header.packed_size;
  if ((header.flags & internal::kZipHasDescriptor) != 0) {
    const auto length =
        internal::descriptor_length(archive.subspan(static_cast<std::size_t>(end)), header);
    if (!length) {
      throw corrupt_data(what, ": its data descriptor does not say what the directory says");
    }
    end += *length;
  }
  return {header.header_offset, end, 0};
}

void check_no_overlap(std::vector<ByteRange> ranges, const std::vector<ZipEntry>& entries,
                      const std::string& shown) {
  std::sort(ranges.begin(), ranges.end(),
            [](const ByteRange& a, const ByteRange& b) { return a.begin < b.begin; });
  for (std::size_t i = 1; i < ranges.size(); ++i) {
    if (ranges[i].begin < ranges[i - 1].end) {
      throw corrupt_data(shown, ": entries ", quoted(entries[ranges[i - 1].entry].name), " and ",
                         quoted(entries[ranges[i].entry].name), " overlap");
    }
  }
}

}  // namespace

bool is_zip(std::string_view content) {
  return content.starts_with("PK\3\4") || content.starts_with("PK\5\6");
}

ZipArchive::ZipArchive(Bytes content, std::string shown)
    : content_(std::move(content)), shown_(std::move(shown)) {
  const internal::ZipDirectory directory = internal::find_directory(content_.span(), shown_);
  const auto directory_at = static_cast<std::size_t>(directory.offset);
  const std::span<const std::byte> before = content_.span().first(directory_at);
  ZipFields fields(content_.span().subspan(directory_at, static_cast<std::size_t>(directory.size)),
                   cat(shown_, ": its directory"));
  std::vector<ByteRange> ranges;
  entries_.reserve(static_cast<std::size_t>(directory.count));  // by_name_ views the names
  for (std::size_t i = 0; i < directory.count; ++i) {
    const ZipCentralHeader header = internal::take_central_header(fields);
    const std::string what = this->shown(header.name);
    check_central_header(header, what);
    ZipEntry entry{
        std::string(header.name), header.size, header.packed_size, 0, header.crc32, header.method};
    ByteRange range = place_of(header, before, what, entry);
    range.entry = i;
    ranges.push_back(range);
    entries_.push_back(std::move(entry));
    if (!by_name_.emplace(entries_.back().name, i).second) {
      throw corrupt_data(shown_, ": entry ", quoted(header.name), " is there twice");
    }
  }
  if (fields.left() > 0) {
    throw corrupt_data(shown_, ": its directory has ", fields.left(), " bytes after its ",
                       directory.count, " entries");
  }
  check_no_overlap(std::move(ranges), entries_, shown_);
}

const ZipEntry* ZipArchive::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &entries_[found->second];
}

std::string ZipArchive::shown(std::string_view name) const {
  const std::string safe = quoted(name, 4096);
  return cat(shown_, '/', std::string_view(safe).substr(1, safe.size() - 2));
}

Bytes ZipArchive::read(const ZipEntry& entry, std::uint64_t max_bytes) const {
  const std::string what = shown(entry.name);
  if (entry.size > max_bytes) {
    throw corrupt_data(what, " has ", entry.size, " bytes, more than the limit of ", max_bytes);
  }
  const Bytes packed = content_.slice(static_cast<std::size_t>(entry.data_offset),
                                      static_cast<std::size_t>(entry.packed_size));
  Bytes content;
  if (entry.method == kStored) {
    content = packed;
  } else if (entry.method == kDeflated) {
    if (entry.size > kMostInMemory) {
      throw unavailable(what, " unpacks to ", entry.size,
                        " bytes, too many for this machine's memory");
    }
    content = Bytes::make(static_cast<std::size_t>(entry.size), [&](std::span<std::byte> out) {
      platform::inflate(packed.span(), out, what);
    });
  } else {
    throw unsupported(what, " is compressed by method ", entry.method,
                      "; known are 0 (stored) and 8 (deflate)");
  }
  const std::uint32_t found = crc32(content.span());
  if (found != entry.crc32) {
    throw corrupt_data(what, " is damaged: its CRC-32 is ", found, ", but the archive says ",
                       entry.crc32);
  }
  return content;
}

}  // namespace tfjs::io
