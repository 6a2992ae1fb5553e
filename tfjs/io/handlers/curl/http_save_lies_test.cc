// Saving to servers that refuse, break off, stall or redirect, and what exactly is sent.
#include <chrono>

#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpSaves : public testing::Test {
 protected:
  std::string url() const { return server.url("/upload?key=a/b"); }
  SaveResult save(const ModelArtifacts& model, const HttpOptions& options = patient(),
                  const SaveOptions& save_options = {}) const {
    return http(url(), options)->save(model, save_options).get();
  }
  Error save_error(const HttpOptions& options = patient()) const {
    return error_of([&] { save(small_model(1), options); });
  }
  /// Large enough that no buffer of the system takes it all.
  static ModelArtifacts large_model() { return small_model(1, 4 << 20); }
  std::vector<TestRequest> requests() const { return server.requests("/upload"); }

  TestHttpServer server;
};

struct Part {
  std::string head;
  std::string body;
};

/// Reads a multipart body as strictly as a receiver may: nothing before, between or after.
std::vector<Part> parts_of(const TestRequest& request) {
  const std::string type = request.header("Content-Type").value_or("");
  const std::string wanted = "multipart/form-data; boundary=";
  EXPECT_EQ(type.substr(0, wanted.size()), wanted);
  const std::string delimiter = "--" + type.substr(wanted.size());
  std::string_view rest = request.body;
  EXPECT_TRUE(rest.starts_with(delimiter + "\r\n"));
  std::vector<Part> parts;
  while (rest.starts_with(delimiter + "\r\n")) {
    rest.remove_prefix(delimiter.size() + 2);
    const std::size_t head_end = rest.find("\r\n\r\n");
    const std::size_t end = rest.find("\r\n" + delimiter, head_end);
    if (head_end == std::string::npos || end == std::string::npos) {
      ADD_FAILURE() << "a part without end";
      break;
    }
    parts.push_back({std::string(rest.substr(0, head_end)),
                     std::string(rest.substr(head_end + 4, end - head_end - 4))});
    rest.remove_prefix(end + 2);
  }
  EXPECT_EQ(rest, delimiter + "--\r\n");
  return parts;
}

TEST_F(HttpSaves, SendTwoNamedParts) {
  const ModelArtifacts model = small_model(3, 1000);
  server.on("/upload", respond(200));
  save(model);
  ASSERT_EQ(requests().size(), 1u);
  const TestRequest request = requests()[0];
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.query(), "?key=a/b");
  EXPECT_EQ(request.header("Content-Length"), cat(request.body.size()));
  EXPECT_FALSE(request.has_header("Transfer-Encoding"));
  const std::vector<Part> parts = parts_of(request);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(contains(parts[0].head, R"(form-data; name="model.json"; filename="model.json")"));
  EXPECT_TRUE(contains(parts[0].head, "Content-Type: application/json"));
  EXPECT_TRUE(contains(parts[1].head,
                       R"(form-data; name="model.weights.bin"; filename="model.weights.bin")"));
  EXPECT_TRUE(contains(parts[1].head, "Content-Type: application/octet-stream"));
  const std::string weights = text_of(model.weight_data);
  EXPECT_TRUE(parts[1].body == weights);
  EXPECT_EQ(parts[0].body,
            write_model_json(model, {{"./model.weights.bin", weights.size(), sha256_of(weights)}}));
}

TEST_F(HttpSaves, LeaveOutTheWeightsOfAModelWithoutAny) {
  ModelArtifacts model = small_model(1);
  model.weight_specs.clear();
  model.weight_data = WeightData();
  server.on("/upload", respond(200));
  save(model);
  const std::vector<Part> parts = parts_of(requests().at(0));
  ASSERT_EQ(parts.size(), 1u);
  EXPECT_TRUE(contains(parts[0].head, "model.json"));
}

TEST_F(HttpSaves, SendTheMethodAndHeaders) {
  server.on("/upload", respond(200));
  HttpOptions options = patient();
  options.method = "PUT";
  options.headers = {{"X-Name", "value"}, {"X-Empty", ""}};
  options.credentials = {"user", "s3cret"};
  save(small_model(1), options);
  const TestRequest request = requests().at(0);
  EXPECT_EQ(request.method, "PUT");
  EXPECT_EQ(request.header("X-Name"), "value");
  EXPECT_EQ(request.header("X-Empty"), "");
  EXPECT_EQ(request.header("Authorization"), "Basic dXNlcjpzM2NyZXQ=");
  parts_of(request);
}

TEST_F(HttpSaves, AreNotEndedByWeightsThatLookLikeTheEnd) {
  ModelArtifacts model = small_model(1);
  const std::string nasty =
      "\r\n--\r\n----\r\n--boundary\r\n--boundary--\r\n----WebKitFormBoundary";
  EncodedWeights weights = encode_weights({{"s", Tensor::of({nasty}, {1}), ""}});
  model.weight_specs = weights.specs;
  model.weight_data = weights.data;
  server.on("/upload", respond(200));
  save(model);
  const std::vector<Part> parts = parts_of(requests().at(0));
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_TRUE(parts[1].body == text_of(model.weight_data));
}

TEST_F(HttpSaves, GiveBackTheAnswer) {
  for (int status : {200, 201, 202}) {
    server.on("/upload", respond(status, "{\"id\":7}", "application/json").header("X-Id", "7"));
    const SaveResult result = save(small_model(1));
    ASSERT_EQ(result.responses.size(), 1u);
    EXPECT_EQ(result.responses[0].status, status);
    EXPECT_EQ(result.responses[0].body, "{\"id\":7}");
    EXPECT_EQ(platform::testing::find_header(result.responses[0].headers, "x-id"), "7");
    EXPECT_EQ(result.model_artifacts_info.weight_data_bytes, small_model(1).weight_data.size());
  }
  server.on("/upload", respond(204));
  EXPECT_EQ(save(small_model(1)).responses.at(0).status, 204);
}

TEST_F(HttpSaves, KeepTheBeginningOfLongAnswers) {
  server.on("/upload", respond(200, std::string(std::size_t{3} << 20, 'x')));
  EXPECT_EQ(save(small_model(1)).responses.at(0).body.size(), std::size_t{1} << 20);
}

TEST_F(HttpSaves, RefusalsSayStatusAndBody) {
  const std::vector<std::pair<int, ErrorCode>> cases = {
      {404, ErrorCode::NotFound},    {410, ErrorCode::NotFound},    {500, ErrorCode::Unavailable},
      {503, ErrorCode::Unavailable}, {429, ErrorCode::Unavailable}, {507, ErrorCode::Unavailable}};
  for (const auto& [status, code] : cases) {
    server.on("/upload", respond(status, "not \x1b[31mhere"));
    const Error error = save_error();
    EXPECT_TRUE(says(error, code, {server.url("/upload"), cat(status), "here"}));
    EXPECT_FALSE(contains(error.what(), "\x1b"));
  }
  for (int status : {400, 401, 403, 405, 407, 409, 413, 415, 422}) {
    server.on("/upload", respond(status, "not you"));
    EXPECT_TRUE(contains(save_error().what(), cat(status)));
    EXPECT_TRUE(contains(save_error().what(), "not you"));
  }
}

TEST_F(HttpSaves, AreNotSentAgainOnceTheyMayHaveArrived) {
  const std::vector<TestResponse> answers = {respond(503).header("Retry-After", "0"),
                                             respond(500),
                                             respond(429),
                                             respond(200).close_after(0),
                                             respond(200).reset_after(0),
                                             respond(200).close_after(12)};
  std::size_t count = 0;
  for (const TestResponse& answer : answers) {
    server.on("/upload", answer);
    EXPECT_EQ(save_error(patient(3)).code(), ErrorCode::Unavailable);
    EXPECT_EQ(requests().size(), ++count);
  }
}

TEST_F(HttpSaves, ClosedPortsAreUnavailable) {
  std::string gone;
  {
    const TestHttpServer short_lived;
    gone = short_lived.url("/upload");
  }
  EXPECT_TRUE(says(error_of([&] { http(gone, patient(1))->save(small_model(1), {}).get(); }),
                   ErrorCode::Unavailable, {gone}));
}

TEST_F(HttpSaves, SilentServersEndAtTheTimeOut) {
  for (std::size_t bytes : {0, 10}) {
    server.on("/upload", respond(200).stall_after(bytes));
    EXPECT_EQ(save_error(impatient()).code(), ErrorCode::Unavailable);
  }
}

TEST_F(HttpSaves, ServersThatDoNotReadEndAtTheTimeOut) {
  server.on("/upload", respond(200).stall_after(0), {.read_at_most = 1000});
  EXPECT_EQ(error_of([&] { save(large_model(), impatient()); }).code(), ErrorCode::Unavailable);
}

TEST_F(HttpSaves, ServersThatLeaveAmidTheBodyAreUnavailable) {
  server.on("/upload", respond(200).close_after(0), {.read_at_most = 100000});
  EXPECT_EQ(error_of([&] { save(large_model()); }).code(), ErrorCode::Unavailable);
  server.on("/upload", respond(200).reset_after(0), {.read_at_most = 100000});
  EXPECT_EQ(error_of([&] { save(large_model()); }).code(), ErrorCode::Unavailable);
}

TEST_F(HttpSaves, AnswersBeforeTheEndAreHeard) {
  server.on("/upload", respond(413, "at most 1 MB"), {.read_at_most = 100000});
  EXPECT_TRUE(contains(error_of([&] { save(large_model()); }).what(), "413"));
}

TEST_F(HttpSaves, DoNotTrustSuccessBeforeTheEnd) {
  // "200 OK" to half a model is no success.
  server.on("/upload", respond(200, "thanks").close(), {.read_at_most = 100000});
  EXPECT_EQ(error_of([&] { save(large_model()); }).code(), ErrorCode::Unavailable);
}

TEST_F(HttpSaves, DoNotWaitForContinue) {
  server.on("/upload", respond(200));
  save(small_model(1, 1 << 18));
  EXPECT_FALSE(requests().at(0).has_header("Expect"));
}

TEST_F(HttpSaves, InterimAnswersAreNotTheAnswer) {
  server.on("/upload", raw_response("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n"
                                    "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok"));
  const SaveResult result = save(small_model(1));
  EXPECT_EQ(result.responses.at(0).status, 201);
  EXPECT_EQ(result.responses.at(0).body, "ok");
}

TEST_F(HttpSaves, AnswersThatAreNoneAreUnavailable) {
  for (const char* answer : {"saved!", "HTTP/1.1 banana\r\n\r\n", "<html>ok</html>"}) {
    server.on("/upload", raw_response(answer));
    EXPECT_EQ(save_error().code(), ErrorCode::Unavailable) << answer;
  }
}

TEST_F(HttpSaves, RedirectsThatKeepTheMethodSendTheBodyAgain) {
  for (int status : {307, 308}) {
    server.on("/upload", redirect(status, "/elsewhere"));
    server.on("/elsewhere", respond(200));
    save(small_model(1));
    EXPECT_EQ(parts_of(server.requests("/elsewhere").back()).size(), 2u);
    EXPECT_EQ(server.requests("/elsewhere").back().method, "POST");
  }
}

TEST_F(HttpSaves, RedirectsThatTurnIntoGetFail) {
  for (int status : {301, 302, 303}) {
    server.on("/upload", redirect(status, "/elsewhere"));
    server.on("/elsewhere", respond(200));
    EXPECT_TRUE(contains(save_error().what(), cat(status)));
    EXPECT_TRUE(server.requests("/elsewhere").empty());
  }
}

TEST_F(HttpSaves, RedirectsKeepSecretsAtTheirOrigin) {
  TestHttpServer other;
  other.on("/x", respond(200));
  server.on("/upload", redirect(307, other.url("/x")));
  HttpOptions options = patient();
  options.headers = {{"Authorization", "Bearer s3cret"}, {"Cookie", "s3cret"}};
  save(small_model(1), options);
  const TestRequest request = other.requests("/x").at(0);
  EXPECT_FALSE(request.has_header("Authorization"));
  EXPECT_FALSE(request.has_header("Cookie"));
  EXPECT_EQ(parts_of(request).size(), 2u);
}

TEST_F(HttpSaves, RedirectLoopsEnd) {
  server.on("/upload", redirect(307, url()));
  EXPECT_TRUE(contains(save_error().what(), "redirect"));
  EXPECT_LE(requests().size(), 11u);
}

TEST_F(HttpSaves, RedirectsToFilesAreRefused) {
  const TestFolder folder;
  server.on("/upload", redirect(307, "file://" + folder.at("stolen")));
  save_error();
  EXPECT_FALSE(folder.has("stolen"));
}

TEST_F(HttpSaves, BrokenModelsAreNotSent) {
  ModelArtifacts broken = small_model(2);
  broken.weight_specs[0].tensor.shape = {1000};
  broken.weight_specs[0].source = nullptr;
  EXPECT_EQ(error_of([&] { save(broken); }).code(), ErrorCode::CorruptData);
  EXPECT_TRUE(server.requests().empty());
}

TEST_F(HttpSaves, ShardsBecomeOnePart) {
  server.on("/upload", respond(200));
  SaveOptions options;
  options.shard_bytes = 10;
  save(small_model(1), patient(), options);
  const std::vector<Part> parts = parts_of(requests().at(0));
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[1].body, text_of(small_model(1).weight_data));
}

TEST_F(HttpSaves, ProgressCountsWeightBytes) {
  server.on("/upload", respond(200));
  const ModelArtifacts model = small_model(1, 1 << 18);
  std::vector<std::uint64_t> done;
  SaveOptions options;
  options.on_progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.bytes_total, model.weight_data.size());
    EXPECT_TRUE(done.empty() || done.back() <= progress.bytes_done);
    done.push_back(progress.bytes_done);
  };
  save(model, patient(), options);
  ASSERT_FALSE(done.empty());
  EXPECT_EQ(done.back(), model.weight_data.size());
}

TEST_F(HttpSaves, AreCancelledWhileTheServerIsSilent) {
  server.on("/upload", respond(200).stall_after(0), {.read_at_most = 1000});
  SaveOptions options;
  const Future<SaveResult> future = http(url())->save(large_model(), options);
  EXPECT_TRUE(server.wait_for_requests(1));
  const auto started = std::chrono::steady_clock::now();
  options.cancel.cancel();
  EXPECT_EQ(error_of([&] { future.get(); }).code(), ErrorCode::Cancelled);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(10));
}

TEST_F(HttpSaves, SeveralPiecesBecomeOneFile) {
  ModelArtifacts model = small_model(1, 1000);
  const Bytes whole = model.weight_data.slice(0, model.weight_data.size());
  WeightData pieces;
  for (std::size_t at = 0; at < whole.size(); at += 999) {
    pieces.append(
        Bytes::copy_of(whole.slice(at, std::min<std::size_t>(999, whole.size() - at)).span()));
  }
  model.weight_data = pieces;
  server.on("/upload", respond(200));
  save(model);
  EXPECT_TRUE(parts_of(requests().at(0)).at(1).body == whole.text());
}

}  // namespace
}  // namespace tfjs::io
