#include "tfjs/platform/posix/tree.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/descriptor.h"
#include "tfjs/platform/posix/failure.h"
#include "tfjs/platform/posix/system.h"

namespace tfjs::platform::posix {
namespace {

constexpr std::size_t kCopiedAtOnce = std::size_t{1} << 20;

void remove_entry(int folder, const std::string& name, const std::string& shown) {
  struct stat status;
  if (::fstatat(folder, name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
    fail("remove", shown, errno);
  if (!S_ISDIR(status.st_mode)) {
    if (::unlinkat(folder, name.c_str(), 0) != 0) fail("remove", shown, errno);
    return;
  }
  {
    const Descriptor opened = open_directory(folder, name, shown, O_NOFOLLOW);
    for (const std::string& inner : list_names(opened, shown)) {
      remove_entry(opened.number(), inner, shown + "/" + inner);
    }
  }
  if (::unlinkat(folder, name.c_str(), AT_REMOVEDIR) != 0) fail("remove", shown, errno);
}

void copy_content(const Descriptor& from, const std::string& existing, const Descriptor& to,
                  const std::string& new_path) {
  if (clone_content(from, to)) return;
  std::vector<std::byte> buffer(kCopiedAtOnce);
  for (;;) {
    const auto count = ::read(from.number(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("read", existing, errno);
    if (count == 0) return;
    write_all(to, {buffer.data(), static_cast<std::size_t>(count)}, new_path);
  }
}

void copy_file(const std::string& existing, const std::string& new_path, mode_t mode) {
  const Descriptor from = open_regular(AT_FDCWD, existing, existing);
  const Descriptor to = open_at(AT_FDCWD, new_path, O_WRONLY | O_CREAT | O_EXCL, 0600);
  if (!to) fail("write", new_path, errno);
  try {
    copy_content(from, existing, to, new_path);
    if (::fchmod(to.number(), mode & 07777) != 0) fail("write", new_path, errno);
    sync_to_disk(to, new_path);  // the original may be gone before the system would write
  } catch (...) {
    ::unlink(new_path.c_str());  // whoever asked for a second name has none
    throw;
  }
}

void copy_link(const std::string& existing, const std::string& new_path) {
  std::string target(4096, '\0');
  const auto size = ::readlink(existing.c_str(), target.data(), target.size());
  if (size < 0) fail("read link", existing, errno);
  target.resize(static_cast<std::size_t>(size));
  if (::symlink(target.c_str(), new_path.c_str()) != 0) fail("make link", new_path, errno);
}

}  // namespace

void remove_tree(const std::string& path) {
  remove_entry(AT_FDCWD, path, path);
}

void link_tree(const std::string& existing, const std::string& new_path) {
  struct stat status;
  if (::lstat(existing.c_str(), &status) != 0) fail("link", existing, errno);
  if (S_ISDIR(status.st_mode)) {
    const std::vector<std::string> names =
        list_names(open_directory(AT_FDCWD, existing, existing), existing);
    if (::mkdir(new_path.c_str(), 0700) != 0) fail("make folder", new_path, errno);
    for (const std::string& name : names) {
      link_tree(existing + "/" + name, new_path + "/" + name);
    }
    // Last: the folder may be one that nobody writes to.
    if (::chmod(new_path.c_str(), status.st_mode & 07777) != 0)
      fail("make folder", new_path, errno);
    return;
  }
  if (::linkat(AT_FDCWD, existing.c_str(), AT_FDCWD, new_path.c_str(), 0) == 0) return;
  if (errno == EEXIST || errno == ENOENT || errno == ENOTDIR) fail("link", new_path, errno);
  if (S_ISREG(status.st_mode)) {
    copy_file(existing, new_path, status.st_mode);
  } else if (S_ISLNK(status.st_mode)) {
    copy_link(existing, new_path);
  } else {
    fail("link", existing, errno);
  }
}

}  // namespace tfjs::platform::posix
