#include "tfjs/io/internal/model_folder.h"

#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/folder_update.h"

namespace tfjs::io::internal {

ModelFolder::ModelFolder(const std::string& path, std::string json_name,
                         const platform::OpenOptions& json_options, std::size_t max_json_bytes)
    : folder_(platform::files().open_folder(path)),
      json_name_(std::move(json_name)),
      json_options_(json_options),
      json_(open_json(max_json_bytes)) {}

/// Looks at the size first: a file that cannot be mapped is read, and takes memory for all of it.
Bytes ModelFolder::open_json(std::size_t max_bytes) const {
  const auto check = [&](std::uint64_t size) {
    if (size <= max_bytes) return;
    throw corrupt_data(shown(json_name_), ": JSON of ", size, " bytes is larger than the limit of ",
                       max_bytes);
  };
  check(size_of(json_name_, json_options_));
  Bytes json = open_file(json_name_, json_options_);
  check(json.size());
  return json;
}

std::string ModelFolder::shown(std::string_view relative) const {
  return cat(folder_->path(), folder_->path().ends_with('/') ? "" : "/", relative);
}

Bytes ModelFolder::open_file(std::string_view relative,
                             const platform::OpenOptions& options) const {
  // Among the files of a pending save, or in its place; from there it moves to here at any moment.
  const std::string pending = cat(kPendingFolder, '/', relative);
  if (folder_->info(pending)) {
    try {
      return folder_->open_file(pending, options);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::NotFound) throw;
    }
  }
  return folder_->open_file(relative, options);
}

std::uint64_t ModelFolder::size_of(std::string_view relative,
                                   const platform::OpenOptions& options) const {
  try {
    auto info = folder_->info(cat(kPendingFolder, '/', relative), options);
    if (!info) info = folder_->info(relative, options);
    return info ? info->size : 0;
  } catch (const Error&) {
    return 0;
  }
}

bool ModelFolder::is_unchanged() const {
  try {
    return open_file(json_name_, json_options_).text() == json_.text();
  } catch (const Error&) {
    return false;  // an old folder, which its saver is removing
  }
}

}  // namespace tfjs::io::internal
