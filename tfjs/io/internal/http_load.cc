#include "tfjs/io/internal/http_load.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/first_file.h"
#include "tfjs/io/internal/http_fetch.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/internal/weight_receiver.h"
#include "tfjs/io/model_json.h"

namespace tfjs::io::internal {
namespace {

constexpr std::size_t kFilesAtOnce = 6;                         // as browsers allow for one host
constexpr std::uint64_t kReportEvery = std::uint64_t{1} << 20;  // bytes

class HttpLoad : public std::enable_shared_from_this<HttpLoad> {
 public:
  HttpLoad(std::shared_ptr<const HttpPlace> place, const LoadOptions& options,
           std::shared_ptr<HttpCache> cache)
      : place_(std::move(place)), options_(options), cache_(std::move(cache)) {}

  void start(platform::HttpSession& session);
  ModelArtifacts result();

 private:
  class Target;
  /// Something failed: what is under way ends.
  void fail(std::exception_ptr error);
  template <class Work>
  void guarded(Work&& work);
  void take_first_file();
  void take_json(std::string_view text, const std::string& note);
  void convert_urls();
  void fetch_weights(std::vector<HttpUrl> urls);
  void start_next();
  void finished(std::size_t index, std::exception_ptr error);
  void wake_waiting();
  void report();
  HttpValidators kept_validators(const HttpUrl& url) const;
  void keep_fetched();

  std::shared_ptr<const HttpPlace> place_;
  LoadOptions options_;
  std::shared_ptr<HttpCache> cache_;  ///< may be null
  platform::HttpSession* session_ = nullptr;
  std::exception_ptr error_;
  std::shared_ptr<HttpFetch> first_;
  std::shared_ptr<FirstFile> first_file_;
  ModelJson model_;
  std::vector<HttpUrl> urls_;  ///< of the weight files
  std::optional<WeightReceiver> weights_;
  std::vector<std::shared_ptr<HttpFetch>> fetches_;  ///< of the files begun; null when finished
  std::vector<bool> is_waiting_;
  std::vector<std::optional<HttpValidators>> validators_;  ///< of files that came anew
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
    load_.validators_[index_] = validators_of(head);
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
  bool take_kept() override {
    if (!kept_) {
      kept_ = load_.cache_->read(load_.urls_[index_].text());
      load_.validators_[index_].reset();
      load_.weights_->begin(index_, kept_->size(), " (kept from an earlier load)");
      load_.wake_waiting();
    }
    return take(kept_->span());
  }
  void finish() override { load_.weights_->finish(index_); }
  std::optional<std::uint64_t> expected_length() const override {
    return load_.weights_->expected_length(index_);
  }

 private:
  HttpLoad& load_;  // which holds the fetch that holds this
  std::size_t index_;
  std::optional<Bytes> kept_;
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
  const auto self = shared_from_this();
  first_file_ = std::make_shared<FirstFile>(
      place_->shown(), options_.json_limits.max_bytes,
      [cache = cache_, url = place_->url().text()] { return cache->read(url); });
  first_ =
      std::make_shared<HttpFetch>(session, *place_, place_->url(), first_file_,
                                  kept_validators(place_->url()), [self](std::exception_ptr error) {
                                    self->first_.reset();
                                    if (error) return self->fail(std::move(error));
                                    self->guarded([&] { self->take_first_file(); });
                                  });
  first_->start();
}

HttpValidators HttpLoad::kept_validators(const HttpUrl& url) const {
  if (!cache_) return {};
  return cache_->find(url.text()).value_or(HttpValidators());
}

/// Makes a model of the file at the URL. Other forms than model.json find their reader here.
void HttpLoad::take_first_file() {
  take_json(first_file_->content(), first_file_->note());
  if (!cache_) first_file_.reset();
}

void HttpLoad::take_json(std::string_view text, const std::string& note) {
  try {
    model_ = parse_model_json(text, place_->shown(), options_.json_limits);
  } catch (const Error& error) {
    const std::string hint = json_hint(place_->url().path, text);
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
  validators_.resize(urls_.size());
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
        kept_validators(urls_[index]),
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
  if (!options_.read_weights) {
    keep_fetched();
    return std::move(model_.artifacts);
  }
  const std::vector<WeightFile>& files = model_.weight_files;
  std::string name = place_->shown();
  if (!files.empty()) name = urls_.front().shown();
  if (files.size() > 1) name += cat(" to ", files.back().path);
  try {
    ModelArtifacts artifacts = with_weights(std::move(model_), weights_->data(), name, options_);
    keep_fetched();
    return artifacts;
  } catch (const Error& error) {
    throw Error(error.code(), error.what() + weights_->notes());
  }
}

/// Gives the cache what came anew: the weight files, then the JSON that names them.
void HttpLoad::keep_fetched() {
  if (!cache_) return;
  for (std::size_t i = 0; i < validators_.size(); ++i) {
    if (!validators_[i]) continue;
    cache_->fetched(urls_[i].text(), *validators_[i], weights_->content(i));
  }
  if (first_file_->is_kept()) return;
  cache_->fetched(place_->url().text(), first_file_->validators(),
                  Bytes::copy_of(first_file_->content()));
}

}  // namespace

Future<ModelArtifacts> load_over_http(std::shared_ptr<const HttpPlace> place,
                                      const LoadOptions& options,
                                      std::shared_ptr<HttpCache> cache) {
  const auto load = std::make_shared<HttpLoad>(place, options, std::move(cache));
  return platform::run_http(place->session_options(options.cancel),
                            [load](platform::HttpSession& session) { load->start(session); })
      .then([load] { return load->result(); });
}

}  // namespace tfjs::io::internal
