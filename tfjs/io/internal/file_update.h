// One file replaced at once: after a crash at any moment or a full disk, the old file or the new
// one is there whole; who has the old one open keeps it. Of several saves the last one stays.
#pragma once

#include <memory>
#include <span>
#include <string>

#include "tfjs/io/internal/staging.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

class FileUpdate {
 public:
  /// Starts a new content for the file `path`, which need not exist; its parents are made. A link
  /// stays, and what it leads to is replaced. Removes what killed updates left.
  /// Errors: InvalidArgument: something else than a regular file is at the path; Unavailable.
  explicit FileUpdate(const std::string& path);
  FileUpdate(const FileUpdate&) = delete;
  FileUpdate& operator=(const FileUpdate&) = delete;
  /// Removes the new content unless it was committed.
  ~FileUpdate();

  void write(std::span<const std::byte> data) { writer_->write(data); }

  /// Puts what was written in place, with the old file's permissions if there was one.
  void commit();

 private:
  std::string target_;
  std::string parent_;
  StagingFolder staging_;
  std::string new_file_;
  std::unique_ptr<platform::FileWriter> writer_;
};

}  // namespace tfjs::io::internal
