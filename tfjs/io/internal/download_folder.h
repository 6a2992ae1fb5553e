// Where the user's desktop puts downloads (freedesktop.org's xdg-user-dirs).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tfjs::io::internal {

/// XDG_DOWNLOAD_DIR of the environment, else of user-dirs.dirs, else ~/Downloads.
/// Errors: NotFound when there is no home folder to start from.
std::string download_folder();

/// The value of XDG_DOWNLOAD_DIR in the text of user-dirs.dirs, "$HOME" replaced by `home`; nothing
/// when it has none. The last one counts, as in a shell.
std::optional<std::string> download_dir_in(std::string_view user_dirs, const std::string& home);

}  // namespace tfjs::io::internal
