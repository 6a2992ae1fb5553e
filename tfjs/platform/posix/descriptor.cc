#include "tfjs/platform/posix/descriptor.h"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/failure.h"
#include "tfjs/platform/posix/system.h"

namespace tfjs::platform::posix {
namespace {

constexpr std::size_t kMappedFrom = 64 << 10;  // below, reading is cheaper than page faults
constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // systems limit one call to about 2 GiB

/// Calls `work` again while a signal interrupts it.
template <class Work>
auto retry(Work work) {
  for (;;) {
    const auto result = work();
    if (result >= 0 || errno != EINTR) return result;
  }
}

[[noreturn]] void refuse_kind(const std::string& shown, const FileInfo& info) {
  throw invalid_argument(quoted(shown, 4096), " is not a regular file",
                         info.is_folder() ? " but a folder" : "");
}

}  // namespace

Descriptor::~Descriptor() {
  if (number_ >= 0) ::close(number_);
}

Descriptor open_at(int folder, const std::string& path, int flags, int mode) {
  return Descriptor(
      retry([&] { return ::openat(folder, path.c_str(), flags | O_CLOEXEC | O_NOCTTY, mode); }));
}

FileInfo info_of(const struct stat& status) {
  const std::int64_t modified_ms =
      static_cast<std::int64_t>(status.st_mtim.tv_sec) * 1000 + status.st_mtim.tv_nsec / 1000000;
  if (S_ISREG(status.st_mode)) {
    return {FileInfo::Kind::File, static_cast<std::uint64_t>(status.st_size), modified_ms};
  }
  return {S_ISDIR(status.st_mode) ? FileInfo::Kind::Folder : FileInfo::Kind::Other, 0, modified_ms};
}

Descriptor open_regular(int folder, const std::string& path, const std::string& shown, int flags) {
  struct stat status;
  const int at_flags = (flags & O_NOFOLLOW) ? AT_SYMLINK_NOFOLLOW : 0;
  if (::fstatat(folder, path.c_str(), &status, at_flags) != 0) fail("open", shown, errno);
  if (!S_ISREG(status.st_mode)) refuse_kind(shown, info_of(status));
  // Not to hang should a FIFO have taken the file's place in between; looked at again once open.
  Descriptor file = open_at(folder, path, O_RDONLY | O_NONBLOCK | flags);
  if (!file) fail("open", shown, errno);
  if (::fstat(file.number(), &status) != 0) fail("open", shown, errno);
  if (!S_ISREG(status.st_mode)) refuse_kind(shown, info_of(status));
  return file;
}

Descriptor open_directory(int folder, const std::string& path, const std::string& shown,
                          int flags) {
  Descriptor opened = open_at(folder, path, O_RDONLY | O_DIRECTORY | flags);
  if (!opened) fail("open folder", shown, errno);
  return opened;
}

std::size_t size_of(const Descriptor& file, const std::string& shown) {
  struct stat status;
  if (::fstat(file.number(), &status) != 0) fail("read", shown, errno);
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > static_cast<std::uint64_t>(PTRDIFF_MAX)) {
    throw unsupported(quoted(shown, 4096), " has ", size,
                      " bytes, more than this build can address");
  }
  return static_cast<std::size_t>(size);
}

Bytes read_content(const Descriptor& file, std::size_t size, const std::string& shown) {
  if (size == 0) return {};
  return Bytes::make(size, [&](std::span<std::byte> out) {
    std::size_t done = 0;
    while (done < size) {
      const auto count = retry([&] {
        return ::pread(file.number(), out.data() + done, std::min(size - done, kMostAtOnce),
                       static_cast<off_t>(done));
      });
      if (count < 0) fail("read", shown, errno);
      if (count == 0) {
        throw unavailable("cannot read ", quoted(shown, 4096), ": it ended after ", done, " of ",
                          size, " bytes; is it being written?");
      }
      done += static_cast<std::size_t>(count);
    }
  });
}

Bytes load_content(const Descriptor& file, const std::string& shown,
                   const std::shared_ptr<MapRoom>& room) {
  const std::size_t size = size_of(file, shown);
  if (size >= kMappedFrom) {
    if (std::optional<Bytes> mapped = map_content(file, size, room)) return *std::move(mapped);
  }
  return read_content(file, size, shown);
}

std::vector<std::string> list_names(const Descriptor& folder, const std::string& shown) {
  // A descriptor of its own: reading moves the position that duplicates would share.
  Descriptor own = open_directory(folder.number(), ".", shown);
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::fdopendir(own.number()), ::closedir);
  if (!stream) fail("list", shown, errno);
  own.release();
  std::vector<std::string> names;
  for (;;) {
    errno = 0;
    const dirent* entry = ::readdir(stream.get());
    if (!entry) break;
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  if (errno != 0) fail("list", shown, errno);
  std::sort(names.begin(), names.end());
  return names;
}

void write_all(const Descriptor& file, std::span<const std::byte> data, const std::string& shown) {
  while (!data.empty()) {
    const auto count = retry(
        [&] { return ::write(file.number(), data.data(), std::min(data.size(), kMostAtOnce)); });
    if (count < 0) fail("write", shown, errno);
    if (count == 0) fail("write", shown, EIO);
    data = data.subspan(static_cast<std::size_t>(count));
  }
}

void sync_to_disk(const Descriptor& file, const std::string& shown) {
  // EINVAL: a file system without anything to wait for.
  if (retry([&] { return ::fsync(file.number()); }) != 0 && errno != EINVAL)
    fail("write", shown, errno);
}

}  // namespace tfjs::platform::posix
