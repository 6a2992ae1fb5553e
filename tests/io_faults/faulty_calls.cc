// The system calls of the platform's files (tfjs/platform/posix, tfjs/platform/native), each with a
// stand-in that does the call or what the plan of FaultyFiles has instead. With the linker's option
// --wrap=CALL every use of CALL in the program goes to __wrap_CALL, and __real_CALL is the call
// itself, or what a sanitizer has in its place. One line in CMakeLists.txt names the same calls.
#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>

#include "tests/io_faults/faulty_plan.h"
#include "tfjs/base/error.h"

// Declares __real_CALL as real_CALL and the stand-in, to be defined right after.
#define STAND_IN(result, call, ...)                                  \
  extern "C" result real_##call(__VA_ARGS__) asm("__real_" #call);   \
  extern "C" result faulty_##call(__VA_ARGS__) asm("__wrap_" #call); \
  extern "C" result faulty_##call(__VA_ARGS__)

namespace tfjs::io {
namespace {

using kind::kChanges;
using kind::kIsWrite;
using kind::kMayBeInterrupted;
using kind::kNeedsRoom;
using kind::kReads;

/// Where a descriptor leads. Leaves errno as it is.
std::string path_of(int descriptor) {
  const int before = errno;
  std::string target(4096, '\0');
  const auto size =
      ::readlink(cat("/proc/self/fd/", descriptor).c_str(), target.data(), target.size());
  errno = before;
  target.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
  return target;
}

std::string path_at(int folder, const char* path) {
  if (path[0] == '/' || folder == AT_FDCWD) return path;
  return cat(path_of(folder), '/', path);
}

int error_number_of(Fault fault) {
  if (fault == Fault::Error) return EIO;
  if (fault == Fault::NoRoom) return ENOSPC;
  return fault == Fault::Interrupted ? EINTR : 0;
}

/// The fault of a call, which begins now; `path` tells on what and is asked only when that matters.
template <class Path>
Fault fault_of(int kinds, const char* name, Path path) {
  if (!is_planned()) return Fault::None;
  const std::string on = path();
  return is_in_faulty_folder(on) ? next_fault(kinds, name, on) : Fault::None;
}

/// Does `work`, or returns `failed` with errno set.
template <class Path, class Result, class Work>
Result do_call(int kinds, const char* name, Path path, Result failed, Work work) {
  const Fault fault = fault_of(kinds, name, path);
  if (const int error_number = error_number_of(fault)) {
    errno = error_number;
    return failed;
  }
  const Result result = work();
  if (fault == Fault::Kill) die();
  return result;
}

}  // namespace

// What changes files.

STAND_IN(int, openat, int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  const int change = (flags & O_CREAT) ? kChanges | kNeedsRoom : kReads;
  return do_call(
      change | kMayBeInterrupted, "openat", [&] { return path_at(folder, path); }, -1,
      [&] { return real_openat(folder, path, flags, mode); });
}

STAND_IN(ssize_t, write, int file, const void* data, size_t size) {
  const Fault fault = fault_of(kChanges | kNeedsRoom | kIsWrite | kMayBeInterrupted, "write",
                               [&] { return path_of(file); });
  if (const int error_number = error_number_of(fault)) {
    errno = error_number;
    return -1;
  }
  const bool is_half = fault == Fault::ShortWrite || fault == Fault::Kill;
  const ssize_t count = real_write(file, data, is_half ? (size + 1) / 2 : size);
  if (fault == Fault::Kill) die();
  return count;
}

STAND_IN(int, fsync, int file) {
  const auto path = [&] { return path_of(file); };
  return do_call(kChanges | kNeedsRoom | kMayBeInterrupted, "fsync", path, -1,
                 [&] { return is_faulty() && is_in_faulty_folder(path()) ? 0 : real_fsync(file); });
}

/// Only files that were written: closing others tells nothing. It always closes, as on Linux.
STAND_IN(int, close, int file) {
  if (!is_planned() || (::fcntl(file, F_GETFL) & O_ACCMODE) == O_RDONLY) return real_close(file);
  const std::string path = path_of(file);
  const int result = real_close(file);
  return do_call(
      kChanges | kNeedsRoom | kMayBeInterrupted, "close", [&] { return path; }, -1,
      [&] { return result; });
}

STAND_IN(int, mkdir, const char* path, mode_t mode) {
  return do_call(
      kChanges | kNeedsRoom, "mkdir", [&] { return path; }, -1,
      [&] { return real_mkdir(path, mode); });
}

STAND_IN(int, rename, const char* from, const char* to) {
  return do_call(
      kChanges | kNeedsRoom, "rename", [&] { return to; }, -1,
      [&] { return real_rename(from, to); });
}

STAND_IN(int, renameat2, int from_folder, const char* from, int to_folder, const char* to,
         unsigned flags) {
  const auto path = [&] { return path_at(to_folder, to); };
  return do_call(kChanges | kNeedsRoom, "renameat2", path, -1, [&] {
    if (!is_faulty() || !is_in_faulty_folder(path()) || !is_exchange_forbidden()) {
      return real_renameat2(from_folder, from, to_folder, to, flags);
    }
    errno = EINVAL;
    return -1;
  });
}

STAND_IN(int, linkat, int from_folder, const char* from, int to_folder, const char* to, int flags) {
  const auto path = [&] { return path_at(to_folder, to); };
  return do_call(kChanges | kNeedsRoom, "linkat", path, -1, [&] {
    if (!is_faulty() || !is_in_faulty_folder(path()) || !are_links_forbidden()) {
      return real_linkat(from_folder, from, to_folder, to, flags);
    }
    errno = EPERM;
    return -1;
  });
}

STAND_IN(int, symlink, const char* target, const char* path) {
  return do_call(
      kChanges | kNeedsRoom, "symlink", [&] { return path; }, -1,
      [&] { return real_symlink(target, path); });
}

/// Of the requests only FICLONE is used.
STAND_IN(int, ioctl, int file, unsigned long request, ...) {
  va_list rest;
  va_start(rest, request);
  void* argument = va_arg(rest, void*);
  va_end(rest);
  return do_call(
      kChanges | kNeedsRoom, "ioctl", [&] { return path_of(file); }, -1,
      [&] { return real_ioctl(file, request, argument); });
}

STAND_IN(int, unlink, const char* path) {
  return do_call(
      kChanges, "unlink", [&] { return path; }, -1, [&] { return real_unlink(path); });
}

STAND_IN(int, unlinkat, int folder, const char* path, int flags) {
  return do_call(
      kChanges, "unlinkat", [&] { return path_at(folder, path); }, -1,
      [&] { return real_unlinkat(folder, path, flags); });
}

STAND_IN(int, rmdir, const char* path) {
  return do_call(
      kChanges, "rmdir", [&] { return path; }, -1, [&] { return real_rmdir(path); });
}

STAND_IN(int, chmod, const char* path, mode_t mode) {
  return do_call(
      kChanges, "chmod", [&] { return path; }, -1, [&] { return real_chmod(path, mode); });
}

STAND_IN(int, fchmod, int file, mode_t mode) {
  return do_call(
      kChanges, "fchmod", [&] { return path_of(file); }, -1,
      [&] { return real_fchmod(file, mode); });
}

STAND_IN(int, chown, const char* path, uid_t user, gid_t group) {
  return do_call(
      kChanges, "chown", [&] { return path; }, -1, [&] { return real_chown(path, user, group); });
}

// What reads.

STAND_IN(ssize_t, read, int file, void* data, size_t size) {
  return do_call(
      kReads | kMayBeInterrupted, "read", [&] { return path_of(file); }, ssize_t{-1},
      [&] { return real_read(file, data, size); });
}

STAND_IN(ssize_t, pread, int file, void* data, size_t size, off_t offset) {
  return do_call(
      kReads | kMayBeInterrupted, "pread", [&] { return path_of(file); }, ssize_t{-1},
      [&] { return real_pread(file, data, size, offset); });
}

STAND_IN(void*, mmap, void* place, size_t size, int protection, int flags, int file, off_t offset) {
  if (file < 0) return real_mmap(place, size, protection, flags, file, offset);
  return do_call(
      kReads, "mmap", [&] { return path_of(file); }, MAP_FAILED,
      [&] { return real_mmap(place, size, protection, flags, file, offset); });
}

STAND_IN(int, stat, const char* path, struct stat* status) {
  return do_call(
      kReads, "stat", [&] { return path; }, -1, [&] { return real_stat(path, status); });
}

STAND_IN(int, lstat, const char* path, struct stat* status) {
  return do_call(
      kReads, "lstat", [&] { return path; }, -1, [&] { return real_lstat(path, status); });
}

STAND_IN(int, fstat, int file, struct stat* status) {
  return do_call(
      kReads, "fstat", [&] { return path_of(file); }, -1, [&] { return real_fstat(file, status); });
}

STAND_IN(int, fstatat, int folder, const char* path, struct stat* status, int flags) {
  return do_call(
      kReads, "fstatat", [&] { return path_at(folder, path); }, -1,
      [&] { return real_fstatat(folder, path, status, flags); });
}

STAND_IN(DIR*, fdopendir, int folder) {
  return do_call(
      kReads, "fdopendir", [&] { return path_of(folder); }, static_cast<DIR*>(nullptr),
      [&] { return real_fdopendir(folder); });
}

STAND_IN(dirent*, readdir, DIR* folder) {
  return do_call(
      kReads, "readdir", [&] { return path_of(::dirfd(folder)); }, static_cast<dirent*>(nullptr),
      [&] { return real_readdir(folder); });
}

STAND_IN(char*, realpath, const char* path, char* resolved) {
  return do_call(
      kReads, "realpath", [&] { return path; }, static_cast<char*>(nullptr),
      [&] { return real_realpath(path, resolved); });
}

STAND_IN(int, flock, int folder, int operation) {
  return do_call(
      kReads | kMayBeInterrupted, "flock", [&] { return path_of(folder); }, -1,
      [&] { return real_flock(folder, operation); });
}

}  // namespace tfjs::io

#undef STAND_IN
