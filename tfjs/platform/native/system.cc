#include "tfjs/platform/posix/system.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>

#if __has_include(<linux/fs.h>)
#include <linux/fs.h>
#endif

#include "tfjs/base/error.h"

namespace tfjs::platform::posix {
namespace {

/// flock(2) on the folder itself: the system lets go of it when the process ends.
class Flock : public FolderLock {
 public:
  explicit Flock(Descriptor folder) : folder_(std::move(folder)) {}

 private:
  Descriptor folder_;
};

std::size_t page_size() {
  return static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

std::size_t whole_pages(std::size_t size) {
  return (size + page_size() - 1) / page_size() * page_size();
}

/// Reserved addresses, which files take from the front on. All are given back together, when no
/// Bytes of any of the files is left.
class Room : public MapRoom {
 public:
  Room(std::byte* begin, std::size_t size) : begin_(begin), size_(size) {}
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  ~Room() override { ::munmap(begin_, size_); }

  /// The content behind that of the file before; nullptr when there is no room or it cannot be
  /// mapped.
  std::byte* map(const Descriptor& file, std::size_t size) {
    if (size > size_ - used_) return nullptr;
    std::byte* place = begin_ + used_;
    void* memory = ::mmap(place, size, PROT_READ, MAP_PRIVATE | MAP_FIXED, file.number(), 0);
    if (memory == MAP_FAILED) {
      // The addresses may have been freed all the same, for anyone to take: ours end here.
      size_ = used_;
      return nullptr;
    }
    used_ += whole_pages(size);
    return place;
  }

 private:
  std::byte* begin_;
  std::size_t size_;
  std::size_t used_ = 0;
};

/// Drops the whole pages within `data`: clean pages of a private mapping are read from the file
/// again.
void drop_pages(std::span<const std::byte> data) {
  const auto page = static_cast<std::uintptr_t>(page_size());
  const auto begin = reinterpret_cast<std::uintptr_t>(data.data());
  const std::uintptr_t first = (begin + page - 1) / page * page;
  const std::uintptr_t last = (begin + data.size()) / page * page;
  if (first < last) ::madvise(reinterpret_cast<void*>(first), last - first, MADV_DONTNEED);
}

#ifdef RENAME_NOREPLACE
/// renameat2(2): 0, or an errno, which is ENOSYS when the system or file system has no such flag.
int rename_with(unsigned flag, const std::string& from, const std::string& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flag) == 0) return 0;
  const bool cannot = errno == ENOSYS || errno == EINVAL || errno == ENOTSUP || errno == EOPNOTSUPP;
  return cannot ? ENOSYS : errno;
}
#endif

}  // namespace

std::optional<Bytes> map_content(const Descriptor& file, std::size_t size,
                                 const std::shared_ptr<MapRoom>& room) {
  if (room != nullptr) {
    auto own = std::static_pointer_cast<Room>(room);
    if (std::byte* memory = own->map(file, size)) {
      return Bytes(std::move(own), {memory, size}, &drop_pages);
    }
  }
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (memory == MAP_FAILED) return std::nullopt;
  std::shared_ptr<const void> owner(memory, [size](void* mapped) { ::munmap(mapped, size); });
  return Bytes(std::move(owner), {static_cast<const std::byte*>(memory), size}, &drop_pages);
}

std::shared_ptr<MapRoom> reserve_room(std::span<const std::uint64_t> sizes) {
  std::size_t total = 0;
  for (std::uint64_t size : sizes) {
    if (size > SIZE_MAX / 4 || total > SIZE_MAX / 4) return nullptr;
    total += whole_pages(static_cast<std::size_t>(size));
  }
  if (total == 0) return nullptr;
  void* memory =
      ::mmap(nullptr, total, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (memory == MAP_FAILED) return nullptr;
  return std::make_shared<Room>(static_cast<std::byte*>(memory), total);
}

int exchange_paths(const std::string& a, const std::string& b) {
#ifdef RENAME_EXCHANGE
  return rename_with(RENAME_EXCHANGE, a, b);
#else
  return ENOSYS;
#endif
}

int rename_unless_there(const std::string& from, const std::string& to) {
#ifdef RENAME_NOREPLACE
  return rename_with(RENAME_NOREPLACE, from, to);
#else
  return ENOSYS;
#endif
}

bool clone_content(const Descriptor& from, const Descriptor& to) {
#ifdef FICLONE
  return ::ioctl(to.number(), FICLONE, from.number()) == 0;
#else
  return false;
#endif
}

std::unique_ptr<FolderLock> lock_folder(const std::string& path) {
  Descriptor folder = open_directory(AT_FDCWD, path, path);
  while (::flock(folder.number(), LOCK_EX | LOCK_NB) != 0) {
    if (errno == EWOULDBLOCK) return nullptr;
    if (errno != EINTR) throw unsupported("cannot lock folder ", quoted(path, 4096), " here");
  }
  return std::make_unique<Flock>(std::move(folder));
}

}  // namespace tfjs::platform::posix
