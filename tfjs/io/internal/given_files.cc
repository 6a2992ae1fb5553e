#include "tfjs/io/internal/given_files.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/ascii.h"
#include "tfjs/base/error.h"
#include "tfjs/io/internal/staging.h"

namespace tfjs::io::internal {

namespace {

using platform::files;

std::string_view last_part(std::string_view name) {
  return name.substr(name.rfind('/') + 1);
}

void add_files_of(const std::string& path, std::vector<GivenFile>& given) {
  const std::shared_ptr<platform::Folder> folder = files().open_folder(path);
  for (std::string& name : folder->list()) {
    const auto info = folder->info(name, {.follow_links_outside = true});
    if (info && info->is_file()) {
      given.push_back({join_path(path, name), std::nullopt, folder, std::move(name)});
    }
  }
}

}  // namespace

Bytes GivenFile::open(const LoadOptions& options) const {
  if (content) return *content;
  return folder ? folder->open_file(name_in_folder, {options.follow_links}) : files().map(name);
}

std::string_view GivenFile::last_name() const {
  return last_part(name);
}

std::string_view GivenFile::folder_name() const {
  return std::string_view(name).substr(0, name.size() - last_name().size());
}

std::vector<GivenFile> open_folders(const std::vector<File>& given_files) {
  std::vector<GivenFile> given;
  for (const File& file : given_files) {
    if (file.content) {
      given.push_back({file.name, file.content, nullptr, ""});
      continue;
    }
    const auto info = files().info(file.name);
    if (!info) throw not_found("browser_files: there is no ", quoted(file.name, 4096));
    if (info->is_folder()) {
      add_files_of(file.name, given);
    } else if (info->is_file()) {
      given.push_back({file.name, std::nullopt, nullptr, ""});
    } else {
      throw invalid_argument("browser_files: ", quoted(file.name, 4096),
                             " is neither a regular file nor a folder");
    }
  }
  return given;
}

bool is_stray(std::string_view name) {
  const std::string last = lower_case(last_part(name));
  return last == ".ds_store" || last == "thumbs.db" || last == "desktop.ini" ||
         last.starts_with("._") || last.starts_with("readme") || name.starts_with("__MACOSX/") ||
         name.find("/__MACOSX/") != std::string_view::npos;
}

}  // namespace tfjs::io::internal
