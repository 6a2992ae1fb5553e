// An HTTP client driven by events: requests are sent in a session, and what comes back is handed to
// a sink, piece by piece. curl/ implements it with libcurl; a browser's fetch fits the same calls,
// for nothing here waits.
//
//   run_http({.timeout_s = 10}, [](HttpSession& session) {
//     session.send({.url = "http://models.local/model.json"}, std::make_shared<MySink>());
//   });
//
// A session is one line of work: everything of it runs on one thread, natively its own, so that a
// sink may take its time.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/future.h"
#include "tfjs/base/progress.h"

namespace tfjs::platform {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

/// The value of the first header `name` (in any case), or nullptr.
const std::string* find_header(const HttpHeaders& headers, std::string_view name);

/// True when `name` may name a header (RFC 9110: a token), or a method.
bool is_http_token(std::string_view name);
/// True when `value` holds no CR, LF or NUL, which would end the header.
bool is_http_header_value(std::string_view value);

struct HttpRequest {
  std::string method = "GET";
  std::string url;  ///< http or https; without credentials
  HttpHeaders headers;
  /// HTTP Basic. Like the headers Authorization and Cookie, they go to the origin of `url` alone.
  std::string user;
  std::string password;
  /// Sent as one body with its exact length; unset: no body. The pieces are never joined.
  std::optional<std::vector<Bytes>> body;
  bool accept_compressed = true;  ///< gzip, deflate, br; the sink gets the plain bytes
};

/// The start of an answer, redirects followed.
struct HttpHead {
  int status = 0;
  std::string url;  ///< that answered
  HttpHeaders headers;
  /// Bytes of the body that will come; unset when the server did not say, or compresses.
  std::optional<std::uint64_t> body_length;
};

/// Why a transfer ended early.
struct HttpFailure {
  std::exception_ptr error;     ///< a tfjs::Error, or what the sink threw
  bool may_pass = false;        ///< another attempt may succeed: connection lost, silence, ...
  bool reached_server = false;  ///< the request may have been read by a server
};

/// Takes what comes of one transfer. What a call but on_end throws ends the transfer with it.
class HttpSink {
 public:
  virtual ~HttpSink() = default;
  virtual void on_head(const HttpHead& head) = 0;
  /// The next bytes of the body. false: not now; the same bytes come again after resume().
  virtual bool on_data(std::span<const std::byte> data) = 0;
  /// `bytes` of the request's body have been sent; less than before when it is sent again.
  virtual void on_sent(std::uint64_t bytes) {}
  /// The last call: all of the body has come, or it failed.
  virtual void on_end(const HttpFailure* failure) = 0;
};

class HttpTransfer {
 public:
  virtual ~HttpTransfer() = default;
  /// Goes on after on_data() said "not now"; call it from the session's thread.
  virtual void resume() = 0;
  /// Ends the transfer; its sink is not called any more.
  virtual void abort() = 0;
};

class HttpSession {
 public:
  virtual ~HttpSession() = default;

  /// Starts a request. Redirects are followed, at most 10, to http and https only: of GET and HEAD
  /// all of them (301, 302, 303, 307, 308), of other methods 307 and 308 alone, whose body is sent
  /// again; another redirect is the answer. The sink is called later, never from here.
  virtual std::shared_ptr<HttpTransfer> send(HttpRequest request,
                                             std::shared_ptr<HttpSink> sink) = 0;

  /// Calls `work` after that time; at once when the session is cancelled.
  virtual void after(double seconds, std::function<void()> work) = 0;

  /// How other threads get work into the session: what this gives may be called from any thread,
  /// once or never, and the session does not end before it is called or destroyed.
  using Post = std::function<void(std::function<void()> work)>;
  virtual Post post_later() = 0;

  /// Ends the session once its current call returns: nothing of it is called any more.
  virtual void end() = 0;
};

struct HttpSessionOptions {
  /// Seconds of silence (connecting, waiting for the head, between bytes; less than 1 KiB/s counts
  /// as silence) after which a transfer fails.
  double timeout_s = 30;
  bool insecure = false;  ///< do not verify TLS certificates
  std::string ca_file;    ///< PEM certificates to trust instead of the system's
  /// Noticed within a second: transfers fail with Cancelled, timers come at once.
  CancelToken cancel;
};

/// Runs `start` in a new session, and then what it started. The result is settled when nothing of
/// the session is left: no transfer, no timer, no Post. It fails with what `start`, a timer or a
/// posted function throws, and such an error ends the session.
/// Errors: Unsupported in a build without an HTTP client.
Future<void> run_http(const HttpSessionOptions& options,
                      std::function<void(HttpSession& session)> start);

}  // namespace tfjs::platform
