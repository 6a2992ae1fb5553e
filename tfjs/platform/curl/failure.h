// From CURLcode to tfjs::Error.
#pragma once

#include <curl/curl.h>

#include <string>

#include "tfjs/platform/http.h"

namespace tfjs::platform::curl {

struct FailureContext {
  std::string shown_url;  ///< without secrets
  std::string detail;     ///< libcurl's own words; may be empty
  double timeout_s = 0;
  std::string ca_file;
};

/// The error that `code` stands for and whether another attempt may help; not reached_server.
HttpFailure failure_of(CURLcode code, const FailureContext& context);

}  // namespace tfjs::platform::curl
