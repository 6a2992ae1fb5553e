// http:// and https://: a model on a server. Loads model.json and the weight files it names; saves
// with one multipart/form-data request, as TensorFlow.js does.
// SaveOptions::shard_bytes has no meaning here: the form has one part for the weights.
//
//   model.save(tf::io::http("http://models.local/upload", {.method = "PUT"})).get();
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tfjs/io/io_handler.h"

namespace tfjs::io {

struct HttpCredentials {
  std::string user;
  std::string password;
};

struct HttpOptions {
  std::string method = {};  ///< of the save; POST when empty
  /// Of every request. Authorization, Cookie and Host go to the origin of the URL alone, not to
  /// where a redirect, a prefix or a converter leads.
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::optional<HttpCredentials> credentials = {};  ///< HTTP Basic, to this origin; else the URL's
  double timeout = 30;       ///< seconds of silence, or of less than 1 KiB/s, before giving up
  int retry = 3;             ///< further attempts per file
  bool insecure = false;     ///< do not verify TLS certificates
  std::string ca_file = {};  ///< PEM file of certificates to trust; the system's if empty
  /// In front of weight paths, in place of the URL's folder; goes before LoadOptions'.
  std::string weight_path_prefix = {};
  /// The URL of a weight file, whole or relative to the model's, from its path in model.json; takes
  /// the place of prefix and query.
  std::function<Future<std::string>(const std::string& path)> weight_url_converter = {};
  ProgressFn on_progress = {};  ///< in bytes; LoadOptions' and SaveOptions' is called as well
};

/// Errors: InvalidArgument: no http(s) URL, no host, a malformed header or method.
IOHandlerPtr http(const std::string& url, HttpOptions options = {});

/// TensorFlow.js's older name.
inline IOHandlerPtr browser_http_request(const std::string& url, HttpOptions options = {}) {
  return http(url, std::move(options));
}

}  // namespace tfjs::io
