#include "tfjs/io/weight_paths.h"

#include <algorithm>

#include "tfjs/base/ascii.h"
#include "tfjs/base/error.h"

namespace tfjs::io {

namespace {

/// "http:", "data:", "C:": letters, digits, '+', '-' or '.' before the first ':'.
bool has_scheme(std::string_view path) {
  const std::size_t colon = path.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(path[0])) return false;
  return std::all_of(path.begin(), path.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
    return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.';
  });
}

}  // namespace

std::string checked_weight_path(std::string_view path, const std::string& what) {
  const auto refuse = [&](std::string_view reason) {
    throw corrupt_data(what, ": weight path ", quoted(path), ' ', reason);
  };
  if (path.empty()) refuse("is empty");
  if (path.find('\0') != std::string_view::npos) refuse("contains a NUL character");
  if (path.find('\\') != std::string_view::npos)
    refuse("contains a backslash; folders are separated by '/'");
  if (path.front() == '/') refuse("is absolute; it must be inside the model's folder");
  if (has_scheme(path)) refuse("is a URL or drive; it must be inside the model's folder");
  if (path.back() == '/') refuse("names a folder, not a file");

  std::string plain;
  for (std::string_view rest = path; !rest.empty();) {
    const std::string_view part = rest.substr(0, rest.find('/'));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    if (part == "..") refuse("leaves the model's folder");
    if (part.empty() || part == ".") continue;
    if (!plain.empty()) plain.push_back('/');
    plain.append(part);
  }
  if (plain.empty()) refuse("names a folder, not a file");
  return plain;
}

}  // namespace tfjs::io
