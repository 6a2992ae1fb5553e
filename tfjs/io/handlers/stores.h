// localstorage:// and indexeddb://: models kept under a name, as in a browser. Natively both are in
// one SQLite file, apart from each other, so that programs of the browser move without change.
//
//   model.save("localstorage://my-model").get();
//   model.save(tf::io::indexed_db("my-model", {.store = "models.db"})).get();
//
// A name is any text, '/' included. SaveOptions::shard_bytes means nothing here: a store keeps the
// weights of a model together.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "tfjs/io/io_handler.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

struct StoreOptions {
  std::string store = {};  ///< path of the file; default_store_path() when empty
  double timeout = 60;     ///< seconds to wait while others use the file
};

/// The file that $TFJS_STORE names, else models.db in the folder tfjs of the user's data folder:
/// $XDG_DATA_HOME or ~/.local/share. Errors: Unavailable when the environment says none of these.
std::string default_store_path();

/// `name` with or without its scheme. Nothing is made before a model is saved.
/// Errors: InvalidArgument: a name that is empty, longer than 1024 bytes, holds a NUL or is not
/// UTF-8. The handler's own: NotFound when no model has the name; CorruptData naming file and
/// model; Unavailable, also when others use the file for longer than options.timeout.
IOHandlerPtr local_storage(const std::string& name, const StoreOptions& options = {});
IOHandlerPtr indexed_db(const std::string& name, const StoreOptions& options = {});

/// The models of a store by name; none when there is no file.
/// Errors: CorruptData naming file and model; Unavailable.
Future<std::vector<StoredModel>> list_local_storage(const StoreOptions& options = {});
Future<std::vector<StoredModel>> list_indexed_db(const StoreOptions& options = {});

/// TensorFlow.js's names.
inline IOHandlerPtr browser_local_storage(const std::string& name,
                                          const StoreOptions& options = {}) {
  return local_storage(name, options);
}
inline IOHandlerPtr browser_indexed_db(const std::string& name, const StoreOptions& options = {}) {
  return indexed_db(name, options);
}

}  // namespace tfjs::io
