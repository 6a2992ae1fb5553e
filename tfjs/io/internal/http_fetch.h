// One file fetched over HTTP, whatever happens to connections: further attempts with growing
// pauses, and a continuation where the last attempt broke off if the server proves that the file is
// still the same.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "tfjs/io/internal/http_cache.h"
#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/internal/retry.h"

namespace tfjs::io::internal {

/// The value of a header, or "".
std::string header_or_empty(const platform::HttpHead& head, std::string_view name);

/// Takes the bytes of one file. What it throws ends the fetch, without another attempt.
class FetchTarget {
 public:
  virtual ~FetchTarget() = default;
  /// The file begins, for the first time or anew: what was taken before counts no more. `length` is
  /// what the server says, unless it says nothing.
  virtual void begin(std::optional<std::uint64_t> length, const platform::HttpHead& head) = 0;
  /// The next bytes. false: not now, they come again after HttpFetch::resume().
  virtual bool take(std::span<const std::byte> data) = 0;
  /// The file is still the one whose validators were given: in place of begin() and take(). false:
  /// not now, this is called again after HttpFetch::resume().
  virtual bool take_kept() = 0;
  /// All bytes have been taken.
  virtual void finish() = 0;
  /// The bytes it must get, if known: less are taken for an answer that broke off.
  virtual std::optional<std::uint64_t> expected_length() const { return std::nullopt; }
};

class HttpFetch : public platform::HttpSink, public std::enable_shared_from_this<HttpFetch> {
 public:
  /// Called once, with the error or nullptr.
  using Done = std::function<void(std::exception_ptr error)>;

  /// `kept`: the validators of a copy that need not be sent again.
  HttpFetch(platform::HttpSession& session, const HttpPlace& place, HttpUrl url,
            std::shared_ptr<FetchTarget> target, HttpValidators kept, Done done);

  void start();
  /// Asks no server: the target's copy is the file.
  void start_kept();
  /// The target takes bytes again.
  void resume();

  void on_head(const platform::HttpHead& head) override;
  bool on_data(std::span<const std::byte> data) override;
  void on_end(const platform::HttpFailure* failure) override;

 private:
  enum class Body { File, Kept, Error };

  void send();
  void begin_file(const platform::HttpHead& head);
  bool continues_file(const platform::HttpHead& head) const;
  void restart();
  void take_kept();
  void end_refused();
  void try_again(const Error& error, std::optional<double> retry_after_s);
  void end(std::exception_ptr error);

  platform::HttpSession& session_;
  const HttpPlace& place_;
  HttpUrl url_;
  std::string shown_;
  std::shared_ptr<FetchTarget> target_;
  HttpValidators kept_;
  Done done_;
  Backoff backoff_;
  std::shared_ptr<platform::HttpTransfer> transfer_;
  int attempts_ = 0;
  bool is_over_ = false;

  // The version of the file that is being fetched
  std::optional<std::uint64_t> length_;
  std::uint64_t taken_ = 0;
  std::string etag_;           ///< strong, or ""
  std::string last_modified_;  ///< or ""

  // The answer that is being read
  bool asks_for_rest_ = false;
  bool asks_for_change_ = false;
  bool awaits_kept_ = false;  ///< take_kept() said "not now"
  Body body_ = Body::File;
  platform::HttpHead head_;
  std::string error_body_;
};

}  // namespace tfjs::io::internal
