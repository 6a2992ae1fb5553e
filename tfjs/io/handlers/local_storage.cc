// localstorage:// beside the browser: see stores.h.
#include "tfjs/io/internal/record_handler.h"

namespace tfjs::io {

namespace {

constexpr std::string_view kLocalStorageScheme = "localstorage://";

}  // namespace

IOHandlerPtr local_storage(const std::string& name, const StoreOptions& options) {
  return internal::record_handler(kLocalStorageScheme, name, options);
}

Future<std::vector<StoredModel>> list_local_storage(const StoreOptions& options) {
  return Future<std::vector<StoredModel>>::from(
      [&] { return internal::list_records(kLocalStorageScheme, options); });
}

void register_local_storage(Router& router) {
  internal::register_record_scheme(router, kLocalStorageScheme, local_storage);
}

}  // namespace tfjs::io
