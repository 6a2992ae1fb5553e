// A save over HTTP: one multipart/form-data request.
#pragma once

#include <memory>

#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io::internal {

/// Another attempt is made only while no connection came to be: once a server may have read the
/// request, sending it again could save twice.
/// Errors: CorruptData: what check_savable refuses; InvalidArgument: a Content-Type among the
/// headers; the server's refusal, as status_error; Unavailable; Cancelled; Unsupported in a build
/// without HTTP.
Future<SaveResult> save_over_http(std::shared_ptr<const HttpPlace> place,
                                  const ModelArtifacts& artifacts, const SaveOptions& options);

}  // namespace tfjs::io::internal
