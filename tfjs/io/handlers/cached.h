// A model on a server, of which a copy is kept: fetched once, then only when it has changed, and
// loaded from the copy while the server cannot be reached.
//
//   tf::load_layers_model(tf::io::cached("https://example.org/m/model.json")).get();
#pragma once

#include <string>

#include "tfjs/io/handlers/http.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io {

struct CachedOptions {
  /// Where the copy is kept: a URL of any place that loads what it saves. When empty,
  /// "indexeddb://cached/" and the model's URL without query and credentials.
  std::string store = {};
  HttpOptions http = {};
};

/// Loads from `url` (http or https) and keeps what came. The next load asks the server which files
/// have changed, by their ETag or Last-Modified, and fetches those; a file whose SHA-256 in
/// model.json is that of the copy is not asked for. The copy is replaced at once, after the new
/// model has been loaded and checked, and is an ordinary model: its own URL loads too. A server
/// that cannot be reached, or fails (408, 429, 5xx), means the copy, with a warning.
/// Errors: those of http() and of loading from it; InvalidArgument when the store has a model that
/// is no copy of this one. A copy that cannot be kept is a warning.
IOHandlerPtr cached(const std::string& url, CachedOptions options = {});

}  // namespace tfjs::io
