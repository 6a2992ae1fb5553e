// A disk that fails when told: an SQLite VFS around the default one. While a FaultyDisk lives,
// every database of this process lies on it. It waits for no real disk: what a killed process wrote
// stays in the system.
#pragma once

#include <sqlite3.h>

namespace tfjs::io {

enum class Fault {
  None,
  NoRoom,     ///< the step fails with SQLITE_FULL
  Error,      ///< the step fails with an I/O error
  Kill,       ///< the process is killed before the step
  KillInside  ///< the process is killed after half of a write, or after a step of another kind
};

class FaultyDisk {
 public:
  FaultyDisk();
  FaultyDisk(const FaultyDisk&) = delete;
  FaultyDisk& operator=(const FaultyDisk&) = delete;
  ~FaultyDisk();

  /// From now on: `fault` at the step `at` (the first is 1), and at all later ones if `stays`.
  /// Steps are what changes the disk: making, writing, cutting, syncing and removing files.
  void plan(Fault fault, int at, bool stays = false);
  void plan_nothing() { plan(Fault::None, 0); }
  /// Steps since the last plan.
  int steps() const;
};

}  // namespace tfjs::io
