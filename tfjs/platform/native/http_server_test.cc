// The scripted HTTP server does what its scripts say; tests of the HTTP client stand on that.
#include "tfjs/platform/testing/http_server.h"

#include <gtest/gtest.h>

#include "tfjs/platform/testing/http_files.h"

namespace tfjs::platform::testing {
namespace {

/// A connection to the server.
class RawClient {
 public:
  explicit RawClient(const TestHttpServer& server) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const std::string authority = server.authority();
    address.sin_port =
        htons(static_cast<std::uint16_t>(std::stoi(authority.substr(authority.find(':') + 1))));
    EXPECT_EQ(::connect(socket_, reinterpret_cast<struct sockaddr*>(&address), sizeof address), 0);
  }
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;
  ~RawClient() { ::close(socket_); }

  void send(std::string_view text) {
    EXPECT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(text.size()));
  }
  void get(std::string_view path, std::string_view headers = "") {
    send(cat("GET ", path, " HTTP/1.1\r\n", headers, "\r\n"));
  }
  /// What came until `size` bytes were there or the connection ended.
  std::string receive(std::size_t size = std::string::npos) {
    std::string text;
    char piece[4096];
    while (text.size() < size) {
      const ssize_t got = ::recv(socket_, piece, std::min(sizeof piece, size - text.size()), 0);
      was_reset_ = got < 0;
      if (got <= 0) break;
      text.append(piece, static_cast<std::size_t>(got));
    }
    return text;
  }
  bool was_reset() const { return was_reset_; }

 private:
  int socket_;
  bool was_reset_ = false;
};

std::string answer_to(const TestHttpServer& server, std::string_view path,
                      std::string_view headers = "") {
  RawClient client(server);
  client.get(path, cat(headers, "Connection: close\r\n"));
  return client.receive();
}

TEST(TestHttpServer, AnswersAndRemembers) {
  TestHttpServer server;
  server.on("/a", respond(200, "one", "text/plain"));
  RawClient client(server);
  const std::string wanted =
      "HTTP/1.1 200 Scripted\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\none";
  for (int i = 0; i < 2; ++i) {
    client.get("/a?x=/1", "X-Name: value\r\n");
    EXPECT_EQ(client.receive(wanted.size()), wanted);
  }
  const auto requests = server.requests("/a");
  ASSERT_EQ(requests.size(), 2u);
  EXPECT_EQ(requests[1].query(), "?x=/1");
  EXPECT_EQ(requests[1].header("x-name"), "value");
  EXPECT_EQ(requests[1].nth, 1);
  EXPECT_EQ(server.connections(), 1);
}

TEST(TestHttpServer, CountsFromTheLastScriptOfAPath) {
  TestHttpServer server;
  const auto nth = [](const TestRequest& request) { return respond(200, cat(request.nth)); };
  server.on("/a", nth);
  EXPECT_TRUE(answer_to(server, "/a").ends_with("\n0"));
  EXPECT_TRUE(answer_to(server, "/a?b").ends_with("\n1"));
  server.on("/a", nth);
  EXPECT_TRUE(answer_to(server, "/a").ends_with("\n0"));
}

TEST(TestHttpServer, ReadsBodiesByLengthAndByChunks) {
  TestHttpServer server;
  RawClient client(server);
  client.send("POST /a HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello");
  client.send(
      "POST /a HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n");
  client.get("/end", "Connection: close\r\n");
  client.receive();
  ASSERT_EQ(server.requests().size(), 3u);
  for (const TestRequest& request : server.requests("/a")) EXPECT_EQ(request.body, "hello");
}

TEST(TestHttpServer, TellsTheWrongLength) {
  TestHttpServer server;
  server.on("/", respond(200, "four").say_length(1000));
  EXPECT_EQ(answer_to(server, "/"), "HTTP/1.1 200 Scripted\r\nContent-Length: 1000\r\n\r\nfour");
}

TEST(TestHttpServer, SendsChunks) {
  TestHttpServer server;
  server.on("/", respond(200, "abcd").chunked(3));
  EXPECT_EQ(answer_to(server, "/"),
            "HTTP/1.1 200 Scripted\r\nTransfer-Encoding: chunked\r\n\r\n"
            "3\r\nabc\r\n1\r\nd\r\n0\r\n\r\n");
}

TEST(TestHttpServer, EndsConnectionsWhereTheScriptSays) {
  TestHttpServer server;
  server.on("/nothing", respond(200, "abcd").close_after(0));
  server.on("/head", respond(200, "abcd").close_after(6));
  server.on("/body", respond(200, "abcd").close_after_body(2));
  server.on("/raw", raw_response("<html>"));
  EXPECT_EQ(answer_to(server, "/nothing"), "");
  EXPECT_EQ(answer_to(server, "/head"), "HTTP/1");
  EXPECT_EQ(answer_to(server, "/body"), "HTTP/1.1 200 Scripted\r\nContent-Length: 4\r\n\r\nab");
  EXPECT_EQ(answer_to(server, "/raw"), "<html>");
  server.on("/reset", respond(200, "abcd").reset_after(0));
  RawClient client(server);
  client.get("/reset");
  client.receive();
  EXPECT_TRUE(client.was_reset());
}

TEST(TestHttpServer, EndsInEveryState) {
  auto server = std::make_unique<TestHttpServer>();
  server->on("/stall", respond(200, "abcd").stall_after(6));
  server->on("/slow", respond(200, std::string(100, 'x')).drip(1, 100));
  server->on("/late", respond(200).delay(100));
  server->on("/unread", respond(200).stall_after(0), {.read_at_most = 0});
  RawClient idle(*server), half(*server), stalled(*server), slow(*server), late(*server),
      unread(*server);
  half.send("GET /a HTT");
  stalled.get("/stall");
  EXPECT_EQ(stalled.receive(6), "HTTP/1");
  slow.get("/slow");
  late.get("/late");
  unread.send("POST /unread HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc");
  EXPECT_TRUE(server->wait_for_requests(4));
  server.reset();
  for (RawClient* client : {&idle, &half, &stalled, &late}) EXPECT_EQ(client->receive(), "");
}

TEST(TestHttpServer, AnswersBeforeTheBodyIsRead) {
  TestHttpServer server;
  server.on("/", respond(413, "no"), {.read_at_most = 2});
  RawClient client(server);
  client.send("POST / HTTP/1.1\r\nContent-Length: 100\r\n\r\nabcd");
  const std::string wanted = "HTTP/1.1 413 Scripted\r\nContent-Length: 2\r\n\r\nno";
  EXPECT_EQ(client.receive(wanted.size() + 1), wanted);
  EXPECT_EQ(server.requests()[0].body, "ab");
}

TEST(TestFiles, ServesRangesOfTheSameVersionOnly) {
  TestHttpServer server;
  TestFiles files;
  files.put("/f", "0123456789");
  server.otherwise(files.handler());
  EXPECT_NE(answer_to(server, "/f", "Range: bytes=7-\r\nIf-Range: \"v1\"\r\n").find("206 Scripted"),
            std::string::npos);
  const std::string part = answer_to(server, "/f", "Range: bytes=2-4\r\n");
  EXPECT_NE(part.find("Content-Range: bytes 2-4/10\r\n"), std::string::npos) << part;
  EXPECT_EQ(part.substr(part.size() - 7), "\r\n\r\n234");
  EXPECT_NE(answer_to(server, "/f", "Range: bytes=10-\r\n").find("Content-Range: bytes */10"),
            std::string::npos);
  files.put("/f", "abcdefghij");
  EXPECT_NE(answer_to(server, "/f", "Range: bytes=7-\r\nIf-Range: \"v1\"\r\n").find("abcdefghij"),
            std::string::npos);
}

TEST(TestFiles, KnowsWhatTheClientHas) {
  TestHttpServer server;
  TestFiles files;
  files.put("/f", "text", {.has_etag = true, .has_date = true});
  server.otherwise(files.handler());
  EXPECT_NE(answer_to(server, "/f", "If-None-Match: \"v1\"\r\n").find(" 304 "), std::string::npos);
  EXPECT_NE(answer_to(server, "/f", "If-None-Match: \"v0\"\r\n").find(" 200 "), std::string::npos);
  EXPECT_NE(
      answer_to(server, "/f", "If-Modified-Since: Tue, 02 Jan 2024 03:01:00 GMT\r\n").find(" 304 "),
      std::string::npos);
}

}  // namespace
}  // namespace tfjs::platform::testing
