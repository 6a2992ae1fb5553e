// A file system that fails when told. The linker (CMakeLists.txt) leads the system calls of the
// platform's files through faulty_calls.cc; while a FaultyFiles lives, those that concern its
// folder are counted, and the one that a test chose fails or kills the process. It waits for no
// real disk: what a killed process wrote stays in the system.
//
//   FaultyFiles files(folder.path());
//   files.plan(Fault::Error, 7);      // EIO at the seventh call
//   save(...);
//   files.plan_nothing();
#pragma once

#include <string>

namespace tfjs::io {

/// What happens, and which calls count for it.
enum class Fault {
  None,
  Error,        ///< EIO; every call counts, those that only read too
  NoRoom,       ///< ENOSPC; calls that may need room on the disk
  ShortWrite,   ///< half is written, with success; writes
  Interrupted,  ///< EINTR; calls that a signal may interrupt
  /// The process is killed after half of a write, or after another call that changes files: which
  /// is before the next one.
  Kill
};

/// There is one at a time.
class FaultyFiles {
 public:
  /// Calls on `folder` and what is below it count.
  explicit FaultyFiles(const std::string& folder);
  FaultyFiles(const FaultyFiles&) = delete;
  FaultyFiles& operator=(const FaultyFiles&) = delete;
  ~FaultyFiles();

  /// From now on: `fault` at the call `at` of those that count (the first is 1), and at all later
  /// ones if `stays`.
  void plan(Fault fault, int at, bool stays = false);
  void plan_nothing() { plan(Fault::None, 0); }
  /// Calls since the last plan that counted for its fault.
  int count() const;
  /// The first call that failed since the last plan, as "unlinkat /tmp/folder/name"; "" if none.
  std::string failed_call() const;
  /// That call was one that makes or fills something, or gives it its place.
  bool has_failed_at_building() const;

  /// renameat2 takes no flags: EINVAL, as file systems without RENAME_EXCHANGE answer.
  void forbid_exchange();
  /// There are no hard links: EPERM, as file systems without them answer.
  void forbid_links();
};

}  // namespace tfjs::io
