// URL to IOHandler.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tfjs/io/io_handler.h"

namespace tfjs::io {

/// The handler for `url`, or nullptr when it is not this route's business.
using Route = std::function<IOHandlerPtr(const std::string& url)>;

/// A model in a store that knows what it holds.
struct StoredModel {
  std::string url;  ///< "indexeddb://my-model"
  ModelArtifactsInfo info;
};
using ListModels = std::function<Future<std::vector<StoredModel>>()>;

class Router {
 public:
  /// Names a scheme ("file://") for messages.
  void register_scheme(std::string scheme) { schemes_.push_back(std::move(scheme)); }
  void register_save_router(Route route) { save_routes_.push_back(std::move(route)); }
  void register_load_router(Route route) { load_routes_.push_back(std::move(route)); }
  /// What list_models() asks for the models of `scheme` ("indexeddb://").
  void register_store(std::string scheme, ListModels list) {
    stores_.emplace_back(std::move(scheme), std::move(list));
  }
  const std::vector<std::pair<std::string, ListModels>>& stores() const { return stores_; }
  const std::vector<std::string>& schemes() const { return schemes_; }
  std::vector<IOHandlerPtr> get_save_handlers(const std::string& url) const;
  std::vector<IOHandlerPtr> get_load_handlers(const std::string& url) const;

  /// The one handler for `url`. Errors: InvalidArgument when none (naming the known schemes) or
  /// several answer.
  IOHandlerPtr save_handler(const std::string& url) const;
  IOHandlerPtr load_handler(const std::string& url) const;

 private:
  std::vector<std::string> schemes_;
  std::vector<Route> save_routes_;
  std::vector<Route> load_routes_;
  std::vector<std::pair<std::string, ListModels>> stores_;
};

/// The process's router: handlers/handlers.def, then what the program registers.
Router& default_router();

inline void register_save_router(Route route) {
  default_router().register_save_router(std::move(route));
}
inline void register_load_router(Route route) {
  default_router().register_load_router(std::move(route));
}

/// A URL from what a user may write for a model: text that starts with a scheme ("http://...") as
/// it stands, a path with "file://" before it.
std::string url_of(const std::string& path_or_url);

/// "file://DIR" (save, and load of DIR/model.json), "file://DIR/model.json" (load), "file://X.zip"
/// (save; load of any zip archive, whatever its name). The path is taken as it stands.
IOHandlerPtr file_system(const std::string& path);

/// Loads artifacts that are in memory: the future is settled when load() returns, so that get()
/// never waits.
IOHandlerPtr from_memory(ModelArtifacts artifacts);

/// Saves by calling `save`, whose future may be settled later.
IOHandlerPtr with_save_handler(std::function<Future<SaveResult>(const ModelArtifacts&)> save);

// TensorFlow.js has other classes for handlers that do not wait. Here these are handlers like all
// others, whose futures are settled when their functions return.

/// TensorFlow.js's name for what from_memory() does anyway.
inline IOHandlerPtr from_memory_sync(ModelArtifacts artifacts) {
  return from_memory(std::move(artifacts));
}

/// Saves by calling `save`; what it throws is the save's error.
IOHandlerPtr with_save_handler_sync(std::function<SaveResult(const ModelArtifacts&)> save);

}  // namespace tfjs::io
