#include "tfjs/io/internal/staging.h"

#include <random>
#include <utility>

#include "tfjs/base/sha256.h"

namespace tfjs::io::internal {

namespace {

using platform::files;

constexpr std::size_t kLongestReadableName = 180;  // most file systems take 255 bytes

}  // namespace

std::string staging_prefix(const std::string& name) {
  if (name.size() <= kLongestReadableName) return cat('.', name, ".tfjs-save-");
  return cat('.', sha256_hex(std::as_bytes(std::span(name))), ".tfjs-save-");
}

StagingFolder make_staging_folder(const std::string& parent, std::string_view prefix) {
  for (;;) {
    const std::string path = join_path(parent, cat(prefix, random_suffix()));
    files().make_folder(path);
    // Before it is locked, another saver may take it for a stale one: then that one holds the lock
    // and removes it, or has done so.
    try {
      auto lock = files().try_lock_folder(path);
      if (lock && files().info(path)) return {path, std::move(lock)};
    } catch (const Error& error) {
      if (error.code() == ErrorCode::Unsupported) return {path, nullptr};  // nobody can remove it
      if (error.code() != ErrorCode::NotFound) {
        try_to([&] { files().remove_empty_folder(path); });
        throw;
      }
    }
  }
}

void remove_folder(const std::string& path) {
  for (const std::string& name : files().list(path)) {
    if (name.ends_with(".json")) unless_gone([&] { files().remove_file(join_path(path, name)); });
  }
  files().remove_tree(path);
}

void remove_stale_folders(const std::string& folder, std::string_view prefix,
                          const std::function<void(const std::string& path)>& rescue) {
  for (const std::string& name : files().list(folder)) {
    if (!name.starts_with(prefix)) continue;
    const std::string path = join_path(folder, name);
    const auto info = files().info(path);
    if (!info || !info->is_folder()) continue;
    try_to([&] {
      const auto lock = files().try_lock_folder(path);
      if (!lock) return;
      if (rescue) try_to([&] { rescue(path); });
      remove_folder(path);
    });
  }
}

std::string join_path(const std::string& folder, std::string_view name) {
  return cat(folder, folder.ends_with('/') ? "" : "/", name);
}

std::string random_suffix() {
  std::random_device device;
  std::string suffix;
  for (int i = 0; i < 16; ++i) suffix.push_back("0123456789abcdef"[device() % 16]);
  return suffix;
}

}  // namespace tfjs::io::internal
