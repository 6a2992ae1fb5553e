// Compressed bodies: gzip and deflate are taken, lies about them are not, and what they unpack to
// is bounded as every body is.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

void put_little_endian(std::string& out, std::uint32_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
}

std::uint32_t crc32_of(std::string_view data) {
  std::uint32_t crc = ~0u;
  for (char c : data) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB88320u : 0);
  }
  return ~crc;
}

/// Deflate's blocks that are not compressed (RFC 1951, 3.2.4).
std::string stored_blocks(std::string_view data) {
  std::string out;
  do {
    const std::string_view block = data.substr(0, 65535);
    data.remove_prefix(block.size());
    out.push_back(data.empty() ? 1 : 0);
    const auto size = static_cast<std::uint32_t>(block.size());
    put_little_endian(out, size, 2);
    put_little_endian(out, ~size, 2);
    out.append(block);
  } while (!data.empty());
  return out;
}

const std::string kGzipHead("\x1f\x8b\x08\0\0\0\0\0\0\x03", 10);

std::string gzip(std::string_view data) {
  std::string out = kGzipHead + stored_blocks(data);
  put_little_endian(out, crc32_of(data), 4);
  put_little_endian(out, static_cast<std::uint32_t>(data.size()), 4);
  return out;
}

/// "deflate" is zlib's format (RFC 1950).
std::string zlib(std::string_view data) {
  std::uint32_t a = 1, b = 0;
  for (char c : data) {
    a = (a + static_cast<unsigned char>(c)) % 65521;
    b = (b + a) % 65521;
  }
  std::string out = "\x78\x01" + stored_blocks(data);
  for (std::uint32_t half : {b, a}) {
    out.push_back(static_cast<char>(half >> 8));
    out.push_back(static_cast<char>(half));
  }
  return out;
}

/// A gzip stream of about `size` zeros, 1300 times smaller: with fixed codes, a zero and then
/// copies of 258 bytes from one byte before (RFC 1951, 3.2.6). Its checksum is wrong, which only
/// those learn who unpack it all.
std::string gzip_bomb(std::size_t size) {
  std::string out = kGzipHead;
  unsigned int bits = 0;
  int count = 0;
  const auto put = [&](unsigned int value, int width) {
    for (int i = 0; i < width; ++i) {
      bits |= ((value >> i) & 1u) << count;
      if (++count == 8) {
        out.push_back(static_cast<char>(bits));
        bits = 0;
        count = 0;
      }
    }
  };
  put(0b011, 3);       // last block, fixed codes
  put(0b00001100, 8);  // the literal 0: 00110000, most significant bit first
  for (std::size_t done = 1; done < size; done += 258) {
    put(0b10100011, 8);  // length 258: 11000101
    put(0, 5);           // distance 1
  }
  put(0, 7);  // the end
  put(0, 7);
  return out + std::string(8, '\0');
}

class HttpEncoding : public HttpModelTest {
 protected:
  /// Changes the answer for `path` to `coding`.
  void encode(const std::string& path, const std::string& coding,
              std::string (*pack)(std::string_view)) {
    lie(path, [=](TestResponse r) {
      r.body = pack(r.body);
      return r.header("Content-Encoding", coding);
    });
  }
};

TEST_F(HttpEncoding, IsAskedFor) {
  serve();
  load();
  for (const TestRequest& request : server.requests()) {
    const std::string accepted = request.header("Accept-Encoding").value_or("");
    for (const char* coding : {"gzip", "deflate", "br"}) {
      EXPECT_TRUE(contains(accepted, coding)) << accepted;
    }
  }
}

TEST_F(HttpEncoding, GzipAndDeflateLoad) {
  for (bool has_integrity : {true, false}) {
    const HttpModel model = serve({.shards = 4, .has_integrity = has_integrity});
    encode("/m/model.json", "gzip", gzip);
    encode("/m/w0.bin", "gzip", gzip);
    encode("/m/w1.bin", "deflate", zlib);
    encode("/m/w3.bin", "x-gzip", gzip);
    expect_loads(model);
  }
}

TEST_F(HttpEncoding, LiesAreRefused) {
  serve();
  for (const char* coding : {"gzip", "deflate", "br"}) {
    lie("/m/w0.bin", [=](TestResponse r) { return r.header("Content-Encoding", coding); });
    EXPECT_TRUE(contains(load_error().what(), server.url("/m/w0.bin"))) << coding;
  }
}

TEST_F(HttpEncoding, UnknownCodingsAreRefused) {
  serve({.has_integrity = false});
  lie("/m/w0.bin", [](TestResponse r) { return r.header("Content-Encoding", "rot13"); });
  EXPECT_TRUE(contains(load_error().what(), server.url("/m/w0.bin")));
}

TEST_F(HttpEncoding, TruncatedStreamsAreRefused) {
  for (bool has_integrity : {true, false}) {
    serve({.has_integrity = has_integrity});
    lie("/m/w0.bin", [](TestResponse r) {
      r.body = gzip(r.body).substr(0, 2000);
      return r.header("Content-Encoding", "gzip");
    });
    EXPECT_TRUE(contains(load_error().what(), "w"));
  }
}

TEST_F(HttpEncoding, WrongChecksumsAreRefused) {
  serve();
  lie("/m/w0.bin", [](TestResponse r) {
    r.body = gzip(r.body);
    r.body[100] = static_cast<char>(r.body[100] ^ 1);
    return r.header("Content-Encoding", "gzip");
  });
  EXPECT_TRUE(contains(load_error().what(), "w0.bin"));
}

TEST_F(HttpEncoding, BombsAreBounded) {
  const std::string bomb = gzip_bomb(std::size_t{512} << 20);
  ASSERT_LT(bomb.size(), std::size_t{4} << 20);
  const TestResponse answer = respond(200, bomb).header("Content-Encoding", "gzip");
  for (bool has_integrity : {true, false}) {
    serve({.has_integrity = has_integrity});
    server.on("/m/w0.bin", answer);
    EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {"w0.bin"}));
  }
  LoadOptions options;
  options.json_limits.max_bytes = 1 << 20;
  server.on("/m/model.json", answer);
  EXPECT_TRUE(contains(load_error(patient(), options).what(), cat(1 << 20)));
}

TEST_F(HttpEncoding, CompressedBodiesAreNeverResumed) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [](TestResponse r) {
    r.body = gzip(r.body);
    return r.header("Content-Encoding", "gzip").close_after_body(2000);
  });
  expect_loads(model, patient(1));
  const auto requests = server.requests("/m/w0.bin");
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_FALSE(requests[1].has_header("Range"));
}

}  // namespace
}  // namespace tfjs::io
