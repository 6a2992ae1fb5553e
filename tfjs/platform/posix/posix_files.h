// Files over POSIX calls: the native ones and Node's.
#pragma once

#include "tfjs/platform/files.h"

namespace tfjs::platform::posix {

class PosixFiles : public Files {
 public:
  std::optional<FileInfo> info(const std::string& path) override;
  Bytes read(const std::string& path, std::uint64_t max_bytes) override;
  Bytes map(const std::string& path) override;
  std::shared_ptr<MapRoom> make_room(std::span<const std::uint64_t> sizes) override;
  std::shared_ptr<Folder> open_folder(const std::string& path) override;
  std::vector<std::string> list(const std::string& path) override;
  std::string resolve(const std::string& path) override;
  void make_folder(const std::string& path) override;
  void make_folders(const std::string& path) override;
  void make_private_folders(const std::string& path) override;
  std::unique_ptr<FileWriter> create_file(const std::string& path, bool replace) override;
  void rename(const std::string& from, const std::string& to) override;
  void rename_new(const std::string& from, const std::string& to) override;
  bool exchange(const std::string& a, const std::string& b) override;
  void link(const std::string& existing, const std::string& new_path) override;
  bool copy_permissions(const std::string& from, const std::string& to) override;
  std::unique_ptr<FolderLock> try_lock_folder(const std::string& path) override;
  void remove_file(const std::string& path) override;
  bool remove_empty_folder(const std::string& path) override;
  void remove_tree(const std::string& path) override;
  void sync_folder(const std::string& path) override;
};

}  // namespace tfjs::platform::posix
