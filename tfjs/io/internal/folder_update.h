// Some files of a folder replaced together: after a crash at any moment, a full disk or a lost
// race, a reader finds all of the old files or all of the new ones. How: folder_update.cc. Who
// reads: model_folder.h.
#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

/// A complete set of new files waits here, inside the folder, to be moved to its place. While this
/// exists, what is in it goes before the folder's files of the same names.
inline constexpr std::string_view kPendingFolder = ".tfjs-pending";

/// The files, by name or relative path, that the thing saved in `folder` now consists of.
using OldFiles = std::function<std::set<std::string>(const std::string& folder)>;

class FolderUpdate {
 public:
  /// Starts an update of `folder`, which need not exist; its parents are made. Completes an update
  /// that was cut short and removes what killed updates left. Errors: InvalidArgument: something
  /// else than a folder is at the path; Unavailable.
  explicit FolderUpdate(const std::string& folder);
  FolderUpdate(const FolderUpdate&) = delete;
  FolderUpdate& operator=(const FolderUpdate&) = delete;
  /// Removes the new files unless they were committed.
  ~FolderUpdate();

  /// The folder with links resolved.
  const std::string& folder() const { return target_; }

  /// A new file; its name has no '/'. The one that readers open first is created last. sync() and
  /// close() it before commit(). A file it replaces hands on its permissions.
  std::unique_ptr<platform::FileWriter> create_file(const std::string& name);

  /// Puts the new files in place of those of `old_files`; every other file stays.
  void commit(const OldFiles& old_files);

 private:
  void stage_in(const std::string& parent, std::string_view prefix);
  void stage_beside();
  void stage_inside();
  bool commit_as_new_folder();
  bool commit_by_exchange(const OldFiles& old_files);
  void commit_in_place(const OldFiles& old_files);

  std::string target_;
  std::string parent_;
  std::string staging_;  ///< holds the new files; empty once there is none
  bool is_inside_ = false;
  std::set<std::string> names_;  ///< of the new files
  std::unique_ptr<platform::FolderLock> lock_;
};

/// Removes `first`, then `others` (names or relative paths; absent ones are skipped) from a folder.
/// Links go, what they lead to stays. Errors: NotFound when there is no `first`; Unavailable.
void remove_files(const std::string& folder, const std::string& first,
                  const std::set<std::string>& others);

}  // namespace tfjs::io::internal
