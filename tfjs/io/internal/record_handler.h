// The handlers of models that are records of a platform::RecordStore.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tfjs/io/handlers/stores.h"

namespace tfjs::io::internal {

/// The model `name` in the space called like `scheme` ("localstorage://") without "://".
IOHandlerPtr record_handler(std::string_view scheme, const std::string& name,
                            const StoreOptions& options);

/// All models of that space.
std::vector<StoredModel> list_records(std::string_view scheme, const StoreOptions& options);

/// Tells the router of a scheme whose models `make` makes handlers for.
void register_record_scheme(Router& router, std::string_view scheme,
                            IOHandlerPtr (*make)(const std::string& name,
                                                 const StoreOptions& options));

}  // namespace tfjs::io::internal
