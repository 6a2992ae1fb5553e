#include "tfjs/platform/curl/failure.h"

#include "tfjs/base/error.h"

namespace tfjs::platform::curl {
namespace {

HttpFailure final(const Error& error) {
  return {.error = std::make_exception_ptr(error)};
}

HttpFailure passing(const Error& error) {
  return {.error = std::make_exception_ptr(error), .may_pass = true};
}

/// libcurl's words, unless they may quote a proxy with its password.
std::string reason(CURLcode code, const FailureContext& context) {
  const bool is_safe = context.detail.find('@') == std::string::npos;
  const std::string detail = is_safe ? context.detail : "";
  return detail.empty() ? curl_easy_strerror(code) : quoted(detail, 300);
}

}  // namespace

HttpFailure failure_of(CURLcode code, const FailureContext& context) {
  const std::string& url = context.shown_url;
  const std::string why = reason(code, context);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return passing(unavailable(url, ": cannot connect: ", why));
    case CURLE_OPERATION_TIMEDOUT:
      return passing(
          unavailable(url, ": no connection within ", context.timeout_s, " s (timeout)"));
    case CURLE_PARTIAL_FILE:
      return passing(unavailable(url, ": the answer broke off: ", why));
    case CURLE_GOT_NOTHING:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
    case CURLE_SSL_CONNECT_ERROR:
      return passing(unavailable(url, ": the connection was lost: ", why));
    case CURLE_PEER_FAILED_VERIFICATION:
      return final(unavailable(url, ": the server's certificate is not trusted: ", why,
                               " (name a file of certificates to trust with ca_file, or skip the "
                               "check with insecure)"));
    case CURLE_SSL_CACERT_BADFILE:
      return final(invalid_argument("cannot read certificates from ca_file ",
                                    quoted(context.ca_file, 4096), ": ", why));
    case CURLE_BAD_CONTENT_ENCODING:
    case CURLE_WRITE_ERROR:
      // Our own callbacks leave an error of theirs; what remains is the decoder.
      return final(corrupt_data(url, ": the body cannot be decompressed: ", why));
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_WEIRD_SERVER_REPLY:
      return final(unavailable(url, ": the answer is no HTTP we understand: ", why));
    default:
      return final(unavailable(url, ": the request failed: ", why));
  }
}

}  // namespace tfjs::platform::curl
