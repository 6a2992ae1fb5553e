// One connection of the scripted HTTP server: reads requests and plays responses on a socket. Every
// wait ends when the socket is shut down from another thread.
#pragma once

#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "tfjs/platform/testing/http_message.h"

namespace tfjs::platform::testing {

class HttpConnection {
 public:
  /// Waits that many seconds; false when the server ends meanwhile.
  using Sleep = std::function<bool(double seconds)>;

  HttpConnection(int socket, Sleep sleep) : socket_(socket), sleep_(std::move(sleep)) {}

  /// The head of the next request, without body; nothing when the client has left or speaks
  /// something else.
  std::optional<TestRequest> read_head() {
    std::string line;
    TestRequest request;
    if (!read_line(line)) return std::nullopt;
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string::npos || first == last) return std::nullopt;
    request.method = line.substr(0, first);
    request.target = line.substr(first + 1, last - first - 1);
    while (read_line(line)) {
      if (line.empty()) return request;
      const std::size_t colon = line.find(':');
      if (colon == std::string::npos) return std::nullopt;
      const std::size_t value = line.find_first_not_of(" \t", colon + 1);
      request.headers.emplace_back(line.substr(0, colon),
                                   value == std::string::npos ? "" : line.substr(value));
    }
    return std::nullopt;
  }

  /// At most `most` bytes of the body of `request`; false when the client left before.
  bool read_body(TestRequest& request, std::size_t most) {
    is_body_left_ = false;
    if (const auto coding = request.header("Transfer-Encoding"); coding) {
      return read_chunks(request.body, most);
    }
    const auto length = request.header("Content-Length");
    const std::size_t size = length ? std::strtoull(length->c_str(), nullptr, 10) : 0;
    is_body_left_ = size > most;
    return read_exactly(request.body, std::min(size, most));
  }

  /// Plays `response`, but for its delay. True when another request may follow on this connection.
  bool play(const TestRequest& request, const TestResponse& response) {
    const WireResponse wire = wire_of(response, request.method == "HEAD");
    std::size_t size = wire.bytes.size();
    if (response.end_at) {
      size =
          std::min(size, response.end_at->bytes + (response.end_at->is_in_body ? wire.body_at : 0));
    }
    const bool is_sent = send_all(std::string_view(wire.bytes).substr(0, size), response);
    if (!is_sent) return false;
    switch (response.end) {
      case TestResponse::End::Stall:
        wait_until_client_leaves();
        return false;
      case TestResponse::End::Reset: {
        const struct linger now = {1, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &now, sizeof now);
        return false;
      }
      case TestResponse::End::Close:
        return false;
      case TestResponse::End::KeepOpen:
        break;
    }
    if (is_body_left_) {
      drop_the_rest();
      return false;
    }
    const bool is_cut = response.stated_length.value_or(0) > response.body.size();
    const bool has_end = response.framing != TestResponse::Framing::UntilClose;
    return has_end && !is_cut && !asks_to_close(request.headers) &&
           !asks_to_close(response.headers);
  }

 private:
  static bool asks_to_close(const HttpHeaders& headers) {
    const auto value = find_header(headers, "Connection");
    return value && is_same_header(*value, "close");
  }

  bool receive_more() {
    const std::size_t before = buffer_.size();
    buffer_.resize(before + 65536);
    const ssize_t got = ::recv(socket_, buffer_.data() + before, 65536, 0);
    buffer_.resize(before + (got > 0 ? static_cast<std::size_t>(got) : 0));
    return got > 0;
  }

  bool read_line(std::string& line) {
    constexpr std::size_t kLongest = std::size_t{1} << 20;
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n")) == std::string::npos) {
      if (buffer_.size() > kLongest || !receive_more()) return false;
    }
    line = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return true;
  }

  /// Appends `size` bytes to `out`.
  bool read_exactly(std::string& out, std::size_t size) {
    while (size > 0) {
      if (buffer_.empty() && !receive_more()) return false;
      const std::size_t taken = std::min(size, buffer_.size());
      out.append(buffer_, 0, taken);
      buffer_.erase(0, taken);
      size -= taken;
    }
    return true;
  }

  bool read_chunks(std::string& out, std::size_t most) {
    std::string line;
    while (out.size() < most) {
      if (!read_line(line)) return false;
      const std::size_t size = std::strtoull(line.c_str(), nullptr, 16);
      if (size == 0) return read_line(line);
      if (!read_exactly(out, size) || !read_line(line)) return false;
    }
    is_body_left_ = true;
    return true;
  }

  bool send_all(std::string_view data, const TestResponse& response) {
    while (!data.empty()) {
      const std::size_t piece =
          response.drip_bytes == 0 ? data.size() : std::min(response.drip_bytes, data.size());
      const ssize_t sent = ::send(socket_, data.data(), piece, MSG_NOSIGNAL);
      if (sent <= 0) return false;
      data.remove_prefix(static_cast<std::size_t>(sent));
      if (response.drip_pause_s > 0 && !data.empty() && !sleep_(response.drip_pause_s))
        return false;
    }
    return true;
  }

  /// Reads nothing, so that a client that sends meets silence too.
  void wait_until_client_leaves() {
    struct pollfd client = {socket_, POLLRDHUP, 0};
    while (::poll(&client, 1, -1) < 0 && errno == EINTR) {
    }
  }

  /// Lets a client that is still sending read the answer: closing now would reset the connection.
  void drop_the_rest() {
    ::shutdown(socket_, SHUT_WR);
    while (receive_more()) buffer_.clear();
  }

  int socket_;
  Sleep sleep_;
  std::string buffer_;
  bool is_body_left_ = false;
};

}  // namespace tfjs::platform::testing
