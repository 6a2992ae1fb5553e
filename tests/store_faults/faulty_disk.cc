#include "tests/store_faults/faulty_disk.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <new>

namespace tfjs::io {
namespace {

sqlite3_vfs* real_vfs = nullptr;
sqlite3_vfs faulty_vfs = {};
std::atomic<Fault> fault = Fault::None;
std::atomic<int> fault_step = 0;
std::atomic<bool> fault_stays = false;
std::atomic<int> step_count = 0;

[[noreturn]] void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

/// The fault of the step that begins now.
Fault next_step() {
  const int step = ++step_count;
  const bool is_due = step == fault_step || (fault_stays && step > fault_step);
  const Fault now = is_due ? fault.load() : Fault::None;
  if (now == Fault::Kill) die();
  return now;
}

/// Does a step, or what the plan has instead.
template <class Work>
int do_step(int error, Work work) {
  const Fault now = next_step();
  if (now == Fault::NoRoom) return SQLITE_FULL;
  if (now == Fault::Error) return error;
  const int code = work();
  if (now == Fault::KillInside) die();
  return code;
}

struct FaultyFile {
  sqlite3_file base;
  sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};

sqlite3_file* real_of(sqlite3_file* file) {
  return reinterpret_cast<FaultyFile*>(file)->real();
}

int close_file(sqlite3_file* file) {
  return real_of(file)->pMethods->xClose(real_of(file));
}
int read_file(sqlite3_file* file, void* out, int size, sqlite3_int64 offset) {
  return real_of(file)->pMethods->xRead(real_of(file), out, size, offset);
}
int write_file(sqlite3_file* file, const void* data, int size, sqlite3_int64 offset) {
  sqlite3_file* real = real_of(file);
  const Fault now = next_step();
  if (now == Fault::NoRoom) return SQLITE_FULL;
  if (now == Fault::Error) return SQLITE_IOERR_WRITE;
  const int part = now == Fault::KillInside ? size / 2 : size;
  const int code = real->pMethods->xWrite(real, data, part, offset);
  if (now == Fault::KillInside) die();
  return code;
}
int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
  sqlite3_file* real = real_of(file);
  return do_step(SQLITE_IOERR_TRUNCATE, [&] { return real->pMethods->xTruncate(real, size); });
}
int sync_file(sqlite3_file*, int) {
  return do_step(SQLITE_IOERR_FSYNC, [] { return SQLITE_OK; });
}
int file_size(sqlite3_file* file, sqlite3_int64* size) {
  return real_of(file)->pMethods->xFileSize(real_of(file), size);
}
int lock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xLock(real_of(file), level);
}
int unlock_file(sqlite3_file* file, int level) {
  return real_of(file)->pMethods->xUnlock(real_of(file), level);
}
int check_reserved_lock(sqlite3_file* file, int* is_locked) {
  return real_of(file)->pMethods->xCheckReservedLock(real_of(file), is_locked);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
  return real_of(file)->pMethods->xFileControl(real_of(file), operation, argument);
}
int sector_size(sqlite3_file* file) {
  return real_of(file)->pMethods->xSectorSize(real_of(file));
}
int device_characteristics(sqlite3_file* file) {
  return real_of(file)->pMethods->xDeviceCharacteristics(real_of(file));
}

// Version 1: no shared memory and no mapping, which a rollback journal does not use.
const sqlite3_io_methods faulty_methods = {
    1,
    close_file,
    read_file,
    write_file,
    truncate_file,
    sync_file,
    file_size,
    lock_file,
    unlock_file,
    check_reserved_lock,
    file_control,
    sector_size,
    device_characteristics,
};

int open_file(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* faulty = new (file) FaultyFile{};
  const auto work = [&] {
    const int code = real_vfs->xOpen(real_vfs, name, faulty->real(), flags, out_flags);
    if (code == SQLITE_OK) faulty->base.pMethods = &faulty_methods;
    return code;
  };
  if ((flags & SQLITE_OPEN_CREATE) == 0) return work();
  return do_step(SQLITE_CANTOPEN, work);
}

int remove_file(sqlite3_vfs*, const char* name, int) {
  return do_step(SQLITE_IOERR_DELETE, [&] { return real_vfs->xDelete(real_vfs, name, 0); });
}

}  // namespace

FaultyDisk::FaultyDisk() {
  real_vfs = sqlite3_vfs_find(nullptr);
  faulty_vfs = *real_vfs;
  faulty_vfs.zName = "faulty";
  faulty_vfs.pNext = nullptr;
  faulty_vfs.szOsFile = static_cast<int>(sizeof(FaultyFile)) + real_vfs->szOsFile;
  faulty_vfs.xOpen = open_file;
  faulty_vfs.xDelete = remove_file;
  sqlite3_vfs_register(&faulty_vfs, 1);
  plan_nothing();
}

FaultyDisk::~FaultyDisk() {
  plan_nothing();
  sqlite3_vfs_unregister(&faulty_vfs);
  sqlite3_vfs_register(real_vfs, 1);
}

void FaultyDisk::plan(Fault what, int at, bool stays) {
  fault = what;
  fault_step = at;
  fault_stays = stays;
  step_count = 0;
}

int FaultyDisk::steps() const {
  return step_count;
}

}  // namespace tfjs::io
