// Folders with all they hold: removed, or given a second name.
#pragma once

#include <string>

namespace tfjs::platform::posix {

/// Removes a file, a link or a folder with its content, never following a link.
void remove_tree(const std::string& path);

/// See Files::link.
void link_tree(const std::string& existing, const std::string& new_path);

}  // namespace tfjs::platform::posix
