#include "tfjs/platform/curl/transfer.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "tfjs/base/http_url.h"
#include "tfjs/base/version.h"
#include "tfjs/platform/curl/failure.h"
#include "tfjs/platform/http_redirect.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::platform::curl {
namespace {

constexpr std::size_t kMostHeaderBytes = std::size_t{256} << 10;
constexpr std::size_t kMostIgnored = std::size_t{64} << 10;  // of a redirect's body
constexpr long kReceiveBuffer = 256 << 10;                   // bytes; stays in the cache
constexpr long kSendBuffer = 256 << 10;

/// One line for CURLOPT_HTTPHEADER; an empty value needs ';' (with ':' libcurl would drop it).
std::string header_line(const std::string& name, const std::string& value) {
  return trimmed(value).empty() ? cat(name, ';') : cat(name, ": ", value);
}

std::unique_ptr<curl_slist, FreeList> header_list(const HttpHeaders& headers) {
  // No "Expect: 100-continue": servers that do not know it would stall a save.
  std::unique_ptr<curl_slist, FreeList> list(curl_slist_append(nullptr, "Expect:"));
  for (const auto& [name, value] : headers) {
    if (!is_http_token(name) || !is_http_header_value(value)) {
      throw invalid_argument("malformed header ", quoted(name));
    }
    curl_slist* longer = curl_slist_append(list.get(), header_line(name, value).c_str());
    if (longer == nullptr) throw unavailable("out of memory for HTTP headers");
    list.release();
    list.reset(longer);
  }
  return list;
}

std::uint64_t size_of(const std::vector<Bytes>& pieces) {
  std::uint64_t size = 0;
  for (const Bytes& piece : pieces) size += piece.size();
  return size;
}

void allow_http_only(EasyHandle& easy) {
#if LIBCURL_VERSION_NUM >= 0x075500
  easy.set(CURLOPT_PROTOCOLS_STR, "http,https");
  easy.set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
  easy.set(CURLOPT_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
  easy.set(CURLOPT_REDIR_PROTOCOLS, static_cast<long>(CURLPROTO_HTTP | CURLPROTO_HTTPS));
#endif
#if LIBCURL_VERSION_NUM >= 0x075700
  // A cancelled transfer does not wait for the name server.
  easy.set(CURLOPT_QUICK_EXIT, 1L);
#endif
}

void set_tls(EasyHandle& easy, const HttpSessionOptions& options) {
  easy.set(CURLOPT_SSL_VERIFYPEER, options.insecure ? 0L : 1L);
  easy.set(CURLOPT_SSL_VERIFYHOST, options.insecure ? 0L : 2L);
  if (options.ca_file.empty()) return;
  easy.set(CURLOPT_CAINFO, options.ca_file);
  easy.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
}

}  // namespace

Transfer::Transfer(HttpRequest request, std::shared_ptr<HttpSink> sink,
                   const HttpSessionOptions& options)
    : request_(std::move(request)),
      sink_(std::move(sink)),
      options_(options),
      silence_(options.timeout_s) {}

void Transfer::prepare() {
  if (next_) request_ = std::move(*next_);
  next_.reset();
  status_line_.clear();
  headers_.clear();
  header_bytes_ = ignored_ = piece_ = in_piece_ = 0;
  read_ = sent_ = 0;
  body_size_ = request_.body ? size_of(*request_.body) : 0;
  has_head_ = was_reached_ = false;
  detail_[0] = '\0';
  silence_.restart();
  const HttpUrl url = parse_http_url(request_.url);
  shown_url_ = url.shown();

  easy_.reset();
  easy_.set(CURLOPT_PRIVATE, this);
  easy_.set(CURLOPT_ERRORBUFFER, detail_.data());
  easy_.set(CURLOPT_NOSIGNAL, 1L);
  easy_.set(CURLOPT_URL, url.text());
  easy_.set(CURLOPT_PATH_AS_IS, 1L);
  allow_http_only(easy_);
  easy_.set(CURLOPT_FOLLOWLOCATION, 0L);
  easy_.set(CURLOPT_HTTP09_ALLOWED, 0L);
  easy_.set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
  easy_.set(CURLOPT_USERAGENT, cat("tfjs-cpp/", kVersion));
  const double timeout_ms = std::max(1.0, options_.timeout_s * 1000);
  easy_.set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(std::min(timeout_ms, 1e9)));
  set_tls(easy_, options_);
  if (!request_.user.empty() || !request_.password.empty()) {
    easy_.set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
    easy_.set(CURLOPT_USERNAME, request_.user);
    easy_.set(CURLOPT_PASSWORD, request_.password);
  }
  // "": all that this libcurl can decompress.
  if (request_.accept_compressed) easy_.set(CURLOPT_ACCEPT_ENCODING, "");
  easy_.set_headers(header_list(request_.headers));
  set_body();
  easy_.set(CURLOPT_BUFFERSIZE, kReceiveBuffer);
  easy_.set(CURLOPT_HEADERFUNCTION, &header_callback);
  easy_.set(CURLOPT_HEADERDATA, this);
  easy_.set(CURLOPT_WRITEFUNCTION, &write_callback);
  easy_.set(CURLOPT_WRITEDATA, this);
  easy_.set(CURLOPT_PREREQFUNCTION, &ready_callback);
  easy_.set(CURLOPT_PREREQDATA, this);
}

void Transfer::set_body() {
  if (request_.method == "HEAD") {
    easy_.set(CURLOPT_NOBODY, 1L);
  } else if (request_.body) {
    easy_.set(CURLOPT_UPLOAD, 1L);
    easy_.set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(body_size_));
    easy_.set(CURLOPT_UPLOAD_BUFFERSIZE, kSendBuffer);
    easy_.set(CURLOPT_READFUNCTION, &read_callback);
    easy_.set(CURLOPT_READDATA, this);
    easy_.set(CURLOPT_SEEKFUNCTION, &seek_callback);
    easy_.set(CURLOPT_SEEKDATA, this);
  } else {
    easy_.set(CURLOPT_HTTPGET, 1L);
  }
  easy_.set(CURLOPT_CUSTOMREQUEST, request_.method);
}

template <class Work>
bool Transfer::guarded(Work&& work) {
  try {
    work();
  } catch (...) {
    sink_error_ = std::current_exception();
  }
  return !sink_error_ && !is_over_;
}

std::size_t Transfer::header_callback(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::string_view line(data, size * count);
  transfer.silence_.moved(line.size());
  return transfer.guarded([&] { transfer.take_header_line(line); }) ? line.size() : 0;
}

void Transfer::take_header_line(std::string_view line) {
  header_bytes_ += line.size();
  if (header_bytes_ > kMostHeaderBytes) {
    throw corrupt_data(shown_url_, ": the answer's headers have more than ", kMostHeaderBytes,
                       " bytes");
  }
  if (has_head_) return;  // a trailer after the body
  const std::string_view text = trimmed(line);
  if (text.empty()) {
    take_head();
  } else if (status_line_.empty()) {
    status_line_ = text;
  } else if ((line[0] == ' ' || line[0] == '\t') && !headers_.empty()) {
    headers_.back().second.append(" ").append(text);  // folded (RFC 9112, 5.2)
  } else if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    headers_.emplace_back(trimmed(text.substr(0, colon)), trimmed(text.substr(colon + 1)));
  }
}

void Transfer::take_head() {
  long status = 0;
  curl_easy_getinfo(handle(), CURLINFO_RESPONSE_CODE, &status);
  if (status >= 100 && status < 200) {  // only "go on" or a hint; the answer comes yet
    status_line_.clear();
    headers_.clear();
    return;
  }
  has_head_ = true;
  silence_.restart();
  HttpHead head;
  head.status = status_ = static_cast<int>(status);
  head.url = request_.url;
  head.headers = std::move(headers_);
  const std::string* encoding = find_header(head.headers, "Content-Encoding");
  const bool is_plain = encoding == nullptr || is_same_word(*encoding, "identity");
  curl_off_t length = -1;
  curl_easy_getinfo(handle(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  const bool is_chunked = find_header(head.headers, "Transfer-Encoding") != nullptr;
  if (length >= 0 && is_plain && !is_chunked) {
    head.body_length = static_cast<std::uint64_t>(length);
  }
  next_ = redirected(request_, head);
  if (!next_) {
    sink_->on_head(head);
  } else if (++redirects_ > kMostRedirects) {
    throw unavailable(shown_url_, ": redirected more than ", kMostRedirects, " times");
  }
}

std::size_t Transfer::write_callback(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  const std::size_t bytes = size * count;
  transfer.silence_.moved(bytes);
  if (transfer.next_) {
    transfer.ignored_ += bytes;
    return transfer.ignored_ > kMostIgnored ? 0 : bytes;
  }
  bool is_taken = false;
  const bool goes_on = transfer.guarded([&] {
    is_taken = transfer.sink_->on_data(std::as_bytes(std::span<const char>(data, bytes)));
  });
  if (!goes_on) return 0;
  transfer.is_paused_ = !is_taken;
  return is_taken ? bytes : CURL_WRITEFUNC_PAUSE;
}

std::size_t Transfer::read_callback(char* data, std::size_t size, std::size_t count, void* self) {
  auto& transfer = *static_cast<Transfer*>(self);
  std::size_t bytes = 0;
  const bool goes_on = transfer.guarded([&] {
    bytes = transfer.read_body(data, size * count);
    transfer.read_ += bytes;
    if (bytes > 0) transfer.sink_->on_sent(transfer.read_);
  });
  return goes_on ? bytes : CURL_READFUNC_ABORT;
}

std::size_t Transfer::read_body(char* out, std::size_t size) {
  std::size_t done = 0;
  while (done < size && piece_ < request_.body->size()) {
    const std::span<const std::byte> rest = (*request_.body)[piece_].span().subspan(in_piece_);
    const std::size_t bytes = std::min(size - done, rest.size());
    if (bytes > 0) std::memcpy(out + done, rest.data(), bytes);
    done += bytes;
    in_piece_ += bytes;
    if (in_piece_ < (*request_.body)[piece_].size()) break;
    ++piece_;
    in_piece_ = 0;
  }
  return done;
}

int Transfer::seek_callback(void* self, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(self);
  // libcurl starts a body again, nothing else.
  if (origin != SEEK_SET || offset != 0) return CURL_SEEKFUNC_CANTSEEK;
  transfer.piece_ = transfer.in_piece_ = 0;
  transfer.read_ = 0;
  return CURL_SEEKFUNC_OK;
}

int Transfer::ready_callback(void* self, char*, char*, int, int) {
  auto& transfer = *static_cast<Transfer*>(self);
  transfer.was_reached_ = transfer.reached_server_ = true;
  transfer.silence_.restart();
  return CURL_PREREQFUNC_OK;
}

bool Transfer::done(CURLcode code) {
  if (is_over_) return false;
  if (sink_error_) {
    fail(sink_error_);
    return false;
  }
  if (next_) return true;
  if (code == CURLE_OK) {
    if (is_hasty_success()) {
      fail(std::make_exception_ptr(unavailable(shown_url_, ": the server answered with status ",
                                               status_,
                                               " before all of the request had been sent")));
    } else {
      end(nullptr);
    }
    return false;
  }
  HttpFailure failure =
      failure_of(code, {shown_url_, detail_.data(), options_.timeout_s, options_.ca_file});
  failure.reached_server = reached_server_;
  end(&failure);
  return false;
}

/// The server says that all is well with a body it cannot have seen the end of.
bool Transfer::is_hasty_success() const {
  curl_off_t sent = 0;
  curl_easy_getinfo(handle(), CURLINFO_SIZE_UPLOAD_T, &sent);
  return status_ >= 200 && status_ < 300 && static_cast<std::uint64_t>(sent) < body_size_;
}

void Transfer::fail(std::exception_ptr error) {
  const HttpFailure failure{std::move(error), false, reached_server_};
  end(&failure);
}

bool Transfer::is_silent() {
  curl_off_t sent = 0;
  curl_easy_getinfo(handle(), CURLINFO_SIZE_UPLOAD_T, &sent);
  const auto all_sent = static_cast<std::uint64_t>(std::max<curl_off_t>(sent, 0));
  if (all_sent > sent_) {
    silence_.moved(all_sent - std::exchange(sent_, all_sent));
    if (sent_ == body_size_) silence_.restart();  // from now on the answer is waited for
  }
  // Until it is connected libcurl's own limit is first; this one is there for slow name servers.
  return !is_paused_ && silence_.is_too_long(was_reached_ ? 0 : 1);
}

void Transfer::fail_for_silence() {
  const std::string_view what = !was_reached_ ? "no connection"
                                : !has_head_  ? "no answer"
                                              : "no more of the answer";
  const Error error = unavailable(shown_url_, ": ", what, " for ", options_.timeout_s, " s",
                                  silence_.bytes() > 0 ? " (but for a few bytes)" : "");
  const HttpFailure failure{std::make_exception_ptr(error), true, reached_server_};
  end(&failure);
}

void Transfer::resume_if_asked() {
  if (!std::exchange(must_resume_, false)) return;
  is_paused_ = false;
  silence_.restart();
  curl_easy_pause(handle(), CURLPAUSE_CONT);
}

void Transfer::end(const HttpFailure* failure) {
  if (std::exchange(is_over_, true)) return;
  sink_->on_end(failure);
}

}  // namespace tfjs::platform::curl
