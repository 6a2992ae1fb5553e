// How the places of models are reached: what to tell servers, how long to wait for them, where the
// stores are. Options of every subcommand that names a MODEL, SRC or DST.
#pragma once

#include <string>
#include <vector>

#include "tfjs/io/handlers/http.h"
#include "tfjs/io/io_handler.h"

namespace CLI {
class App;
}

namespace tfjs::cli {

struct PlaceOptions {
  std::vector<std::string> headers;  ///< "Name: value"
  std::string method;
  double timeout_s = 30;
  int retry = 3;
  bool insecure = false;
  std::string ca_file;
  std::string store;  ///< database of localstorage:// and indexeddb://; the user's when empty
};

/// Adds -H, --timeout, --retry, --insecure, --ca-file and --store.
void add_place_options(CLI::App& command, PlaceOptions& options);
/// Adds --method, for subcommands that save.
void add_method_option(CLI::App& command, PlaceOptions& options);

/// Makes --store the store of this process.
void use_store(const PlaceOptions& options);

/// The handler that reads `url`: a URL, or a path. Errors: UsageError for an unknown scheme, an
/// empty name, a malformed header.
io::IOHandlerPtr load_handler(const std::string& url, const PlaceOptions& options);
/// The same with a copy kept in the user's store: fetched only when it has changed, used while the
/// server cannot be reached. Errors: UsageError too when `url` is no server's.
io::IOHandlerPtr cached_handler(const std::string& url, const PlaceOptions& options);
/// Likewise for a destination.
io::IOHandlerPtr save_handler(const std::string& url, const PlaceOptions& options);

/// `url` without the user and password it may hold, to be shown.
std::string without_password(const std::string& url);

/// For two places that headers must not be sent to alike. Errors: UsageError when both are servers
/// of different origins and there are headers.
void check_headers_for(const std::string& source, const std::string& destination,
                       const PlaceOptions& options);

}  // namespace tfjs::cli
