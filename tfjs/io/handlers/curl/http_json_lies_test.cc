// What a server may answer in place of model.json: each ends in the model or in an error that says
// what came.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

using Parts = std::vector<std::string>;

class HttpJsonLies : public HttpModelTest {
 protected:
  /// Serves the model, but `answer` in place of its JSON.
  void answer_json(const TestResponse& answer) {
    serve();
    server.on("/m/model.json", answer);
  }
};

TEST_F(HttpJsonLies, MissingFilesAreNotFound) {
  for (int status : {404, 410}) {
    answer_json(respond(status, "no such thing here\n", "text/plain"));
    EXPECT_TRUE(
        says(load_error(), ErrorCode::NotFound, {url(), cat(status), "no such thing here"}));
  }
}

TEST_F(HttpJsonLies, FailuresOfTheServerAreUnavailable) {
  for (int status : {408, 429, 500, 502, 503, 504, 599}) {
    answer_json(respond(status, "the database sleeps"));
    EXPECT_TRUE(
        says(load_error(), ErrorCode::Unavailable, {url(), cat(status), "the database sleeps"}));
  }
}

TEST_F(HttpJsonLies, RefusalsSayTheirStatus) {
  for (int status : {400, 401, 403, 405, 407, 451}) {
    answer_json(respond(status, "who are you?").header("WWW-Authenticate", "Basic realm=\"x\""));
    const Error error = load_error();
    EXPECT_TRUE(error.code() == ErrorCode::InvalidArgument ||
                error.code() == ErrorCode::Unavailable)
        << error.what();
    EXPECT_TRUE(says(error, error.code(), {url(), cat(status), "who are you?"}));
  }
}

TEST_F(HttpJsonLies, StatusesWithoutTheFileAreErrors) {
  for (int status : {204, 205, 300, 304, 305, 399}) {
    answer_json(respond(status, "{"));
    EXPECT_TRUE(contains(load_error().what(), url())) << status;
  }
}

TEST_F(HttpJsonLies, PartsThatNobodyAskedForAreRefused) {
  const HttpModel model = serve();
  server.on("/m/model.json", respond(206, model.json)
                                 .header("Content-Range", cat("bytes 0-", model.json.size() - 1,
                                                              "/", model.json.size() + 5)));
  EXPECT_TRUE(contains(load_error().what(), "206"));
}

TEST_F(HttpJsonLies, ControlCharactersOfBodiesAreEscaped) {
  answer_json(respond(500, "red \x1b[31malert\x07 \xff\r\nno\nlines"));
  const std::string message = load_error().what();
  EXPECT_TRUE(contains(message, "alert")) << message;
  for (char c : message) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << message;
  EXPECT_FALSE(contains(message, "\xff"));
}

TEST_F(HttpJsonLies, LongErrorPagesAreShownInPart) {
  answer_json(respond(500, std::string(5 << 20, 'x')));
  EXPECT_LT(std::string(load_error().what()).size(), 2000u);
}

TEST_F(HttpJsonLies, EmptyFilesAreCorrupt) {
  answer_json(respond(200));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url()}));
}

TEST_F(HttpJsonLies, PagesAreRecognised) {
  answer_json(respond(200, "<!DOCTYPE html>\n<html>Welcome", "text/html"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url(), "HTML"}));
}

TEST_F(HttpJsonLies, ProtobufFilesAreRecognised) {
  answer_json(respond(200, std::string("\x0a\x16\x0a\x05input\x12\x0bPlaceholder\x00\x01", 24),
                      "application/octet-stream"));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url()}));
  server.on("/m/model.pb", respond(200, std::string("\x0a\x16\x0a\x05input\x12\x02\x00\x01", 13)));
  EXPECT_TRUE(says(error_of([&] { http(server.url("/m/model.pb"), patient())->load({}).get(); }),
                   ErrorCode::CorruptData, {".pb"}));
}

TEST_F(HttpJsonLies, JsonThatEndsEarlyIsCorrupt) {
  const HttpModel model = serve();
  server.on("/m/model.json", respond(200, model.json.substr(0, 50)));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url(), "column"}));
}

TEST_F(HttpJsonLies, JsonOfAnotherKindIsCorrupt) {
  for (const char* text : {"[]", "{}", "\"model\"", "null", R"({"weightsManifest":3})"}) {
    answer_json(respond(200, text));
    EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url()})) << text;
  }
}

TEST_F(HttpJsonLies, JsonIsBounded) {
  serve();
  LoadOptions options;
  options.json_limits.max_bytes = 100000;
  server.on("/m/model.json", respond(200, std::string(100001, ' ')));
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "100000"));
  server.on("/m/model.json", respond(200, std::string(std::size_t{8} << 20, ' ')).chunked(65536));
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "100000"));
  server.on("/m/model.json", respond(200, "{").say_length(1'000'000'000'000'000));
  EXPECT_TRUE(contains(load_error(patient(), options).what(), "100000"));
}

TEST_F(HttpJsonLies, JsonNestedTooDeeplyIsRefused) {
  answer_json(respond(200, cat(R"({"modelTopology":)", std::string(100000, '['))));
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url(), "512"}));
}

TEST_F(HttpJsonLies, AnyHonestFramingLoads) {
  const HttpModel model = serve();
  lie("/m/model.json", [](TestResponse r) { return r.chunked(7); });
  expect_loads(model);
  lie("/m/model.json", [](TestResponse r) { return r.until_close(); });
  expect_loads(model);
  server.on("/m/model.json",
            raw_response(cat("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n"
                             "\r\nHTTP/1.0 200 OK\r\n\r\n",
                             model.json)));
  expect_loads(model);
  lie("/m/model.json", [](TestResponse r) { return r.drip(50, 0.01); });
  expect_loads(model);
}

TEST_F(HttpJsonLies, AByteOrderMarkIsSkipped) {
  const HttpModel model = serve();
  server.on("/m/model.json", respond(200, "\xef\xbb\xbf" + model.json));
  expect_loads(model);
}

TEST_F(HttpJsonLies, AnswersWithoutAStatusLineAreRefused) {
  const HttpModel model = serve();
  for (const std::string& answer :
       {model.json, std::string("<html>HTTP/0.9</html>"), std::string("HTTP/1.1 abc OK\r\n\r\n{}"),
        std::string("SSH-2.0-OpenSSH_9.2\r\n"), std::string("\0\0\0\0", 4)}) {
    server.on("/m/model.json", raw_response(answer));
    EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {url()})) << answer;
  }
}

TEST_F(HttpJsonLies, EndlessHeadersAreRefused) {
  answer_json(respond(200, "{}").header("X-Long", std::string(std::size_t{4} << 20, 'x')));
  EXPECT_TRUE(contains(load_error().what(), url()));
  TestResponse many = respond(200, "{}");
  for (int i = 0; i < 60000; ++i) many.header(cat("X-", i), std::string(100, 'x'));
  server.on("/m/model.json", many);
  EXPECT_TRUE(says(load_error(), ErrorCode::CorruptData, {url(), "headers"}));
}

TEST_F(HttpJsonLies, MalformedChunksAreRefused) {
  const HttpModel model = serve();
  const std::string head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
  const std::vector<std::string> bodies = {
      "zz\r\n" + model.json + "\r\n0\r\n\r\n",                    // no number
      "ffffffffffffffffff\r\n" + model.json + "\r\n0\r\n\r\n",    // too large
      cat("5\r\n", model.json.substr(0, 5)),                      // no last chunk
      cat("5\r\n", model.json.substr(0, 5), "x7\r\n1234567\r\n")  // no line break between
  };
  for (const std::string& body : bodies) {
    server.on("/m/model.json", raw_response(head + body));
    EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {url()})) << body;
  }
}

TEST_F(HttpJsonLies, LengthsThatContradictThemselvesAreRefused) {
  serve();
  for (const char* lengths :
       {"Content-Length: 10\r\nContent-Length: 20\r\n", "Content-Length: -5\r\n",
        "Content-Length: 99999999999999999999999\r\n", "Content-Length: 2x\r\n"}) {
    server.on("/m/model.json", raw_response(cat("HTTP/1.1 200 OK\r\n", lengths, "\r\n{}")));
    EXPECT_TRUE(contains(load_error().what(), url())) << lengths;
  }
}

TEST_F(HttpJsonLies, BodiesShorterThanTheirLengthAreRefused) {
  serve();
  lie("/m/model.json", [](TestResponse r) { return r.say_length(r.body.size() + 10); });
  EXPECT_TRUE(says(load_error(), ErrorCode::Unavailable, {url()}));
}

TEST_F(HttpJsonLies, BytesAfterTheLengthAreNotTheFile) {
  const HttpModel model = serve();
  lie("/m/model.json", [](TestResponse r) {
    const std::size_t size = r.body.size();
    r.body += "HTTP/1.1 500 Smuggled\r\nContent-Length: 0\r\n\r\n";
    return r.say_length(size);
  });
  const HttpOptions options = patient(2);
  expect_loads(model, options);
}

TEST_F(HttpJsonLies, ClosedPortsAreUnavailable) {
  std::string gone;
  {
    const TestHttpServer short_lived;
    gone = short_lived.url("/m/model.json");
  }
  EXPECT_TRUE(says(error_of([&] { http(gone, patient())->load({}).get(); }), ErrorCode::Unavailable,
                   {gone}));
}

TEST_F(HttpJsonLies, SilenceEndsAtTheTimeOut) {
  serve();
  for (std::size_t bytes : {0, 5, 40}) {
    lie("/m/model.json", [bytes](TestResponse r) { return r.stall_after(bytes); });
    EXPECT_TRUE(says(load_error(impatient()), ErrorCode::Unavailable, {url()})) << bytes;
  }
  lie("/m/model.json", [](TestResponse r) { return r.stall_after_body(20); });
  EXPECT_TRUE(says(load_error(impatient()), ErrorCode::Unavailable, {url()}));
}

TEST_F(HttpJsonLies, DrippingIsSilence) {
  serve({.floats = 1000});
  server.on("/m/model.json", respond(200, std::string(5000, ' ')).drip(1, 0.05));
  EXPECT_TRUE(says(load_error(impatient()), ErrorCode::Unavailable, {url()}));
  EXPECT_EQ(server.requests().size(), 1u);
}

TEST_F(HttpJsonLies, DrippingHeadersAreSilence) {
  serve();
  server.on("/m/model.json",
            respond(200, "{}").header("X-Slow", std::string(5000, 'x')).drip(1, 0.05));
  EXPECT_TRUE(says(load_error(impatient()), ErrorCode::Unavailable, {url()}));
}

}  // namespace
}  // namespace tfjs::io
