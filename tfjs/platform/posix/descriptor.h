// An open file or folder, closed with its owner, and the calls on it that must be repeated when a
// signal interrupts.
#pragma once

#include <sys/stat.h>

#include <cstddef>
#include <span>
#include <string>
#include <utility>

#include "tfjs/base/bytes.h"
#include "tfjs/platform/files.h"

namespace tfjs::platform::posix {

class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor();

  int number() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  /// Gives the number away; this closes it no more.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

/// openat(2), close-on-exec; an empty descriptor and errno on failure.
Descriptor open_at(int folder, const std::string& path, int flags, int mode = 0);

FileInfo info_of(const struct stat& status);

/// Opens what must be a regular file for reading. `shown` names it in errors. A FIFO, device or
/// socket is refused before it is opened: opening alone may hang or act. Errors: NotFound;
/// InvalidArgument: not a regular file, or with `flags` O_NOFOLLOW a link; Unavailable.
Descriptor open_regular(int folder, const std::string& path, const std::string& shown,
                        int flags = 0);

/// Opens a folder for its entries.
Descriptor open_directory(int folder, const std::string& path, const std::string& shown,
                          int flags = 0);

/// The size of an open regular file. Errors: Unsupported when this build cannot address that many
/// bytes.
std::size_t size_of(const Descriptor& file, const std::string& shown);

/// The whole content, read. Errors: Unavailable, also when the file gets shorter meanwhile.
Bytes read_content(const Descriptor& file, std::size_t size, const std::string& shown);

/// The whole content, mapped when that pays and the platform can.
Bytes load_content(const Descriptor& file, const std::string& shown,
                   const std::shared_ptr<MapRoom>& room = nullptr);

/// The names inside an open folder, sorted, without "." and "..".
std::vector<std::string> list_names(const Descriptor& folder, const std::string& shown);

/// Writes all of `data`. Errors: Unavailable.
void write_all(const Descriptor& file, std::span<const std::byte> data, const std::string& shown);

/// fsync(2). Errors: Unavailable.
void sync_to_disk(const Descriptor& file, const std::string& shown);

}  // namespace tfjs::platform::posix
