// Folders in which saves build their files before these take their places, and what to do about
// those whose save was killed. A saver holds a lock on its own; the next save to the same place
// removes those that nobody holds.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "tfjs/base/error.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

struct StagingFolder {
  std::string path;
  std::unique_ptr<platform::FolderLock> lock;  ///< none where the system has no locks
};

/// What the names start with of the folders, beside `name`, in which saves to it are built.
std::string staging_prefix(const std::string& name);

/// Makes a folder in `parent` called `prefix` and something random.
StagingFolder make_staging_folder(const std::string& parent, std::string_view prefix);

/// Removes what killed saves left in `folder` under names that start with `prefix`. Before,
/// `rescue` may take something out of each; what it throws is ignored.
void remove_stale_folders(const std::string& folder, std::string_view prefix,
                          const std::function<void(const std::string& path)>& rescue = nullptr);

/// Removes a folder, perhaps a model's until a moment ago. A reader that has it open and misses a
/// file must find the JSON missing too, to know why: so that goes first.
void remove_folder(const std::string& path);

/// "FOLDER/NAME".
std::string join_path(const std::string& folder, std::string_view name);

/// 16 hexadecimal digits.
std::string random_suffix();

/// For what is only tidying up: a failure is no failure of the save.
template <class Work>
void try_to(Work work) {
  try {
    work();
  } catch (const Error&) {
  }
}

/// For what concerns a file that another save may take away at any moment: then there is nothing to
/// do.
template <class Work>
void unless_gone(Work work) {
  try {
    work();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::NotFound) throw;
  }
}

}  // namespace tfjs::io::internal
