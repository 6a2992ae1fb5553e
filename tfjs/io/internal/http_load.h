// A load over HTTP: model.json, then its weight files, several at a time.
#pragma once

#include <memory>

#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io::internal {

/// Errors: NotFound, Unavailable, InvalidArgument by the server's answers; CorruptData, as of
/// parse_model_json and WeightReceiver; Cancelled; Unsupported in a build without HTTP.
Future<ModelArtifacts> load_over_http(std::shared_ptr<const HttpPlace> place,
                                      const LoadOptions& options);

}  // namespace tfjs::io::internal
