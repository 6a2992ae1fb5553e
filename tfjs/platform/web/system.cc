// Node's file system behind Emscripten's C functions: no mapping (it would be a copy in slices), no
// exchange, no shared content. Node has no file locks either: a hidden file beside the folder, with
// the holder's process number in it, stands for one, and means nothing once that process is gone.
#include "tfjs/platform/posix/system.h"

#include <emscripten.h>
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/platform/posix/failure.h"

// clang-format off
EM_JS(int, tfjs_process_number, (), { return process.pid; });
EM_JS(int, tfjs_process_lives, (int number), {
  try {
    process.kill(number, 0);
    return 1;
  } catch (error) {
    return error.code === 'EPERM' ? 1 : 0;
  }
});
// clang-format on

namespace tfjs::platform::posix {
namespace {

class LockFile : public FolderLock {
 public:
  explicit LockFile(std::string path) : path_(std::move(path)) {}
  ~LockFile() override { ::unlink(path_.c_str()); }

 private:
  std::string path_;
};

/// ".tfjs-<hash of the name>.lock" beside the folder: any name with something added may be too
/// long.
std::string lock_path_of(const std::string& folder) {
  const std::size_t end = folder.rfind('/') + 1;  // 0 when there is none
  const std::string_view name = std::string_view(folder).substr(end);
  const std::string hash = sha256_hex(std::as_bytes(std::span(name.data(), name.size())));
  return cat(folder.substr(0, end), ".tfjs-", hash.substr(0, 16), ".lock");
}

bool is_held(const std::string& lock_path) {
  const Descriptor file = open_at(AT_FDCWD, lock_path, O_RDONLY);
  if (!file) return false;
  char number[16] = {};
  const auto size = ::read(file.number(), number, sizeof number - 1);
  // Empty: its holder has made it and not written yet.
  return size <= 0 || tfjs_process_lives(std::atoi(number)) != 0;
}

}  // namespace

std::optional<Bytes> map_content(const Descriptor&, std::size_t, const std::shared_ptr<MapRoom>&) {
  return std::nullopt;
}
std::shared_ptr<MapRoom> reserve_room(std::span<const std::uint64_t>) {
  return nullptr;
}
int exchange_paths(const std::string&, const std::string&) {
  return ENOSYS;
}
int rename_unless_there(const std::string&, const std::string&) {
  return ENOSYS;
}
bool clone_content(const Descriptor&, const Descriptor&) {
  return false;
}

std::unique_ptr<FolderLock> lock_folder(const std::string& path) {
  open_directory(AT_FDCWD, path, path);
  const std::string lock_path = lock_path_of(path);
  for (int attempt = 0; attempt < 2; ++attempt) {
    const Descriptor file = open_at(AT_FDCWD, lock_path, O_WRONLY | O_CREAT | O_EXCL, 0666);
    if (file) {
      const std::string number = cat(tfjs_process_number());
      write_all(file, std::as_bytes(std::span(number)), lock_path);
      return std::make_unique<LockFile>(lock_path);
    }
    if (errno == EACCES || errno == EPERM || errno == EROFS) {
      throw unsupported("cannot make ", quoted(lock_path, 4096), " to lock the folder");
    }
    if (errno != EEXIST) fail("lock", path, errno);
    if (is_held(lock_path)) return nullptr;
    ::unlink(lock_path.c_str());
  }
  return nullptr;
}

}  // namespace tfjs::platform::posix
