// The new content is written to a file in a folder of its own beside the old file, and renamed over
// that. The folder is what can be locked, so that the next save knows it from a killed save's.
#include "tfjs/io/internal/file_update.h"

namespace tfjs::io::internal {

namespace {

using platform::files;

}  // namespace

FileUpdate::FileUpdate(const std::string& path) : target_(files().resolve(path)) {
  const auto info = files().info(target_);
  if (info && !info->is_file()) {
    throw invalid_argument("cannot save to ", quoted(path, 4096), ": it is ",
                           info->is_folder() ? "a folder" : "no regular file",
                           "; this name means an archive in one file");
  }
  const std::size_t slash = target_.rfind('/');
  const std::string name = target_.substr(slash + 1);
  parent_ = slash == 0 ? "/" : target_.substr(0, slash);
  files().make_folders(parent_);
  const std::string prefix = staging_prefix(name);
  try_to([&] { remove_stale_folders(parent_, prefix); });
  staging_ = make_staging_folder(parent_, prefix);
  new_file_ = join_path(staging_.path, name);
  try {
    writer_ = files().create_file(new_file_);
  } catch (...) {
    try_to([&] { files().remove_tree(staging_.path); });
    throw;
  }
}

FileUpdate::~FileUpdate() {
  writer_.reset();
  try_to([&] { files().remove_tree(staging_.path); });
}

void FileUpdate::commit() {
  writer_->sync();
  writer_->close();
  unless_gone([&] {
    if (files().info(target_)) files().copy_permissions(target_, new_file_);
  });
  files().rename(new_file_, target_);
  files().sync_folder(parent_);
}

}  // namespace tfjs::io::internal
