// A folder held open by its descriptor.
#pragma once

#include "tfjs/platform/files.h"
#include "tfjs/platform/posix/descriptor.h"

namespace tfjs::platform::posix {

class PosixFolder : public Folder {
 public:
  explicit PosixFolder(const std::string& path);

  const std::string& path() const override { return path_; }
  Bytes open_file(std::string_view relative, const OpenOptions& options) const override;
  std::optional<FileInfo> info(std::string_view relative,
                               const OpenOptions& options) const override;
  std::vector<std::string> list() const override;

 private:
  /// A place inside: an entry, which is no link, of an open folder.
  struct Place {
    Descriptor folder;
    std::string name;
  };
  Place find_inside(std::string_view relative) const;
  std::optional<std::string> path_inside(const std::string& absolute) const;
  std::string shown(std::string_view relative) const;

  std::string path_;
  Descriptor folder_;
};

}  // namespace tfjs::platform::posix
