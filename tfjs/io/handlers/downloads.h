// downloads://NAME: a model among the user's downloads, as NAME.json and NAME.weights.bin. Save
// only, and never over a file that is there: then both become "NAME (1)", as browsers do.
//
//   model.save("downloads://my-model").get();
#pragma once

#include <string>

#include "tfjs/io/io_handler.h"

namespace tfjs::io {

struct DownloadsOptions {
  /// In place of the user's download folder, which is XDG_DOWNLOAD_DIR: of the environment, else of
  /// user-dirs.dirs in XDG_CONFIG_HOME or ~/.config, else ~/Downloads. Made if it is missing.
  std::string folder = {};
};

/// SaveResult::saved_as tells the JSON's path.
/// Errors: InvalidArgument: a name that is empty, longer than 200 bytes, no UTF-8, or holds "/",
/// "\",
/// ".." or a control character.
IOHandlerPtr downloads(const std::string& name = "model", DownloadsOptions options = {});

/// TensorFlow.js's name.
inline IOHandlerPtr browser_downloads(const std::string& name = "model",
                                      DownloadsOptions options = {}) {
  return downloads(name, std::move(options));
}

}  // namespace tfjs::io
