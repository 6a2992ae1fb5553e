#include "tfjs/io/internal/http_load.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/http_fetch.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/internal/weight_receiver.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::io::internal {
namespace {

constexpr std::size_t kFilesAtOnce = 6;                          // as browsers allow for one host
constexpr std::uint64_t kMostReserved = std::uint64_t{1} << 20;  // bytes, on a server's word
constexpr std::uint64_t kReportEvery = std::uint64_t{1} << 20;   // bytes

/// A word about an answer that is a page for people, not a file.
std::string content_note(const platform::HttpHead& head) {
  const std::string* type = platform::find_header(head.headers, "Content-Type");
  if (type == nullptr) return "";
  const std::string_view kind =
      platform::trimmed(std::string_view(*type).substr(0, type->find(';')));
  const bool is_page = platform::is_same_word(kind, "text/html");
  return is_page ? " (the server sent text/html: a page in place of the file?)" : "";
}

/// The file at the model's URL, in memory.
class FirstFile : public FetchTarget {
 public:
  FirstFile(std::string name, std::uint64_t most) : name_(std::move(name)), most_(most) {}

  void begin(std::optional<std::uint64_t> length, const platform::HttpHead& head) override {
    content_.clear();
    note_ = content_note(head);
    check(length.value_or(0));
    content_.reserve(static_cast<std::size_t>(std::min(length.value_or(0), kMostReserved)));
  }
  bool take(std::span<const std::byte> data) override {
    check(content_.size() + data.size());
    content_.append(reinterpret_cast<const char*>(data.data()), data.size());
    return true;
  }
  void finish() override {}

  const std::string& content() const { return content_; }
  const std::string& note() const { return note_; }

 private:
  void check(std::uint64_t size) const {
    if (size <= most_) return;
    throw corrupt_data(name_, " has more than ", most_, " bytes, the limit for a model's JSON",
                       note_);
  }

  std::string name_;
  std::uint64_t most_;
  std::string content_;
  std::string note_;
};

/// Why `text` is no JSON, where that can be guessed.
std::string json_hint(const HttpPlace& place, std::string_view text) {
  const std::string_view start = platform::trimmed(text.substr(0, 512));
  if (place.url().path.ends_with(".pb")) {
    return " (a .pb file is a TensorFlow model; the URL must be that of the model.json that "
           "tensorflowjs_converter makes of it)";
  }
  if (start.starts_with('<')) return " (this is HTML or XML: a page in place of model.json?)";
  if (start.empty()) return " (the file is empty)";
  return "";
}

class HttpLoad : public std::enable_shared_from_this<HttpLoad> {
 public:
  HttpLoad(std::shared_ptr<const HttpPlace> place, const LoadOptions& options)
      : place_(std::move(place)), options_(options) {}

  void start(platform::HttpSession& session);
  ModelArtifacts result();

 private:
  class Target;
  /// Something failed: what is under way ends.
  void fail(std::exception_ptr error);
  template <class Work>
  void guarded(Work&& work);
  void take_first_file(const FirstFile& file);
  void take_json(std::string_view text, const std::string& note);
  void convert_urls();
  void fetch_weights(std::vector<HttpUrl> urls);
  void start_next();
  void finished(std::size_t index, std::exception_ptr error);
  void wake_waiting();
  void report();

  std::shared_ptr<const HttpPlace> place_;
  LoadOptions options_;
  platform::HttpSession* session_ = nullptr;
  std::exception_ptr error_;
  std::shared_ptr<HttpFetch> first_;
  ModelJson model_;
  std::vector<HttpUrl> urls_;  ///< of the weight files
  std::optional<WeightReceiver> weights_;
  std::vector<std::shared_ptr<HttpFetch>> fetches_;  ///< of the files begun; null when finished
  std::vector<bool> is_waiting_;
  std::size_t active_ = 0;
  std::size_t finished_ = 0;
  std::uint64_t reported_ = 0;
  bool is_complete_ = false;
};

/// One weight file on its way to the receiver.
class HttpLoad::Target : public FetchTarget {
 public:
  Target(HttpLoad& load, std::size_t index) : load_(load), index_(index) {}

  void begin(std::optional<std::uint64_t> length, const platform::HttpHead& head) override {
    load_.weights_->begin(index_, length, content_note(head));
    load_.wake_waiting();
  }
  bool take(std::span<const std::byte> data) override {
    if (!load_.weights_->has_place(index_)) {
      load_.is_waiting_[index_] = true;
      return false;
    }
    load_.weights_->take(index_, data);
    load_.report();
    return true;
  }
  void finish() override { load_.weights_->finish(index_); }
  std::optional<std::uint64_t> expected_length() const override {
    return load_.weights_->expected_length(index_);
  }

 private:
  HttpLoad& load_;  // which holds the fetch that holds this
  std::size_t index_;
};

template <class Work>
void HttpLoad::guarded(Work&& work) {
  try {
    if (!error_) work();
  } catch (...) {
    fail(std::current_exception());
  }
}

void HttpLoad::fail(std::exception_ptr error) {
  if (error_) return;
  error_ = std::move(error);
  session_->end();
}

void HttpLoad::start(platform::HttpSession& session) {
  session_ = &session;
  options_.cancel.check("load");
  const auto file = std::make_shared<FirstFile>(place_->shown(), options_.json_limits.max_bytes);
  const auto self = shared_from_this();
  first_ = std::make_shared<HttpFetch>(session, *place_, place_->url(), file,
                                       [self, file](std::exception_ptr error) {
                                         self->first_.reset();
                                         if (error) return self->fail(std::move(error));
                                         self->guarded([&] { self->take_first_file(*file); });
                                       });
  first_->start();
}

/// Makes a model of the file at the URL. Other forms than model.json find their reader here.
void HttpLoad::take_first_file(const FirstFile& file) {
  take_json(file.content(), file.note());
}

void HttpLoad::take_json(std::string_view text, const std::string& note) {
  try {
    model_ = parse_model_json(text, place_->shown(), options_.json_limits);
  } catch (const Error& error) {
    const std::string hint = json_hint(*place_, text);
    throw Error(error.code(), cat(error.what(), hint.empty() ? note : hint));
  }
  if (!options_.read_weights) {
    is_complete_ = true;
    return;
  }
  if (place_->options().weight_url_converter) return convert_urls();
  const std::string& prefix = place_->options().weight_path_prefix.empty()
                                  ? options_.weight_path_prefix
                                  : place_->options().weight_path_prefix;
  std::vector<HttpUrl> urls;
  for (const WeightFile& file : model_.weight_files) {
    urls.push_back(place_->weight_url(file.path, prefix));
  }
  fetch_weights(std::move(urls));
}

/// Asks the converter for all URLs; its answers may come later and from other threads.
void HttpLoad::convert_urls() {
  struct Answers {
    std::vector<HttpUrl> urls;
    std::size_t missing = 0;
  };
  const auto answers = std::make_shared<Answers>();
  answers->missing = model_.weight_files.size();
  answers->urls.resize(answers->missing);
  if (answers->missing == 0) return fetch_weights({});
  for (std::size_t i = 0; i < model_.weight_files.size(); ++i) {
    const std::string path = model_.weight_files[i].path;
    const auto post = session_->post_later();
    const auto self = shared_from_this();
    place_->options()
        .weight_url_converter(path)
        .then([=](const std::string& url) {
          post([=] {
            self->guarded([&] {
              answers->urls[i] = self->place_->converted_url(path, url);
              if (--answers->missing == 0) self->fetch_weights(std::move(answers->urls));
            });
          });
        })
        .recover([=](std::exception_ptr error) { post([=] { self->fail(error); }); });
  }
}

void HttpLoad::fetch_weights(std::vector<HttpUrl> urls) {
  urls_ = std::move(urls);
  std::vector<std::string> names;
  for (const HttpUrl& url : urls_) names.push_back(url.shown());
  weights_.emplace(model_, std::move(names), place_->shown(), options_);
  fetches_.resize(urls_.size());
  is_waiting_.resize(urls_.size());
  report();
  start_next();
}

/// Starts files in order: the first one that is not finished always has its place, so that those
/// that wait for it do not wait for ever.
void HttpLoad::start_next() {
  while (!error_ && active_ < kFilesAtOnce && finished_ + active_ < urls_.size()) {
    const std::size_t index = finished_ + active_;
    const auto self = shared_from_this();
    fetches_[index] = std::make_shared<HttpFetch>(
        *session_, *place_, urls_[index], std::make_shared<Target>(*this, index),
        [self, index](std::exception_ptr error) { self->finished(index, std::move(error)); });
    ++active_;
    fetches_[index]->start();
  }
  is_complete_ = !error_ && finished_ == urls_.size();
}

void HttpLoad::finished(std::size_t index, std::exception_ptr error) {
  const std::shared_ptr<HttpFetch> fetch = std::exchange(fetches_[index], nullptr);
  --active_;
  ++finished_;
  if (error) return fail(std::move(error));
  guarded([&] {
    reported_ = 0;
    report();
    wake_waiting();
    start_next();
  });
}

void HttpLoad::wake_waiting() {
  for (std::size_t i = 0; i < fetches_.size(); ++i) {
    if (!is_waiting_[i] || !fetches_[i] || !weights_->has_place(i)) continue;
    is_waiting_[i] = false;
    fetches_[i]->resume();
  }
}

void HttpLoad::report() {
  const Progress progress = weights_->progress();
  if (reported_ != 0 && progress.bytes_done < reported_ + kReportEvery) return;
  reported_ = progress.bytes_done;
  for (const ProgressFn& report_to : {options_.on_progress, place_->options().on_progress}) {
    if (report_to) report_to(progress);
  }
}

ModelArtifacts HttpLoad::result() {
  first_.reset();
  fetches_.clear();
  if (error_) std::rethrow_exception(error_);
  options_.cancel.check("load");
  if (!is_complete_) {
    throw unavailable(place_->shown(), ": weight_url_converter gave no URL for some weight file");
  }
  if (!options_.read_weights) return std::move(model_.artifacts);
  const std::vector<WeightFile>& files = model_.weight_files;
  std::string name = place_->shown();
  if (!files.empty()) name = urls_.front().shown();
  if (files.size() > 1) name += cat(" to ", files.back().path);
  try {
    return with_weights(std::move(model_), weights_->data(), name, options_);
  } catch (const Error& error) {
    throw Error(error.code(), error.what() + weights_->notes());
  }
}

}  // namespace

Future<ModelArtifacts> load_over_http(std::shared_ptr<const HttpPlace> place,
                                      const LoadOptions& options) {
  const auto load = std::make_shared<HttpLoad>(place, options);
  return platform::run_http(place->session_options(options.cancel),
                            [load](platform::HttpSession& session) { load->start(session); })
      .then([load] { return load->result(); });
}

}  // namespace tfjs::io::internal
