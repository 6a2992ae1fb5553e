// indexeddb:// beside the browser: see stores.h.
#include "tfjs/io/internal/record_handler.h"

namespace tfjs::io {

namespace {

constexpr std::string_view kIndexedDbScheme = "indexeddb://";

}  // namespace

IOHandlerPtr indexed_db(const std::string& name, const StoreOptions& options) {
  return internal::record_handler(kIndexedDbScheme, name, options);
}

Future<std::vector<StoredModel>> list_indexed_db(const StoreOptions& options) {
  return Future<std::vector<StoredModel>>::from(
      [&] { return internal::list_records(kIndexedDbScheme, options); });
}

void register_indexed_db(Router& router) {
  internal::register_record_scheme(router, kIndexedDbScheme, indexed_db);
}

}  // namespace tfjs::io
