#include "tfjs/io/internal/download_folder.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/platform/environment.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

namespace {

using platform::files;

constexpr std::string_view kVariable = "XDG_DOWNLOAD_DIR";
constexpr std::uint64_t kMostBytes = 1 << 20;  // of a file of some ten lines

/// The variable's value; one that is empty counts as not set.
std::optional<std::string> variable(const std::string& name) {
  std::optional<std::string> value = platform::environment(name);
  return value && !value->empty() ? value : std::nullopt;
}

void skip_spaces(std::string_view& text) {
  text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t")));
}

/// What follows "XDG_DOWNLOAD_DIR =" in a line, or nothing.
std::optional<std::string_view> value_in(std::string_view line) {
  skip_spaces(line);
  if (!line.starts_with(kVariable)) return std::nullopt;
  line.remove_prefix(kVariable.size());
  skip_spaces(line);
  if (!line.starts_with('=')) return std::nullopt;
  line.remove_prefix(1);
  skip_spaces(line);
  return line;
}

/// "$HOME/..." or "/..." between double quotes, a backslash before a character that stands for
/// itself.
std::optional<std::string> unquoted(std::string_view text, const std::string& home) {
  if (!text.starts_with('"')) return std::nullopt;
  text.remove_prefix(1);
  std::string value;
  if (text.starts_with("$HOME")) {
    value = home;
    text.remove_prefix(5);
    if (!text.starts_with('/') && !text.starts_with('"')) return std::nullopt;
  } else if (!text.starts_with('/')) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < text.size() && text[i] != '"'; ++i) {
    if (text[i] == '\\' && i + 1 < text.size()) ++i;
    value.push_back(text[i]);
  }
  return value;
}

}  // namespace

std::optional<std::string> download_dir_in(std::string_view user_dirs, const std::string& home) {
  std::optional<std::string> found;
  while (!user_dirs.empty()) {
    const std::string_view line = user_dirs.substr(0, user_dirs.find('\n'));
    user_dirs.remove_prefix(std::min(user_dirs.size(), line.size() + 1));
    if (const auto value = value_in(line)) {
      if (auto folder = unquoted(*value, home)) found = std::move(folder);
    }
  }
  return found;
}

std::string download_folder() {
  if (const auto folder = variable(std::string(kVariable))) return *folder;
  const auto home = variable("HOME");
  if (!home) {
    throw not_found("downloads://: neither XDG_DOWNLOAD_DIR nor HOME says where downloads go");
  }
  const std::string config = variable("XDG_CONFIG_HOME").value_or(*home + "/.config");
  const std::string user_dirs = config + "/user-dirs.dirs";
  if (files().info(user_dirs)) {
    const Bytes text = files().read(user_dirs, kMostBytes);
    if (const auto folder = download_dir_in(text.text(), *home)) return *folder;
  }
  return *home + "/Downloads";
}

}  // namespace tfjs::io::internal
