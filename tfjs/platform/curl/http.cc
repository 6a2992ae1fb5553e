// A session is a thread that runs libcurl's multi handle: all of its connections, kept alive
// between requests, HTTP/2 where a server offers it.
#include "tfjs/platform/http.h"

#include <algorithm>
#include <atomic>
#include <list>
#include <map>
#include <mutex>

#include "tfjs/base/error.h"
#include "tfjs/platform/background.h"
#include "tfjs/platform/clock.h"
#include "tfjs/platform/curl/easy_handle.h"
#include "tfjs/platform/curl/transfer.h"

namespace tfjs::platform {
namespace {

using curl::Transfer;

constexpr int kLongestWaitMs = 100;  // between two looks at the cancel token and at silence

/// Work from other threads.
class Mailbox {
 public:
  explicit Mailbox(CURLM* multi) : multi_(multi) {}

  void put(std::function<void()> work) {
    std::lock_guard lock(mutex_);
    if (multi_ == nullptr) return;
    work_.push_back(std::move(work));
    curl_multi_wakeup(multi_);
  }
  std::vector<std::function<void()>> take() {
    std::lock_guard lock(mutex_);
    return std::exchange(work_, {});
  }
  void close() {
    std::lock_guard lock(mutex_);
    multi_ = nullptr;
    work_.clear();
  }

 private:
  std::mutex mutex_;
  CURLM* multi_;
  std::vector<std::function<void()>> work_;
};

class Session : public HttpSession {
 public:
  Session(HttpSessionOptions options, CancelToken stop)
      : options_(std::move(options)), stop_(std::move(stop)), multi_(curl_multi_init()) {
    if (!multi_) throw unavailable("libcurl cannot make a session: out of memory");
    mailbox_ = std::make_shared<Mailbox>(multi_.get());
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;
  ~Session() override {
    mailbox_->close();
    for (const auto& transfer : transfers_) leave(*transfer);
    for (const auto& transfer : new_) transfer->forget_sink();
  }

  std::shared_ptr<HttpTransfer> send(HttpRequest request, std::shared_ptr<HttpSink> sink) override {
    auto transfer = std::make_shared<Transfer>(std::move(request), std::move(sink), options_);
    new_.push_back(transfer);
    return transfer;
  }

  void after(double seconds, std::function<void()> work) override {
    timers_.emplace(monotonic_seconds() + seconds, std::move(work));
  }

  Post post_later() override {
    return [mailbox = mailbox_](std::function<void()> work) { mailbox->put(std::move(work)); };
  }

  void end() override {
    is_ended_ = true;
    for (const auto& transfer : transfers_) transfer->abort();
  }

  void run() {
    while (!is_ended_) {
      run_posted();
      run_timers();
      start_new();
      end_what_must();
      if (is_idle() && !has_posters()) {
        run_posted();  // posted just before its Post was destroyed
        if (is_idle()) return;
      }
      if (is_idle() && is_cancelled()) return;  // nobody may ever post
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      end_done();
      curl_multi_poll(multi_.get(), nullptr, 0, wait_ms(), nullptr);
    }
  }

 private:
  bool is_idle() const { return transfers_.empty() && new_.empty() && timers_.empty(); }
  bool has_posters() const { return mailbox_.use_count() > 1; }
  bool is_cancelled() const { return options_.cancel.is_cancelled() || stop_.is_cancelled(); }

  void run_posted() {
    for (const auto& work : mailbox_->take()) {
      if (!is_ended_) work();
    }
  }

  void run_timers() {
    const double now = monotonic_seconds();
    while (!is_ended_ && !timers_.empty() && (timers_.begin()->first <= now || is_cancelled())) {
      const std::function<void()> work = std::move(timers_.begin()->second);
      timers_.erase(timers_.begin());
      work();
    }
  }

  void start_new() {
    for (const auto& transfer : std::exchange(new_, {})) {
      if (!transfer->is_over() && start(*transfer)) {
        transfers_.push_back(transfer);
      } else {
        transfer->forget_sink();
      }
    }
  }

  bool start(Transfer& transfer) {
    try {
      if (is_cancelled()) throw cancelled("http: cancelled");
      transfer.prepare();
    } catch (...) {
      transfer.fail(std::current_exception());
      return false;
    }
    const CURLMcode code = curl_multi_add_handle(multi_.get(), transfer.handle());
    if (code == CURLM_OK) return true;
    transfer.fail(std::make_exception_ptr(
        unavailable("libcurl cannot start a transfer: ", curl_multi_strerror(code))));
    return false;
  }

  /// Transfers that were aborted, cancelled or silent for too long; and those to go on with.
  void end_what_must() {
    for (const auto& transfer : transfers_) {
      if (is_ended_) return;
      if (is_cancelled()) transfer->fail(std::make_exception_ptr(cancelled("http: cancelled")));
      if (!transfer->is_over() && transfer->is_silent()) transfer->fail_for_silence();
      if (!transfer->is_over()) transfer->resume_if_asked();
    }
    transfers_.remove_if([this](const std::shared_ptr<Transfer>& transfer) {
      if (!transfer->is_over()) return false;
      leave(*transfer);
      return true;
    });
  }

  void leave(Transfer& transfer) {
    curl_multi_remove_handle(multi_.get(), transfer.handle());
    transfer.forget_sink();
  }

  /// Transfers that libcurl is done with.
  void end_done() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (is_ended_) return;
      if (message->msg != CURLMSG_DONE) continue;
      const auto found = std::find_if(
          transfers_.begin(), transfers_.end(),
          [&](const auto& transfer) { return transfer->handle() == message->easy_handle; });
      if (found == transfers_.end()) continue;
      const std::shared_ptr<Transfer> transfer = *found;
      const CURLcode code = message->data.result;
      transfers_.erase(found);
      curl_multi_remove_handle(multi_.get(), transfer->handle());
      if (transfer->done(code)) {
        new_.push_back(transfer);
      } else {
        transfer->forget_sink();
      }
    }
  }

  int wait_ms() const {
    const bool is_busy = std::any_of(transfers_.begin(), transfers_.end(),
                                     [](const auto& t) { return t->wants_attention(); });
    const bool is_done = is_ended_ || (is_idle() && !has_posters());
    if (is_busy || is_done || !new_.empty()) return 0;
    double wait = kLongestWaitMs;
    if (!timers_.empty()) {
      wait = std::min(wait, 1000 * (timers_.begin()->first - monotonic_seconds()) + 1);
    }
    return static_cast<int>(std::max(0.0, wait));
  }

  HttpSessionOptions options_;
  CancelToken stop_;
  curl::MultiHandle multi_;
  std::shared_ptr<Mailbox> mailbox_;
  std::vector<std::shared_ptr<Transfer>> new_;
  std::list<std::shared_ptr<Transfer>> transfers_;
  std::multimap<double, std::function<void()>> timers_;
  bool is_ended_ = false;
};

/// Once for the process, and before the first thread: libraries below libcurl clean up when the
/// process ends, which must come after the threads have.
void start_libcurl() {
  static const CURLcode code = curl_global_init(CURL_GLOBAL_DEFAULT);
  if (code != CURLE_OK) throw unavailable("libcurl cannot start: ", curl_easy_strerror(code));
}

}  // namespace

Future<void> run_http(const HttpSessionOptions& options,
                      std::function<void(HttpSession& session)> start) {
  const Promise<void> promise;
  try {
    start_libcurl();
    run_in_background([=](const CancelToken& stop) mutable {
      std::exception_ptr error;
      try {
        Session session(options, stop);
        std::exchange(start, nullptr)(session);
        session.run();
      } catch (...) {
        error = std::current_exception();
      }
      if (error) {
        promise.set_error(error);
      } else {
        promise.set_value();
      }
    });
  } catch (...) {
    promise.set_error(std::current_exception());
  }
  return promise.future();
}

}  // namespace tfjs::platform
