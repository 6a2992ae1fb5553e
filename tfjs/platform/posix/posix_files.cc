#include "tfjs/platform/posix/posix_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/failure.h"
#include "tfjs/platform/posix/posix_folder.h"
#include "tfjs/platform/posix/posix_writer.h"
#include "tfjs/platform/posix/system.h"
#include "tfjs/platform/posix/tree.h"

namespace tfjs::platform::posix {
namespace {

/// "a/b/" -> "a/b"; "/" stays.
std::string without_trailing_slashes(std::string path) {
  while (path.size() > 1 && path.back() == '/') path.pop_back();
  return path;
}

/// The folder that holds `path`, and the last name.
std::pair<std::string, std::string> split_last(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {".", path};
  return {slash == 0 ? "/" : without_trailing_slashes(path.substr(0, slash)),
          path.substr(slash + 1)};
}

std::optional<std::string> real_path(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> resolved(::realpath(path.c_str(), nullptr),
                                                        std::free);
  if (resolved) return std::string(resolved.get());
  if (errno != ENOENT) fail("resolve", path, errno);
  return std::nullopt;
}

/// Makes `path` and its missing parents; returns those made.
std::vector<std::string> make_missing(const std::string& path, mode_t mode) {
  // From the inside out, so that nothing is asked of parents that exist.
  const std::string trimmed = without_trailing_slashes(path);
  if (::mkdir(trimmed.c_str(), mode) == 0) return {trimmed};
  int error_number = errno;
  std::vector<std::string> made;
  if (error_number == ENOENT && split_last(trimmed).first != trimmed) {
    made = make_missing(split_last(trimmed).first, mode);
    if (::mkdir(trimmed.c_str(), mode) == 0) {
      made.push_back(trimmed);
      return made;
    }
    error_number = errno;
  }
  struct stat status;
  const bool is_known = ::stat(trimmed.c_str(), &status) == 0;
  if (!is_known && errno != ENOENT && errno != ENOTDIR) error_number = errno;
  if (!is_known || !S_ISDIR(status.st_mode)) fail("make folder", path, error_number);
  return made;
}

}  // namespace

std::optional<FileInfo> PosixFiles::info(const std::string& path) {
  check_path(path);
  struct stat status;
  if (::stat(path.c_str(), &status) == 0) return info_of(status);
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  fail("look at", path, errno);
}

Bytes PosixFiles::read(const std::string& path, std::uint64_t max_bytes) {
  check_path(path);
  const Descriptor file = open_regular(AT_FDCWD, path, path);
  const std::size_t size = size_of(file, path);
  if (size > max_bytes) {
    throw invalid_argument(quoted(path, 4096), " has ", size, " bytes, more than the limit of ",
                           max_bytes);
  }
  return read_content(file, size, path);
}

Bytes PosixFiles::map(const std::string& path) {
  check_path(path);
  return load_content(open_regular(AT_FDCWD, path, path), path);
}

std::shared_ptr<MapRoom> PosixFiles::make_room(std::span<const std::uint64_t> sizes) {
  return reserve_room(sizes);
}

std::shared_ptr<Folder> PosixFiles::open_folder(const std::string& path) {
  check_path(path);
  return std::make_shared<PosixFolder>(path);
}

std::vector<std::string> PosixFiles::list(const std::string& path) {
  return open_folder(path)->list();
}

std::string PosixFiles::resolve(const std::string& path) {
  check_path(path);
  std::string existing = without_trailing_slashes(path);
  std::string missing;
  for (;;) {
    if (const auto resolved = real_path(existing)) {
      if (missing.empty()) return *resolved;
      return *resolved + (resolved->back() == '/' ? "" : "/") + missing;
    }
    const auto [parent, name] = split_last(existing);
    if (name == ".." || existing == ".") fail("resolve", path, ENOENT);
    if (name != ".") missing = missing.empty() ? name : name + "/" + missing;
    existing = parent;
  }
}

void PosixFiles::make_folder(const std::string& path) {
  check_path(path);
  if (::mkdir(path.c_str(), 0777) != 0) fail("make folder", path, errno);
}

void PosixFiles::make_folders(const std::string& path) {
  check_path(path);
  make_missing(path, 0777);
}

void PosixFiles::make_private_folders(const std::string& path) {
  check_path(path);
  for (const std::string& made : make_missing(path, 0700)) sync_folder(split_last(made).first);
}

std::unique_ptr<FileWriter> PosixFiles::create_file(const std::string& path, bool replace) {
  check_path(path);
  return std::make_unique<PosixWriter>(path, replace);
}

void PosixFiles::rename(const std::string& from, const std::string& to) {
  check_path(from);
  check_path(to);
  if (::rename(from.c_str(), to.c_str()) != 0)
    fail(cat("rename ", quoted(from, 4096), " to"), to, errno);
}

void PosixFiles::rename_new(const std::string& from, const std::string& to) {
  check_path(from);
  check_path(to);
  const int error_number = rename_unless_there(from, to);
  if (error_number == 0) return;
  if (error_number != ENOSYS) fail(cat("rename ", quoted(from, 4096), " to"), to, error_number);
  link_tree(from, to);  // which replaces nothing either
  if (::unlink(from.c_str()) != 0) {
    const int reason = errno;
    ::unlink(to.c_str());
    fail("remove", from, reason);
  }
}

bool PosixFiles::exchange(const std::string& a, const std::string& b) {
  check_path(a);
  check_path(b);
  const int error_number = exchange_paths(a, b);
  if (error_number == ENOSYS) return false;
  if (error_number != 0) fail(cat("exchange ", quoted(a, 4096), " with"), b, error_number);
  return true;
}

void PosixFiles::link(const std::string& existing, const std::string& new_path) {
  check_path(existing);
  check_path(new_path);
  link_tree(existing, new_path);
}

bool PosixFiles::copy_permissions(const std::string& from, const std::string& to) {
  check_path(from);
  check_path(to);
  struct stat status, now;
  if (::stat(from.c_str(), &status) != 0) fail("look at", from, errno);
  if (::stat(to.c_str(), &now) != 0) fail("look at", to, errno);
  const bool is_owner_kept = (now.st_uid == status.st_uid && now.st_gid == status.st_gid) ||
                             ::chown(to.c_str(), status.st_uid, status.st_gid) == 0;
  // After the owner: changing that clears bits of the mode.
  if (::chmod(to.c_str(), status.st_mode & 07777) != 0) fail("set permissions of", to, errno);
  return is_owner_kept;
}

std::unique_ptr<FolderLock> PosixFiles::try_lock_folder(const std::string& path) {
  check_path(path);
  return lock_folder(path);
}

void PosixFiles::remove_file(const std::string& path) {
  check_path(path);
  if (::unlink(path.c_str()) != 0) fail("remove", path, errno);
}

bool PosixFiles::remove_empty_folder(const std::string& path) {
  check_path(path);
  if (::rmdir(path.c_str()) == 0) return true;
  if (errno == ENOTEMPTY || errno == EEXIST) return false;
  fail("remove folder", path, errno);
}

void PosixFiles::remove_tree(const std::string& path) {
  check_path(path);
  posix::remove_tree(path);
}

void PosixFiles::sync_folder(const std::string& path) {
  check_path(path);
  sync_to_disk(open_directory(AT_FDCWD, path, path), path);
}

}  // namespace tfjs::platform::posix
