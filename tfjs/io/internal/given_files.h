// The files that somebody handed over to be a model, folders opened up: what browser_files()
// chooses from.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/io/handlers/browser_files.h"
#include "tfjs/platform/files.h"

namespace tfjs::io::internal {

struct GivenFile {
  std::string name;                          ///< as given; a path when on disk
  std::optional<Bytes> content;              ///< when in memory
  std::shared_ptr<platform::Folder> folder;  ///< when it was a folder that was given
  std::string name_in_folder;

  /// The content, mapped when on disk. Errors: those of files and folders.
  Bytes open(const LoadOptions& options) const;
  /// The name after the last '/'.
  std::string_view last_name() const;
  /// The part of the name before that, '/' included.
  std::string_view folder_name() const;
};

/// The files given, and those in the folders given, but not in folders of these.
/// Errors: NotFound: a path that is not there; InvalidArgument: one that is no file or folder.
std::vector<GivenFile> open_folders(const std::vector<File>& files);

/// True for what nobody means when handing over a model: files that systems leave in folders and
/// archives (".DS_Store", "Thumbs.db", "desktop.ini", "._NAME", all of "__MACOSX"), and READMEs.
bool is_stray(std::string_view name);

}  // namespace tfjs::io::internal
