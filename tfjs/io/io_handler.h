// A place a model is saved to or loaded from. Built-in ones are in handlers/; a program may write
// its own:
//
//   class Vault : public tfjs::io::IOHandler {
//     Future<ModelArtifacts> load(const LoadOptions&) override { ... }
//   };
#pragma once

#include <memory>
#include <string>

#include "tfjs/base/future.h"
#include "tfjs/base/json.h"
#include "tfjs/base/progress.h"
#include "tfjs/io/model_artifacts.h"

namespace tfjs::io {

struct LoadOptions {
  std::string weight_path_prefix;  ///< replaces the folder of model.json in front of weight paths
  ProgressFn on_progress;          ///< bytes of weights read so far and in all
  WarningFn on_warning;            ///< surplus bytes and the like
  CancelToken cancel;
  JsonLimits json_limits;
  bool follow_links = false;  ///< weight paths through links may leave the model's folder
  bool verify = true;         ///< check sha256 of weight files where model.json gives it
  bool read_weights = true;   ///< false: specs only; weight_data stays empty
  /// Of all weight files together; what is larger is an error before memory is taken for it.
  std::uint64_t max_weight_bytes = std::uint64_t{1} << 40;
};

struct SaveOptions {
  ProgressFn on_progress;
  CancelToken cancel;
  std::uint64_t shard_bytes = 0;  ///< cut the weights into files of this size; 0: one file
};

class IOHandler {
 public:
  virtual ~IOHandler() = default;
  /// For messages: a URL, or "a custom IOHandler".
  virtual std::string description() const { return "a custom IOHandler"; }
  virtual bool can_load() const { return true; }
  virtual bool can_save() const { return true; }
  virtual bool can_remove() const { return false; }
  /// Whether load() gives what save() saved; not so where a server decides what it does with it.
  virtual bool loads_what_it_saves() const { return can_load() && can_save(); }
  /// Equal for two handlers that stand for the same place, so that a model is never copied onto
  /// itself; "" when the handler cannot say.
  virtual std::string place() const { return ""; }
  /// Errors: Unsupported unless overridden.
  virtual Future<ModelArtifacts> load(const LoadOptions& options);
  /// All or nothing: after a failure the previous model is as it was. Errors: Unsupported unless
  /// overridden.
  virtual Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options);
  /// Removes the model, and nothing that is not part of it. Errors: NotFound; Unsupported unless
  /// overridden.
  virtual Future<void> remove();
};

using IOHandlerPtr = std::shared_ptr<IOHandler>;

}  // namespace tfjs::io
