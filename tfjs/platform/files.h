// Files and folders, as far as loading and saving models need them. files() is the platform's own:
// POSIX natively, Node's file system when compiled to WebAssembly; a browser page has none.
//
// Paths are UTF-8. Every failure is a tfjs::Error that names the path and the system's reason:
// NotFound (it is not there), InvalidArgument (a path that cannot be meant, or not a regular file),
// AlreadyExists, Unavailable (no permission, disk full, I/O error), Unsupported (no file system).
// FIFOs, devices and sockets are never opened.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/bytes.h"

namespace tfjs::platform {

struct FileInfo {
  enum class Kind { File, Folder, Other };
  Kind kind = Kind::File;
  std::uint64_t size = 0;        ///< bytes; 0 unless a file
  std::int64_t modified_ms = 0;  ///< milliseconds since 1970 UTC

  bool is_file() const { return kind == Kind::File; }
  bool is_folder() const { return kind == Kind::Folder; }
};

/// Address space where files are mapped one behind the other: the parts that a file was cut into
/// are one piece of memory again (Bytes::extend), as long as each fills whole pages.
class MapRoom {
 public:
  virtual ~MapRoom() = default;
};

struct OpenOptions {
  /// Allows a relative path to pass through links that leave the folder (the command's
  /// --follow-links).
  bool follow_links_outside = false;
  /// Where to map the file, behind the one before, as far as there is room.
  std::shared_ptr<MapRoom> room = nullptr;
};

/// A folder held open: every file opened through it comes from the folder as it was when opened,
/// also when a save puts another folder in its place meanwhile.
///
/// A relative path uses '/'; absolute paths, ".." (also between backslashes) and NUL are refused
/// (InvalidArgument), and so is a path through a link that leaves the folder, unless OpenOptions
/// allow it.
class Folder {
 public:
  virtual ~Folder() = default;
  /// The path it was opened by.
  virtual const std::string& path() const = 0;
  /// The file's content, memory-mapped where that pays. Errors: NotFound; InvalidArgument: not a
  /// regular file.
  virtual Bytes open_file(std::string_view relative, const OpenOptions& options = {}) const = 0;
  /// What `relative` is, links followed; nothing when absent. Errors: as open_file for a path that
  /// is refused.
  virtual std::optional<FileInfo> info(std::string_view relative,
                                       const OpenOptions& options = {}) const = 0;
  /// The names inside, sorted, without "." and "..".
  virtual std::vector<std::string> list() const = 0;
};

/// A file being written. Destroying it without close() closes it and leaves the file as far as it
/// got.
class FileWriter {
 public:
  virtual ~FileWriter() = default;
  /// Appends all of `data`. Errors: Unavailable (disk full, file-size limit, I/O error).
  virtual void write(std::span<const std::byte> data) = 0;
  /// Waits until the content is on the disk.
  virtual void sync() = 0;
  /// Closes and reports what closing finds; to be called once, last.
  virtual void close() = 0;

  void write(std::string_view text) { write(bytes_of(text)); }
};

/// Held until destroyed, or until the process ends, however it ends.
class FolderLock {
 public:
  virtual ~FolderLock() = default;
};

class Files {
 public:
  virtual ~Files() = default;

  /// What is at `path`, links followed; nothing when absent (a dangling link counts as absent).
  virtual std::optional<FileInfo> info(const std::string& path) = 0;
  /// The whole file. Errors: InvalidArgument when it is larger than `max_bytes`.
  virtual Bytes read(const std::string& path, std::uint64_t max_bytes) = 0;
  /// The whole file, memory-mapped where possible. It must not shrink while the Bytes live.
  virtual Bytes map(const std::string& path) = 0;
  /// Room for files of these sizes, to be mapped in this order by one thread; nullptr where files
  /// are not mapped or the address space does not have it.
  virtual std::shared_ptr<MapRoom> make_room(std::span<const std::uint64_t> sizes) = 0;
  virtual std::shared_ptr<Folder> open_folder(const std::string& path) = 0;
  /// The names inside, sorted, without "." and "..".
  virtual std::vector<std::string> list(const std::string& path) = 0;
  /// `path` made absolute with every link resolved; parts at its end that do not exist yet stay as
  /// they are.
  virtual std::string resolve(const std::string& path) = 0;

  /// Makes one folder. Errors: AlreadyExists when anything is at `path`.
  virtual void make_folder(const std::string& path) = 0;
  /// Makes `path` and its missing parents; nothing to do when it is a folder already.
  virtual void make_folders(const std::string& path) = 0;
  /// The same; only the owner may enter the folders it makes, and their names are on the disk when
  /// it returns.
  virtual void make_private_folders(const std::string& path) = 0;
  /// Opens `path` for writing, empty. Errors: AlreadyExists unless `replace`.
  virtual std::unique_ptr<FileWriter> create_file(const std::string& path,
                                                  bool replace = false) = 0;
  /// Moves `from` to `to`, replacing a file there. Same file system only.
  virtual void rename(const std::string& from, const std::string& to) = 0;
  /// Moves the file `from` to `to`, where nothing may be. Same file system only. Errors:
  /// AlreadyExists.
  virtual void rename_new(const std::string& from, const std::string& to) = 0;
  /// Swaps two paths in one step; false where the system or file system cannot.
  virtual bool exchange(const std::string& a, const std::string& b) = 0;
  /// Makes `new_path` (not there yet) another name of what is at `existing`: a hard link where the
  /// file system can, else a copy. A link stays a link; a folder becomes a new folder that holds
  /// the same files this way.
  virtual void link(const std::string& existing, const std::string& new_path) = 0;
  /// Gives `to` the permissions, owner and group of `from`; false when the system does not let us
  /// give it the owner or group.
  virtual bool copy_permissions(const std::string& from, const std::string& to) = 0;
  /// Locks a folder against others who lock it, in this process or another; nullptr while one of
  /// them holds it. Errors: NotFound; Unsupported where the system or file system has no locks.
  virtual std::unique_ptr<FolderLock> try_lock_folder(const std::string& path) = 0;
  /// Removes a file or a link. Errors: NotFound.
  virtual void remove_file(const std::string& path) = 0;
  /// Removes an empty folder; false when it is not empty.
  virtual bool remove_empty_folder(const std::string& path) = 0;
  /// Removes a file, a link, or a folder with all it holds (links in it are removed, never
  /// followed).
  virtual void remove_tree(const std::string& path) = 0;
  /// Waits until the folder's entries (renames, new files) are on the disk.
  virtual void sync_folder(const std::string& path) = 0;
};

/// The platform's files. Errors: Unsupported in a browser.
Files& files();

}  // namespace tfjs::platform
