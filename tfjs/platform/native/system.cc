#include "tfjs/platform/posix/system.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include <cerrno>
#include <cstdio>

#if __has_include(<linux/fs.h>)
#include <linux/fs.h>
#endif

namespace tfjs::platform::posix {

std::optional<Bytes> map_content(const Descriptor& file, std::size_t size) {
  void* memory = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
  if (memory == MAP_FAILED) return std::nullopt;
  std::shared_ptr<const void> owner(memory, [size](void* mapped) { ::munmap(mapped, size); });
  return Bytes(std::move(owner), {static_cast<const std::byte*>(memory), size});
}

int exchange_paths(const std::string& a, const std::string& b) {
#ifdef RENAME_EXCHANGE
  if (::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE) == 0) return 0;
  const bool cannot = errno == ENOSYS || errno == EINVAL || errno == ENOTSUP || errno == EOPNOTSUPP;
  return cannot ? ENOSYS : errno;
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

}  // namespace tfjs::platform::posix
