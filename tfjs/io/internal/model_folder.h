// A model's folder while it is read: held open, so that a save meanwhile changes nothing under the
// reader's hands, and with a save that has not finished taken as finished (folder_update.h).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tfjs/base/json.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

class ModelFolder {
 public:
  /// Opens `path` and reads the JSON file `json_name` in it. Errors: NotFound, InvalidArgument,
  /// Unavailable; CorruptData when the file has more than `max_json_bytes`, before any is read.
  ModelFolder(const std::string& path, std::string json_name,
              const platform::OpenOptions& json_options,
              std::size_t max_json_bytes = JsonLimits().max_bytes);

  const Bytes& json() const { return json_; }
  /// The path of a file in messages.
  std::string shown(std::string_view relative) const;
  Bytes open_file(std::string_view relative, const platform::OpenOptions& options) const;

  /// Bytes of the file that open_file opens; 0 when that will fail.
  std::uint64_t size_of(std::string_view relative, const platform::OpenOptions& options) const;

  /// False when a save has changed the model since this was opened: what was read may be of both.
  bool is_unchanged() const;

 private:
  Bytes open_json(std::size_t max_bytes) const;

  std::shared_ptr<platform::Folder> folder_;
  std::string json_name_;
  platform::OpenOptions json_options_;
  Bytes json_;
};

}  // namespace tfjs::io::internal
