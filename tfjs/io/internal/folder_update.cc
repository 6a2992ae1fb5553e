// Two ways, one after the other where the first is not possible.
//
// By exchange: a sibling ".NAME.tfjs-save-<random>" is filled with the new files and hard links to
// the files that stay, and swapped with the folder in one step. Every reader that holds the old
// folder open keeps reading the old files. The parent folder is locked for that moment, so that
// saves take turns.
//
// In place: where folders cannot be swapped (a mount point, a parent we may not write to, a system
// without the call), and where a swap would pull the ground from under somebody: the folder holds
// other folders, or is the current one.
// The new files are complete in a subfolder which is then renamed to kPendingFolder: that rename is
// the moment of the save. From there they are moved over the old ones. A reader looks there first,
// so it finds the whole set at every moment; a save that finds a pending folder first completes it.
// A list in there names the old model's files that have to go, for whoever completes it.
//
// A killed save leaves a sibling or subfolder with "tfjs-save-" in its name, see staging.h.
#include "tfjs/io/internal/folder_update.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/staging.h"
#include "tfjs/platform/clock.h"

namespace tfjs::io::internal {

namespace {

using platform::files;
using platform::FolderLock;

constexpr std::string_view kOurPrefix = ".tfjs-";           // entries inside a folder that are ours
constexpr std::string_view kStagingPrefix = ".tfjs-save-";  // inside
constexpr std::string_view kObsoleteList = ".tfjs-obsolete";  // paths with a NUL between them
constexpr std::uint64_t kLongestList = std::uint64_t{256} << 20;
constexpr double kLockWaitSeconds = 30;

/// Waits for the lock on a folder that other savers lock for a moment.
std::unique_ptr<FolderLock> wait_for_lock(const std::string& folder) {
  const double deadline = platform::monotonic_seconds() + kLockWaitSeconds;
  try {
    for (;;) {
      if (auto lock = files().try_lock_folder(folder)) return lock;
      if (platform::monotonic_seconds() > deadline) {
        throw unavailable("cannot save to ", quoted(folder), ": another save holds it locked for ",
                          kLockWaitSeconds, " seconds");
      }
      platform::sleep_ms(5);
    }
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Unsupported) return nullptr;
    throw;
  }
}

/// Errors: NotFound; InvalidArgument when a path with folders in it passes through a link out of
/// this one.
void remove_inside(const std::string& folder, const std::string& path) {
  const bool has_folders = path.find('/') != std::string::npos;
  if (has_folders && !files().open_folder(folder)->info(path)) return;
  files().remove_file(join_path(folder, path));
}

void write_list(const std::string& path, const std::set<std::string>& names) {
  const auto writer = files().create_file(path);
  for (const std::string& name : names)
    writer->write(std::string_view(name.c_str(), name.size() + 1));
  writer->sync();
  writer->close();
}

std::set<std::string> read_list(const std::string& path) {
  std::set<std::string> names;
  const Bytes content = files().read(path, kLongestList);
  for (std::string_view rest = content.text(); !rest.empty();) {
    const std::size_t end = std::min(rest.find('\0'), rest.size());
    names.emplace(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return names;
}

/// Moves the files of the pending folder, if there is one, to their places and removes the old ones
/// on its list. The caller holds the lock.
void complete_pending(const std::string& folder) {
  const std::string pending = join_path(folder, kPendingFolder);
  if (!files().info(pending)) return;
  std::set<std::string> moved;
  const std::vector<std::string> names = files().list(pending);
  for (const std::string& name : names) {
    if (name == kObsoleteList) continue;
    files().rename(join_path(pending, name), join_path(folder, name));
    moved.insert(name);
  }
  files().sync_folder(folder);
  try_to([&] {
    if (moved.size() < names.size()) {
      for (const std::string& path : read_list(join_path(pending, kObsoleteList))) {
        if (!moved.contains(path)) try_to([&] { remove_inside(folder, path); });
      }
    }
    files().remove_tree(pending);
  });
}

bool has_subfolders(const std::string& folder) {
  for (const std::string& name : files().list(folder)) {
    if (name.starts_with(kOurPrefix)) continue;
    const auto info = files().info(join_path(folder, name));
    if (info && info->is_folder()) return true;
  }
  return false;
}

/// Whoever started us may stand in the same folder, and would be left in a removed one.
bool is_current_folder(const std::string& folder) {
  try {
    return files().resolve(".") == folder;
  } catch (const Error&) {
    return false;  // removed
  }
}

}  // namespace

FolderUpdate::FolderUpdate(const std::string& folder) : target_(files().resolve(folder)) {
  const std::size_t slash = target_.rfind('/');
  parent_ = slash == 0 ? "/" : target_.substr(0, slash);
  const auto info = files().info(target_);
  if (info && !info->is_folder()) {
    throw invalid_argument("cannot save to ", quoted(folder),
                           ": it is a file; a model is saved into a folder");
  }
  if (!info) {
    files().make_folders(parent_);
    stage_beside();
    return;
  }
  const std::string pending = join_path(target_, kPendingFolder);
  if (files().info(pending)) {
    const auto lock = wait_for_lock(target_);
    complete_pending(target_);
  }
  try_to([&] { remove_stale_folders(target_, kStagingPrefix); });
  if (target_ == "/" || is_current_folder(target_) || has_subfolders(target_)) {
    stage_inside();
    return;
  }
  try {
    stage_beside();
  } catch (const Error&) {
    stage_inside();  // the parent may be one we must not write to; what else is wrong fails again
  }
}

FolderUpdate::~FolderUpdate() {
  if (!staging_.empty()) try_to([&] { files().remove_tree(staging_); });
}

void FolderUpdate::stage_in(const std::string& parent, std::string_view prefix) {
  StagingFolder made = make_staging_folder(parent, prefix);
  staging_ = std::move(made.path);
  lock_ = std::move(made.lock);
}

void FolderUpdate::stage_beside() {
  const std::string prefix = staging_prefix(target_.substr(target_.rfind('/') + 1));
  try_to([&] { remove_stale_folders(parent_, prefix); });
  stage_in(parent_, prefix);
  const std::string probe = join_path(target_, cat(kStagingPrefix, random_suffix()));
  try {
    if (!files().info(target_)) return;
    const auto one_at_a_time = wait_for_lock(parent_);  // no other save swaps the folder meanwhile
    // A folder of another owner, which we could not give back, and one on another file system (a
    // mount point) cannot be replaced; moving an empty folder in and out tells.
    if (!files().copy_permissions(target_, staging_)) {
      throw unavailable("cannot keep the owner of ", quoted(target_));
    }
    files().rename(staging_, probe);
    files().rename(probe, staging_);
  } catch (const Error&) {
    try_to([&] { files().remove_tree(probe); });
    try_to([&] { files().remove_tree(staging_); });
    staging_.clear();
    throw;
  }
}

void FolderUpdate::stage_inside() {
  stage_in(target_, kStagingPrefix);
  is_inside_ = true;
}

std::unique_ptr<platform::FileWriter> FolderUpdate::create_file(const std::string& name) {
  const std::string old = join_path(target_, name);
  const auto info = files().info(old);
  if (info && !info->is_file()) {
    throw invalid_argument("cannot write ", quoted(old), ": something else than a file is there");
  }
  names_.insert(name);
  const std::string path = join_path(staging_, name);
  auto writer = files().create_file(path);
  if (info) unless_gone([&] { files().copy_permissions(old, path); });
  return writer;
}

void FolderUpdate::commit(const OldFiles& old_files) {
  files().sync_folder(staging_);
  {
    const auto one_at_a_time = is_inside_ ? nullptr : wait_for_lock(parent_);
    const bool is_done = !is_inside_ && (commit_as_new_folder() || commit_by_exchange(old_files));
    if (!is_done) commit_in_place(old_files);
  }
  lock_.reset();
  // What is left there now: the old folder after an exchange.
  if (!staging_.empty()) try_to([&] { remove_folder(staging_); });
  staging_.clear();
}

/// False when there is a folder already, perhaps another save's since we started.
bool FolderUpdate::commit_as_new_folder() {
  if (files().info(target_)) return false;
  try {
    files().rename(staging_, target_);
  } catch (const Error&) {
    if (files().info(target_)) return false;
    throw;
  }
  staging_.clear();
  files().sync_folder(parent_);
  return true;
}

/// False, with nothing changed, when this is not possible here.
bool FolderUpdate::commit_by_exchange(const OldFiles& old_files) {
  std::set<std::string> linked;
  bool is_exchanged = false;
  try {
    const std::set<std::string> old = old_files(target_);
    for (const std::string& name : files().list(target_)) {
      if (names_.contains(name) || old.contains(name) || name.starts_with(kOurPrefix)) continue;
      linked.insert(name);
      unless_gone([&] { files().link(join_path(target_, name), join_path(staging_, name)); });
    }
    files().sync_folder(staging_);
    is_exchanged = files().exchange(staging_, target_);
  } catch (const Error&) {
    // A file that cannot be linked, a file system that cannot swap folders: the other way remains.
  }
  if (!is_exchanged) {
    // None may stay: moved over the folder's own it would undo what others wrote there meanwhile.
    for (const std::string& name : linked) {
      unless_gone([&] { files().remove_tree(join_path(staging_, name)); });
    }
    return false;
  }
  // Where we built the new folder there is now the old one. A file that came into it after it was
  // listed moves along, unless another save brought it.
  try_to([&] {
    const std::set<std::string> old = old_files(staging_);
    for (const std::string& name : files().list(staging_)) {
      const std::string path = join_path(target_, name);
      const bool is_late = !names_.contains(name) && !old.contains(name) &&
                           !linked.contains(name) && !name.starts_with(kOurPrefix);
      if (is_late && !files().info(path)) files().link(join_path(staging_, name), path);
    }
  });
  files().sync_folder(parent_);
  return true;
}

void FolderUpdate::commit_in_place(const OldFiles& old_files) {
  const auto lock = wait_for_lock(target_);
  complete_pending(target_);
  std::set<std::string> obsolete = old_files(target_);
  for (const std::string& name : names_) obsolete.erase(name);
  if (!obsolete.empty()) {
    write_list(join_path(staging_, kObsoleteList), obsolete);
    files().sync_folder(staging_);
  }
  files().rename(staging_, join_path(target_, kPendingFolder));
  staging_.clear();
  files().sync_folder(target_);
  complete_pending(target_);
}

void remove_files(const std::string& folder, const std::string& first,
                  const std::set<std::string>& others) {
  if (files().info(join_path(folder, kPendingFolder))) {
    const auto lock = wait_for_lock(folder);
    complete_pending(folder);
  }
  files().remove_file(join_path(folder, first));
  // One that resists is no reason to leave the others: nothing names them any more.
  std::optional<Error> failure;
  for (const std::string& path : others) {
    try {
      remove_inside(folder, path);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound && !failure) failure = error;
    }
  }
  files().sync_folder(folder);
  if (failure) throw *failure;
}

}  // namespace tfjs::io::internal
