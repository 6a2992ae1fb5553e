// A load over HTTP: model.json, then its weight files, several at a time.
#pragma once

#include <memory>

#include "tfjs/io/internal/http_cache.h"
#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io::internal {

/// With a `cache`, files it has are fetched only if they changed, and it is given what came anew.
/// Errors: NotFound, Unavailable, InvalidArgument by the server's answers; CorruptData, as of
/// parse_model_json and WeightReceiver; Cancelled; Unsupported in a build without HTTP.
Future<ModelArtifacts> load_over_http(std::shared_ptr<const HttpPlace> place,
                                      const LoadOptions& options,
                                      std::shared_ptr<HttpCache> cache = nullptr);

}  // namespace tfjs::io::internal
