// One request on libcurl's easy handle, its redirects included. It lives in a Session, which calls
// all of it from one thread.
#pragma once

#include <curl/curl.h>

#include <array>
#include <memory>
#include <optional>
#include <string>

#include "tfjs/platform/curl/easy_handle.h"
#include "tfjs/platform/curl/silence.h"
#include "tfjs/platform/http.h"

namespace tfjs::platform::curl {

class Transfer : public HttpTransfer {
 public:
  Transfer(HttpRequest request, std::shared_ptr<HttpSink> sink, const HttpSessionOptions& options);

  void resume() override { must_resume_ = is_paused_; }
  void abort() override { is_over_ = true; }

  /// Readies the handle for the request, or for the one that a redirect led to.
  void prepare();
  CURL* handle() const { return easy_.get(); }

  /// libcurl is done with the handle. True when a redirect is to be followed: prepare() again.
  bool done(CURLcode code);
  /// Ends with an error of the session: cancelled.
  void fail(std::exception_ptr error);
  /// Continues after a pause, if asked to.
  void resume_if_asked();
  /// Something is to be done before waiting for the network.
  bool wants_attention() const { return must_resume_ || is_over_; }
  bool is_silent();
  void fail_for_silence();
  /// Lets go of the sink, which may hold this.
  void forget_sink() { sink_.reset(); }
  /// The sink has had its last call, or wants none.
  bool is_over() const { return is_over_; }

 private:
  static std::size_t header_callback(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t write_callback(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t read_callback(char* data, std::size_t size, std::size_t count, void* self);
  static int seek_callback(void* self, curl_off_t offset, int origin);
  static int ready_callback(void* self, char* to_ip, char* from_ip, int to_port, int from_port);

  /// Runs what may throw inside a callback of libcurl; false when the transfer must end.
  template <class Work>
  bool guarded(Work&& work);
  void set_body();
  void take_header_line(std::string_view line);
  void take_head();
  bool is_hasty_success() const;
  std::size_t read_body(char* out, std::size_t size);
  void end(const HttpFailure* failure);

  HttpRequest request_;
  std::shared_ptr<HttpSink> sink_;
  HttpSessionOptions options_;
  std::string shown_url_;
  EasyHandle easy_;
  std::array<char, CURL_ERROR_SIZE> detail_{};
  Silence silence_;

  // Of the request that is under way
  std::string status_line_;
  HttpHeaders headers_;
  std::size_t header_bytes_ = 0;
  bool has_head_ = false;
  int status_ = 0;
  bool was_reached_ = false;  ///< connected: the request is being sent
  std::size_t piece_ = 0;     ///< of the body to send
  std::size_t in_piece_ = 0;
  std::uint64_t body_size_ = 0;
  std::uint64_t read_ = 0;  ///< of the body, by libcurl
  std::uint64_t sent_ = 0;  ///< of the body, to the network

  // Of all
  std::optional<HttpRequest> next_;  ///< where a redirect leads
  std::size_t ignored_ = 0;          ///< bytes of a redirect's body
  int redirects_ = 0;
  bool reached_server_ = false;
  bool is_paused_ = false;
  bool must_resume_ = false;
  bool is_over_ = false;
  std::exception_ptr sink_error_;
};

}  // namespace tfjs::platform::curl
