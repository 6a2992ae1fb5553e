#include "tfjs/io/internal/http_fetch.h"

#include <algorithm>
#include <charconv>

#include "tfjs/base/error.h"
#include "tfjs/platform/clock.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::io::internal {
namespace {

using platform::find_header;
using platform::HttpHead;

constexpr std::size_t kMostErrorBody = 4096;  // bytes read of an answer that is not the file

/// What "Content-Range: bytes 5-9/10" says.
struct ContentRange {
  std::uint64_t begin = 0;
  std::uint64_t end = 0;  ///< one past the last byte
  std::uint64_t total = 0;
};

std::optional<std::uint64_t> take_number(std::string_view& text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

bool skip_text(std::string_view& text, std::string_view expected) {
  if (!text.starts_with(expected)) return false;
  text.remove_prefix(expected.size());
  return true;
}

std::optional<ContentRange> parse_content_range(std::string_view text) {
  if (!skip_text(text, "bytes ")) return std::nullopt;
  const auto first = take_number(text);
  if (!first || !skip_text(text, "-")) return std::nullopt;
  const auto last = take_number(text);
  if (!last || *last < *first || !skip_text(text, "/")) return std::nullopt;
  const auto total = take_number(text);
  if (!total || *last >= *total || !text.empty()) return std::nullopt;
  return ContentRange{*first, *last + 1, *total};
}

Error error_of(const std::exception_ptr& pointer) {
  try {
    std::rethrow_exception(pointer);
  } catch (const Error& error) {
    return error;
  } catch (const std::exception& error) {
    return internal_error("http: ", error.what());
  }
}

}  // namespace

std::string header_or_empty(const HttpHead& head, std::string_view name) {
  const std::string* value = find_header(head.headers, name);
  return value == nullptr ? "" : *value;
}

HttpFetch::HttpFetch(platform::HttpSession& session, const HttpPlace& place, HttpUrl url,
                     std::shared_ptr<FetchTarget> target, HttpValidators kept, Done done)
    : session_(session),
      place_(place),
      url_(std::move(url)),
      shown_(url_.shown()),
      target_(std::move(target)),
      kept_(std::move(kept)),
      done_(std::move(done)) {}

void HttpFetch::start() {
  ++attempts_;
  send();
}

void HttpFetch::start_kept() {
  session_.after(0, [self = shared_from_this()] {
    if (!self->is_over_) self->take_kept();
  });
}

void HttpFetch::resume() {
  if (std::exchange(awaits_kept_, false)) return take_kept();
  if (transfer_) transfer_->resume();
}

void HttpFetch::send() {
  platform::HttpRequest request = place_.request(url_);
  const std::string& validator = etag_.empty() ? last_modified_ : etag_;
  asks_for_rest_ = taken_ > 0 && !validator.empty();
  if (asks_for_rest_) {
    request.headers.emplace_back("Range", cat("bytes=", taken_, "-"));
    request.headers.emplace_back("If-Range", validator);
    request.accept_compressed = false;  // a range of compressed bytes would be of no use
  }
  asks_for_change_ = taken_ == 0 && !kept_.empty();
  if (asks_for_change_ && !kept_.etag.empty()) {
    request.headers.emplace_back("If-None-Match", kept_.etag);
  }
  if (asks_for_change_ && !kept_.last_modified.empty()) {
    request.headers.emplace_back("If-Modified-Since", kept_.last_modified);
  }
  body_ = Body::File;
  head_ = {};
  error_body_.clear();
  transfer_ = session_.send(std::move(request), shared_from_this());
}

void HttpFetch::on_head(const HttpHead& head) {
  head_ = head;
  if (asks_for_rest_ && head.status == 206 && continues_file(head)) return;
  if (asks_for_rest_ && (head.status == 206 || head.status == 416)) {
    restart();
  } else if (asks_for_change_ && head.status == 304) {
    body_ = Body::Kept;
  } else if (head.status >= 200 && head.status < 300 && head.status != 206) {
    begin_file(head);
  } else {
    body_ = Body::Error;
  }
}

void HttpFetch::begin_file(const HttpHead& head) {
  taken_ = 0;
  length_ = head.body_length;
  etag_.clear();
  last_modified_.clear();
  // Without a length (a compressed body has none that counts) there is no telling what is missing.
  if (length_) {
    const std::string etag = header_or_empty(head, "ETag");
    if (etag.starts_with('"')) etag_ = etag;
    // A date is no proof for a file that may change again within its second.
    last_modified_ = header_or_empty(head, "Last-Modified");
    if (last_modified_ == header_or_empty(head, "Date")) last_modified_.clear();
  }
  target_->begin(length_, head);
}

/// True when the answer is the rest of the very version whose beginning is there.
bool HttpFetch::continues_file(const HttpHead& head) const {
  const auto range = parse_content_range(header_or_empty(head, "Content-Range"));
  if (!range || range->begin != taken_ || range->total != length_) return false;
  if (head.body_length && *head.body_length != range->end - range->begin) return false;
  const std::string* etag = find_header(head.headers, "ETag");
  if (etag != nullptr && !etag_.empty() && *etag != etag_) return false;
  const std::string* date = find_header(head.headers, "Last-Modified");
  if (date != nullptr && !last_modified_.empty() && *date != last_modified_) return false;
  const std::string* encoding = find_header(head.headers, "Content-Encoding");
  return encoding == nullptr || platform::is_same_word(*encoding, "identity");
}

/// The file from its first byte, within the same attempt: it is the continuation that failed.
void HttpFetch::restart() {
  transfer_->abort();
  taken_ = 0;
  send();
}

bool HttpFetch::on_data(std::span<const std::byte> data) {
  if (body_ == Body::Error) {
    const std::size_t left = kMostErrorBody - error_body_.size();
    const std::span<const std::byte> part = data.first(std::min(left, data.size()));
    error_body_.append(reinterpret_cast<const char*>(part.data()), part.size());
    if (error_body_.size() == kMostErrorBody) {
      transfer_->abort();
      end_refused();
    }
    return true;
  }
  if (body_ == Body::Kept) return true;
  if (!target_->take(data)) return false;
  taken_ += data.size();
  return true;
}

void HttpFetch::on_end(const platform::HttpFailure* failure) {
  if (is_over_) return;
  transfer_.reset();
  if (failure != nullptr) {
    if (body_ == Body::Error && head_.status != 0) return end_refused();
    if (!failure->may_pass) return end(failure->error);
    return try_again(error_of(failure->error), std::nullopt);
  }
  if (body_ == Body::Error) return end_refused();
  if (body_ == Body::Kept) return take_kept();
  const auto expected = length_ ? length_ : target_->expected_length();
  if (expected && taken_ < *expected) {
    return try_again(
        unavailable(shown_, ": the answer ended after ", taken_, " of ", *expected, " bytes"),
        std::nullopt);
  }
  try {
    target_->finish();
  } catch (...) {
    return end(std::current_exception());
  }
  end(nullptr);
}

void HttpFetch::take_kept() {
  try {
    if (!target_->take_kept()) {
      awaits_kept_ = true;
      return;
    }
    target_->finish();
  } catch (...) {
    return end(std::current_exception());
  }
  end(nullptr);
}

void HttpFetch::end_refused() {
  transfer_.reset();
  const Error error = status_error(place_, shown_, head_, error_body_);
  if (!is_passing_status(head_.status)) return end(std::make_exception_ptr(error));
  const std::string wait = header_or_empty(head_, "Retry-After");
  try_again(error, retry_after_s(wait, platform::now_ms()));
}

void HttpFetch::try_again(const Error& error, std::optional<double> retry_after_s) {
  if (attempts_ > place_.options().retry) {
    const std::string many = attempts_ > 1 ? cat(" (", attempts_, " attempts)") : "";
    return end(std::make_exception_ptr(Error(error.code(), error.what() + many)));
  }
  session_.after(backoff_.next(retry_after_s), [self = shared_from_this()] {
    if (!self->is_over_) self->start();
  });
}

void HttpFetch::end(std::exception_ptr error) {
  if (std::exchange(is_over_, true)) return;
  std::exchange(done_, nullptr)(std::move(error));
}

}  // namespace tfjs::io::internal
