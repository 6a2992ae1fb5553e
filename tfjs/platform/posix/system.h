// What differs between the systems that share the POSIX files: native/system.cc and web/system.cc.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "tfjs/base/bytes.h"
#include "tfjs/platform/posix/descriptor.h"

namespace tfjs::platform::posix {

/// The first `size` bytes (not 0) mapped read-only, in `room` when it is not null and has the space
/// left; nothing when the system or file system cannot.
std::optional<Bytes> map_content(const Descriptor& file, std::size_t size,
                                 const std::shared_ptr<MapRoom>& room);

/// See Files::make_room.
std::shared_ptr<MapRoom> reserve_room(std::span<const std::uint64_t> sizes);

/// Swaps two paths in one step: 0, or an errno; ENOSYS when the system or file system cannot.
int exchange_paths(const std::string& a, const std::string& b);

/// Moves `from` to `to` unless that is there: 0, or an errno, which is EEXIST then; ENOSYS when the
/// system or file system cannot.
int rename_unless_there(const std::string& from, const std::string& to);

/// Makes the empty file `to` share the content of `from` on disk; false, with `to` still empty,
/// when not possible.
bool clone_content(const Descriptor& from, const Descriptor& to);

/// See Files::try_lock_folder.
std::unique_ptr<FolderLock> lock_folder(const std::string& path);

}  // namespace tfjs::platform::posix
