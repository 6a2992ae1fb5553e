#include "tfjs/io/internal/http_save.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/io/internal/retry.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/io/multipart.h"

namespace tfjs::io::internal {
namespace {

constexpr std::size_t kMostBody = std::size_t{1} << 20;  // of the answer

std::string hash_of(const WeightData& data, const CancelToken& cancel) {
  Sha256 hash;
  for_each_part(data, 0, data.size(), cancel,
                [&](std::span<const std::byte> part) { hash.update(part); });
  return hex(hash.finish());
}

class HttpSave : public platform::HttpSink, public std::enable_shared_from_this<HttpSave> {
 public:
  HttpSave(std::shared_ptr<const HttpPlace> place, ModelArtifacts artifacts,
           const SaveOptions& options)
      : place_(std::move(place)), artifacts_(std::move(artifacts)), options_(options) {}

  void start(platform::HttpSession& session);
  SaveResult result();

  void on_head(const platform::HttpHead& head) override;
  bool on_data(std::span<const std::byte> data) override;
  void on_sent(std::uint64_t bytes) override;
  void on_end(const platform::HttpFailure* failure) override;

 private:
  void make_request();
  void send();
  void end();
  void report(std::uint64_t bytes);
  void check_answer() const;

  std::shared_ptr<const HttpPlace> place_;
  ModelArtifacts artifacts_;
  SaveOptions options_;
  platform::HttpSession* session_ = nullptr;
  platform::HttpRequest request_;
  std::shared_ptr<platform::HttpTransfer> transfer_;
  std::uint64_t request_bytes_ = 0;
  std::uint64_t bytes_before_weights_ = 0;
  std::uint64_t sent_ = 0;
  std::uint64_t most_reported_ = 0;
  Backoff backoff_;
  int attempts_ = 0;
  platform::HttpHead head_;
  std::string body_;
  bool is_answered_ = false;
  std::exception_ptr error_;
};

void HttpSave::start(platform::HttpSession& session) {
  session_ = &session;
  check_savable(artifacts_);
  make_request();
  report(0);
  options_.cancel.check("save");
  send();
}

void HttpSave::make_request() {
  const WeightData& weights = artifacts_.weight_data;
  std::vector<SavedWeightFile> weight_files;
  if (!weights.empty()) {
    weight_files.push_back(
        {"./model.weights.bin", weights.size(), hash_of(weights, options_.cancel)});
  }
  Bytes json = Bytes::take(write_model_json(artifacts_, weight_files));
  std::vector<FormFile> files = {{"model.json", "application/json", {std::move(json)}}};
  if (!weights.empty()) {
    files.push_back({"model.weights.bin", "application/octet-stream", weights.pieces()});
  }
  EncodedForm form = encode_form(files);
  // Before the weights: a part's head and the JSON, the weights' head.
  for (std::size_t i = 0; i < 3; ++i) bytes_before_weights_ += form.body[i].size();
  request_ = place_->request(place_->url());
  request_.method = place_->options().method.empty() ? "POST" : place_->options().method;
  if (platform::find_header(request_.headers, "Content-Type") != nullptr) {
    throw invalid_argument(
        place_->shown(), ": header 'Content-Type' cannot be given for a save, which sends a form");
  }
  request_.headers.emplace_back("Content-Type", form.content_type);
  for (const Bytes& piece : form.body) request_bytes_ += piece.size();
  request_.body = std::move(form.body);
}

void HttpSave::send() {
  ++attempts_;
  transfer_ = session_->send(request_, shared_from_this());
}

void HttpSave::on_head(const platform::HttpHead& head) {
  head_ = head;
  is_answered_ = true;
}

bool HttpSave::on_data(std::span<const std::byte> data) {
  const std::size_t bytes = std::min(data.size(), kMostBody - body_.size());
  body_.append(reinterpret_cast<const char*>(data.data()), bytes);
  // The rest of a long answer is not waited for; it may have no end.
  if (body_.size() == kMostBody) end();
  return true;
}

void HttpSave::on_sent(std::uint64_t bytes) {
  sent_ = bytes;
  const std::uint64_t weights = bytes - std::min(bytes, bytes_before_weights_);
  report(std::min(weights, artifacts_.weight_data.size()));
}

void HttpSave::end() {
  transfer_->abort();
  if (sent_ == request_bytes_) return;
  error_ = std::make_exception_ptr(unavailable(
      place_->shown(), ": the server answered before all of the request had been sent"));
}

void HttpSave::report(std::uint64_t bytes) {
  most_reported_ = std::max(most_reported_, bytes);
  const Progress progress{most_reported_, artifacts_.weight_data.size()};
  for (const ProgressFn& report_to : {options_.on_progress, place_->options().on_progress}) {
    if (report_to) report_to(progress);
  }
}

void HttpSave::on_end(const platform::HttpFailure* failure) {
  transfer_.reset();
  if (failure == nullptr) return;
  const bool may_try =
      failure->may_pass && !failure->reached_server && attempts_ <= place_->options().retry;
  if (may_try) {
    session_->after(backoff_.next(std::nullopt), [self = shared_from_this()] { self->send(); });
  } else {
    error_ = failure->error;
  }
}

SaveResult HttpSave::result() {
  transfer_.reset();
  if (error_) {
    // What a server says before it closes on us is worth more than that it closed.
    if (is_answered_ && head_.status >= 400) check_answer();
    std::rethrow_exception(error_);
  }
  check_answer();
  SaveResult result;
  result.model_artifacts_info = artifacts_info(artifacts_);
  result.responses.push_back({head_.status, std::move(head_.headers), std::move(body_)});
  return result;
}

void HttpSave::check_answer() const {
  if (head_.status >= 200 && head_.status < 300) return;
  const std::string* location = platform::find_header(head_.headers, "Location");
  if (location != nullptr && head_.status >= 300 && head_.status < 400) {
    throw unavailable(place_->shown(), ": not saved: the server answered with a redirect (status ",
                      head_.status, "); only 307 and 308 ask to send the model elsewhere");
  }
  throw status_error(*place_, place_->shown(), head_, body_);
}

}  // namespace

Future<SaveResult> save_over_http(std::shared_ptr<const HttpPlace> place,
                                  const ModelArtifacts& artifacts, const SaveOptions& options) {
  const auto save = std::make_shared<HttpSave>(place, artifacts, options);
  return platform::run_http(place->session_options(options.cancel),
                            [save](platform::HttpSession& session) { save->start(session); })
      .then([save] { return save->result(); });
}

}  // namespace tfjs::io::internal
