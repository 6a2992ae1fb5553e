// What the scripted HTTP server of http_server.h receives and answers. A response is a script: what
// is sent, and what goes wrong while it is sent.
//
//   respond(200, body)                             an honest answer
//   respond(200, body).say_length(1000)            Content-Length is a lie
//   respond(200, body).close_after_body(10)        the connection ends amid the body
//   respond(200, body).stall_after(0)              silence
//   redirect(302, other.url("/m/model.json"))
//   raw_response("<html>no status line</html>")    HTTP/0.9
#pragma once

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tfjs/base/text.h"

namespace tfjs::platform::testing {

using HttpHeaders = std::vector<std::pair<std::string, std::string>>;

inline bool is_same_header(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) ==
           std::tolower(static_cast<unsigned char>(y));
  });
}

/// The value of the first header of that name, in any case.
inline std::optional<std::string> find_header(const HttpHeaders& headers, std::string_view name) {
  for (const auto& [key, value] : headers) {
    if (is_same_header(key, name)) return value;
  }
  return std::nullopt;
}

struct TestRequest {
  std::string method;
  std::string target;  ///< as it was sent: "/m/model.json?v=1"; of a proxy an absolute URL
  HttpHeaders headers;
  std::string body;
  int connection = 0;  ///< number of the connection it came on, from 0
  int nth = 0;         ///< how many requests for this path its handler had before

  std::string path() const { return target.substr(0, target.find('?')); }
  /// With its '?'; "" when there is none.
  std::string query() const {
    const std::size_t mark = target.find('?');
    return mark == std::string::npos ? "" : target.substr(mark);
  }
  std::optional<std::string> header(std::string_view name) const {
    return find_header(headers, name);
  }
  bool has_header(std::string_view name) const { return header(name).has_value(); }
};

/// A place in a response, counted from its first byte or from the first byte of its body. The body
/// of a chunked response begins with the first chunk's length.
struct ResponsePlace {
  std::size_t bytes = 0;
  bool is_in_body = false;
};

struct TestResponse {
  int status = 200;
  HttpHeaders headers;
  std::string body;

  /// How the body's end is told. Raw: `body` is everything that is sent.
  enum class Framing { Length, Chunked, UntilClose, Raw };
  Framing framing = Framing::Length;
  std::size_t chunk_size = 0;                  ///< Chunked: bytes of one chunk
  std::optional<std::uint64_t> stated_length;  ///< Content-Length, if not the body's

  enum class End { KeepOpen, Close, Reset, Stall };
  End end = End::KeepOpen;              ///< what happens at `end_at`
  std::optional<ResponsePlace> end_at;  ///< after all, if not set
  double delay_s = 0;                   ///< before the first byte
  std::size_t drip_bytes = 0;           ///< sent at a time; 0: all at once
  double drip_pause_s = 0;              ///< between two of them

  /// Adds a header; the same name may come twice.
  TestResponse& header(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
  /// Replaces all headers of that name.
  TestResponse& set_header(const std::string& name, std::string value) {
    remove_header(name);
    return header(name, std::move(value));
  }
  TestResponse& remove_header(const std::string& name) {
    std::erase_if(headers, [&](const auto& header) { return is_same_header(header.first, name); });
    return *this;
  }
  /// Content-Length says this, whatever the body has. A body too short for it ends with the
  /// connection.
  TestResponse& say_length(std::uint64_t length) {
    stated_length = length;
    return *this;
  }
  TestResponse& chunked(std::size_t size) {
    framing = Framing::Chunked;
    chunk_size = std::max<std::size_t>(size, 1);
    return *this;
  }
  /// No length: the body ends where the connection ends.
  TestResponse& until_close() {
    framing = Framing::UntilClose;
    return *this;
  }
  /// The connection ends after the whole response.
  TestResponse& close() { return finish(End::Close, std::nullopt); }
  /// It ends after that many bytes of the response, the status line being its beginning.
  TestResponse& close_after(std::size_t bytes) {
    return finish(End::Close, ResponsePlace{bytes, false});
  }
  TestResponse& close_after_body(std::size_t bytes) {
    return finish(End::Close, ResponsePlace{bytes, true});
  }
  /// As close_after and close_after_body, but the connection is reset.
  TestResponse& reset_after(std::size_t bytes) {
    return finish(End::Reset, ResponsePlace{bytes, false});
  }
  TestResponse& reset_after_body(std::size_t bytes) {
    return finish(End::Reset, ResponsePlace{bytes, true});
  }
  /// Silence, until the client leaves.
  TestResponse& stall_after(std::size_t bytes) {
    return finish(End::Stall, ResponsePlace{bytes, false});
  }
  TestResponse& stall_after_body(std::size_t bytes) {
    return finish(End::Stall, ResponsePlace{bytes, true});
  }
  TestResponse& delay(double seconds) {
    delay_s = seconds;
    return *this;
  }
  TestResponse& drip(std::size_t bytes, double pause_s) {
    drip_bytes = bytes;
    drip_pause_s = pause_s;
    return *this;
  }

 private:
  TestResponse& finish(End what, std::optional<ResponsePlace> where) {
    end = what;
    end_at = where;
    return *this;
  }
};

inline TestResponse respond(int status, std::string body = "", std::string content_type = "") {
  TestResponse response;
  response.status = status;
  response.body = std::move(body);
  if (!content_type.empty()) response.header("Content-Type", std::move(content_type));
  return response;
}

inline TestResponse redirect(int status, std::string location) {
  return respond(status, "moved\n", "text/plain").header("Location", std::move(location));
}

/// Sends `bytes` as they stand in place of a response, then closes.
inline TestResponse raw_response(std::string bytes) {
  TestResponse response;
  response.framing = TestResponse::Framing::Raw;
  response.body = std::move(bytes);
  return response.close();
}

/// The bytes a response puts on the wire, and where its body begins among them.
struct WireResponse {
  std::string bytes;
  std::size_t body_at = 0;
};

inline std::string hex_text(std::size_t value) {
  std::string out;
  do {
    out.insert(out.begin(), "0123456789abcdef"[value % 16]);
    value /= 16;
  } while (value != 0);
  return out;
}

inline WireResponse wire_of(const TestResponse& response, bool is_head_request) {
  if (response.framing == TestResponse::Framing::Raw) return {response.body, 0};
  std::string head = cat("HTTP/1.1 ", response.status, " Scripted\r\n");
  for (const auto& [name, value] : response.headers) head += cat(name, ": ", value, "\r\n");
  const bool has_body = response.status >= 200 && response.status != 204 && response.status != 304;
  if (response.framing == TestResponse::Framing::Chunked) {
    head += "Transfer-Encoding: chunked\r\n";
  } else if (response.stated_length) {
    head += cat("Content-Length: ", *response.stated_length, "\r\n");
  } else if (response.framing == TestResponse::Framing::Length && has_body) {
    head += cat("Content-Length: ", response.body.size(), "\r\n");
  }
  WireResponse wire{head + "\r\n", 0};
  wire.body_at = wire.bytes.size();
  if (is_head_request || !has_body) return wire;
  if (response.framing != TestResponse::Framing::Chunked) {
    wire.bytes += response.body;
    return wire;
  }
  for (std::size_t at = 0; at < response.body.size(); at += response.chunk_size) {
    const std::string chunk = response.body.substr(at, response.chunk_size);
    wire.bytes += cat(hex_text(chunk.size()), "\r\n", chunk, "\r\n");
  }
  wire.bytes += "0\r\n\r\n";
  return wire;
}

}  // namespace tfjs::platform::testing
