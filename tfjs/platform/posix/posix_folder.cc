// How a relative path stays inside: it is walked by hand, one component at a time, each opened
// without following links. A link's target takes the link's place in the list of components still
// to walk; ".." (which only a link may hold) steps back to a folder that is still open, and back
// from the outermost one means to leave. An absolute target is inside when one of the folders on
// its way is this very folder. Nothing is looked up twice by a path that someone could change in
// between.
#include "tfjs/platform/posix/posix_folder.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <deque>

#include "tfjs/base/error.h"
#include "tfjs/platform/posix/failure.h"

namespace tfjs::platform::posix {
namespace {

constexpr int kMostLinks = 40;  // as Linux

std::deque<std::string> split(std::string_view path, std::string_view separators) {
  std::deque<std::string> parts;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find_first_of(separators), path.size());
    const std::string_view part = path.substr(0, end);
    if (!part.empty() && part != ".") parts.emplace_back(part);
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return parts;
}

/// Errors: InvalidArgument for a path that names something outside by its text alone.
void check_relative(std::string_view relative, const std::string& folder) {
  check_path(relative);
  if (relative[0] == '/' || relative[0] == '\\') {
    throw invalid_argument("path ", quoted(relative), " must be relative to the folder ",
                           quoted(folder));
  }
  for (const std::string& part : split(relative, "/\\")) {
    if (part == "..")
      throw invalid_argument("path ", quoted(relative), " leaves the folder ", quoted(folder));
  }
}

std::string read_link(int folder, const std::string& name, const std::string& shown) {
  std::string target(4096, '\0');
  const auto size = ::readlinkat(folder, name.c_str(), target.data(), target.size());
  if (size < 0) fail("read link", shown, errno);
  target.resize(static_cast<std::size_t>(size));
  return target;
}

[[noreturn]] void refuse_leaving(std::string_view relative, const std::string& folder) {
  throw invalid_argument("path ", quoted(relative),
                         " passes through a link that leaves the folder ", quoted(folder),
                         "; --follow-links (follow_links_outside) allows that");
}

}  // namespace

PosixFolder::PosixFolder(const std::string& path)
    : path_(path), folder_(open_directory(AT_FDCWD, path, path)) {}

std::string PosixFolder::shown(std::string_view relative) const {
  return cat(path_, path_.back() == '/' ? "" : "/", relative);
}

std::optional<std::string> PosixFolder::path_inside(const std::string& absolute) const {
  struct stat own, other;
  if (::fstat(folder_.number(), &own) != 0) return std::nullopt;
  for (std::size_t end = absolute.find('/', 1);; end = absolute.find('/', end + 1)) {
    if (::stat(absolute.substr(0, end).c_str(), &other) != 0) return std::nullopt;
    if (other.st_dev == own.st_dev && other.st_ino == own.st_ino) {
      return end == std::string::npos ? "." : absolute.substr(end + 1);
    }
    if (end == std::string::npos) return std::nullopt;
  }
}

PosixFolder::Place PosixFolder::find_inside(std::string_view relative) const {
  const std::string name_shown = shown(relative);
  std::vector<Descriptor> inner;  // the folders entered, below the held one
  const auto current = [&] { return inner.empty() ? folder_.number() : inner.back().number(); };
  std::deque<std::string> ahead = split(relative, "/");
  std::string last = ".";
  int links = 0;
  while (!ahead.empty()) {
    const std::string name = std::move(ahead.front());
    ahead.pop_front();
    if (name == "..") {
      if (inner.empty()) refuse_leaving(relative, path_);
      inner.pop_back();
      continue;
    }
    struct stat status;
    if (::fstatat(current(), name.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0)
      fail("open", name_shown, errno);
    if (S_ISLNK(status.st_mode)) {
      if (++links > kMostLinks) fail("open", name_shown, ELOOP);
      std::string target = read_link(current(), name, name_shown);
      if (!target.empty() && target[0] == '/') {
        const std::optional<std::string> inside = path_inside(target);
        if (!inside) refuse_leaving(relative, path_);
        target = *inside;
        inner.clear();
      }
      const std::deque<std::string> parts = split(target, "/");
      ahead.insert(ahead.begin(), parts.begin(), parts.end());
      continue;
    }
    if (ahead.empty() && !S_ISDIR(status.st_mode)) {
      last = name;
      break;
    }
    inner.push_back(open_directory(current(), name, name_shown, O_NOFOLLOW));
  }
  Place place{open_directory(current(), ".", name_shown), std::move(last)};
  return place;
}

Bytes PosixFolder::open_file(std::string_view relative, const OpenOptions& options) const {
  check_relative(relative, path_);
  const std::string name_shown = shown(relative);
  if (options.follow_links_outside) {
    return load_content(open_regular(folder_.number(), std::string(relative), name_shown),
                        name_shown, options.room);
  }
  const Place place = find_inside(relative);
  return load_content(open_regular(place.folder.number(), place.name, name_shown, O_NOFOLLOW),
                      name_shown, options.room);
}

std::optional<FileInfo> PosixFolder::info(std::string_view relative,
                                          const OpenOptions& options) const {
  check_relative(relative, path_);
  struct stat status;
  int result = 0;
  if (options.follow_links_outside) {
    result = ::fstatat(folder_.number(), std::string(relative).c_str(), &status, 0);
  } else {
    try {
      const Place place = find_inside(relative);
      result = ::fstatat(place.folder.number(), place.name.c_str(), &status, AT_SYMLINK_NOFOLLOW);
    } catch (const Error& error) {
      if (error.code() == ErrorCode::NotFound) return std::nullopt;
      throw;
    }
  }
  if (result == 0) return info_of(status);
  if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
  fail("look at", shown(relative), errno);
}

std::vector<std::string> PosixFolder::list() const {
  return list_names(folder_, path_);
}

}  // namespace tfjs::platform::posix
