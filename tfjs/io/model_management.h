// Models as things in places: listed, copied, moved, removed. tf.io.listModels() and its kin of
// TensorFlow.js, between any two places that can do their part.
//
//   for (const auto& [url, info] : tf::io::list_models().get()) ...
//   tf::io::move_model("localstorage://draft", "indexeddb://final").get();
#pragma once

#include <functional>
#include <map>
#include <string>

#include "tfjs/io/io_handler.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

struct CopyOptions {
  LoadOptions load = {};  ///< how the source is read
  SaveOptions save = {};  ///< how the destination is written
  /// Called with what was read before it is written: to store weights smaller, say.
  std::function<void(ModelArtifacts&)> change = {};
};

/// The models of every store that can list (localstorage://, indexeddb://, those a program
/// registered), by URL.
Future<std::map<std::string, ModelArtifactsInfo>> list_models(
    const Router& router = default_router());

/// Everything the source has goes to the destination: topology, weights as they are stored,
/// training config, optimizer weights, metadata, unknown fields.
/// Errors: InvalidArgument when both are the same place; those of load and save. The destination's
/// old model stays when anything fails.
Future<SaveResult> copy_model(const std::string& from, const std::string& to,
                              const CopyOptions& options = {});
Future<SaveResult> copy_model(const IOHandlerPtr& from, const IOHandlerPtr& to,
                              const CopyOptions& options = {});

/// Copies, reads the copy back and compares every byte, sees that the source is still what was
/// copied, and only then removes it.
/// Errors: those of copy_model; Unsupported, before anything is written, when the source cannot
/// remove models or the destination cannot be read back; CorruptData when the copy differs,
/// Unavailable when the source has changed meanwhile: then both stay.
Future<SaveResult> move_model(const std::string& from, const std::string& to,
                              const CopyOptions& options = {});
Future<SaveResult> move_model(const IOHandlerPtr& from, const IOHandlerPtr& to,
                              const CopyOptions& options = {});

/// Errors: NotFound; Unsupported for a place that cannot remove models.
Future<void> remove_model(const std::string& url);

}  // namespace tfjs::io
