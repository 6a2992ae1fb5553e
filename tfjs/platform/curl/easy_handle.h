// libcurl's handles with owners.
#pragma once

#include <curl/curl.h>

#include <memory>
#include <string>

#include "tfjs/base/error.h"

namespace tfjs::platform::curl {

struct CleanUpEasy {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct CleanUpMulti {
  void operator()(CURLM* handle) const { curl_multi_cleanup(handle); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

using MultiHandle = std::unique_ptr<CURLM, CleanUpMulti>;

/// The options of one request at a time.
class EasyHandle {
 public:
  EasyHandle() : handle_(curl_easy_init()) {
    if (!handle_) throw unavailable("libcurl cannot make a handle: out of memory");
  }

  CURL* get() const { return handle_.get(); }

  /// Errors: Unsupported when this libcurl lacks the option.
  template <class Value>
  void set(CURLoption option, Value value) {
    const CURLcode code = curl_easy_setopt(handle_.get(), option, value);
    if (code != CURLE_OK) {
      throw unsupported("libcurl ", LIBCURL_VERSION, " refuses option ", static_cast<int>(option),
                        ": ", curl_easy_strerror(code));
    }
  }
  void set(CURLoption option, const std::string& value) { set(option, value.c_str()); }

  /// "Name: value" lines, kept until the next call.
  void set_headers(std::unique_ptr<curl_slist, FreeList> headers) {
    set(CURLOPT_HTTPHEADER, headers.get());
    headers_ = std::move(headers);
  }

  void reset() {
    curl_easy_reset(handle_.get());
    headers_.reset();
  }

 private:
  std::unique_ptr<CURL, CleanUpEasy> handle_;
  std::unique_ptr<curl_slist, FreeList> headers_;
};

}  // namespace tfjs::platform::curl
