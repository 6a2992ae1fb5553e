// A value that may still be on its way from a disk, a network or a browser.
//
//   Future<int> f = read_async();
//   Future<int> twice = f.then([](int x) { return 2 * x; });   // a returned Future<U> is flattened
//   int x = twice.get();                                       // waits; native only
//
// A Future is a shared handle. Errors travel along: get() throws, then() is skipped, recover() sees
// them.
#pragma once

#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

#include "tfjs/base/error.h"

#if __has_include(<coroutine>) && defined(__cpp_impl_coroutine)
#include <coroutine>
#define TFJS_HAS_COROUTINES 1
#endif

namespace tfjs {

template <class T>
class Future;
template <class T>
class Promise;

struct Unit {};  ///< the value of a Future<void>

/// Says whether get() may wait for a value that is not there yet. Until it is called, that is so
/// where threads can be started: where one thread does everything nothing could settle the future
/// meanwhile, so get() throws instead. The main thread of a browser page must not wait even with
/// threads.
void set_may_block(bool value);

namespace internal {

template <class T>
using Stored = std::conditional_t<std::is_void_v<T>, Unit, T>;

template <class T>
struct FutureState {
  std::mutex mutex;
  std::condition_variable ready;
  std::optional<Stored<T>> value;
  std::exception_ptr error;
  /// They do not own this state: it would then own itself, and what they hold would stay for ever
  /// when the promise is given up. Who settles keeps it alive.
  std::vector<std::function<void()>> continuations;

  bool is_ready() const { return value.has_value() || error != nullptr; }

  /// Settles once; runs the continuations outside the lock.
  template <class Set>
  void settle(Set&& set) {
    std::vector<std::function<void()>> run;
    {
      std::lock_guard lock(mutex);
      if (is_ready()) return;
      set();
      run.swap(continuations);
    }
    ready.notify_all();
    for (auto& continuation : run) continuation();
  }

  void when_ready(std::function<void()> continuation) {
    {
      std::lock_guard lock(mutex);
      if (!is_ready()) {
        continuations.push_back(std::move(continuation));
        return;
      }
    }
    continuation();
  }
};

template <class T>
struct IsFuture : std::false_type {};
template <class T>
struct IsFuture<Future<T>> : std::true_type {
  using Value = T;
};

/// Waits for the state on platforms that can block. Errors: Unsupported where waiting would block
/// the only thread.
void wait_until_ready(std::mutex& mutex, std::condition_variable& ready,
                      const std::function<bool()>& is_ready);

/// Throws the error as an object of the calling thread's own: several may wait for one future, and
/// the thread that settled it may let go of the original at any moment.
[[noreturn]] void throw_own(const std::exception_ptr& error);

}  // namespace internal

/// The writing end. Settled at most once; a second value is ignored.
template <class T>
class Promise {
 public:
  Promise() : state_(std::make_shared<internal::FutureState<T>>()) {}
  Future<T> future() const { return Future<T>(state_); }
  void set_value(internal::Stored<T> value) const {
    const auto state = state_;  // a continuation may destroy this promise
    state->settle([&] { state->value.emplace(std::move(value)); });
  }
  void set_value() const requires std::is_void_v<T> { set_value(Unit{}); }
  void set_error(std::exception_ptr error) const {
    const auto state = state_;
    state->settle([&] { state->error = std::move(error); });
  }

 private:
  std::shared_ptr<internal::FutureState<T>> state_;
};

template <class T>
class Future {
 public:
  using Value = T;

  /// A future that has its value already.
  static Future of(internal::Stored<T> value) {
    Promise<T> promise;
    promise.set_value(std::move(value));
    return promise.future();
  }
  static Future done() requires std::is_void_v<T> { return of(Unit{}); }
  static Future failed(std::exception_ptr error) {
    Promise<T> promise;
    promise.set_error(std::move(error));
    return promise.future();
  }
  /// What `work()` gives, or the error it throws, now.
  template <class Work>
  static Future from(Work&& work) {
    Promise<T> promise;
    try {
      if constexpr (std::is_void_v<T>) {
        work();
        promise.set_value();
      } else {
        promise.set_value(work());
      }
    } catch (...) {
      promise.set_error(std::current_exception());
    }
    return promise.future();
  }

  bool is_ready() const {
    std::lock_guard lock(state_->mutex);
    return state_->is_ready();
  }

  /// Waits for the value; throws the error. Native only: in a browser use then() or co_await.
  T get() const {
    internal::wait_until_ready(state_->mutex, state_->ready,
                               [state = state_.get()] { return state->is_ready(); });
    if (state_->error) internal::throw_own(state_->error);
    if constexpr (!std::is_void_v<T>) return *state_->value;
  }

  /// Calls `next` with the value; its result, or the error of either, settles the returned future.
  template <class Next>
  auto then(Next next) const {
    using Result = decltype(invoke_next(next, *state_));
    if constexpr (internal::IsFuture<Result>::value) {
      using U = typename internal::IsFuture<Result>::Value;
      Promise<U> promise;
      on_ready(
          [promise, next](internal::FutureState<T>& state) mutable {
            forward<U>(promise, [&] { return invoke_next(next, state); });
          },
          promise);
      return promise.future();
    } else {
      Promise<Result> promise;
      on_ready(
          [promise, next](internal::FutureState<T>& state) mutable {
            settle_with<Result>(promise, [&]() -> Result { return invoke_next(next, state); });
          },
          promise);
      return promise.future();
    }
  }

  /// Calls `handle(std::exception_ptr)` when this fails; it returns a T or throws.
  template <class Handle>
  Future recover(Handle handle) const {
    Promise<T> promise;
    const auto owner = state_;
    owner->when_ready([state = owner.get(), promise, handle]() mutable {
      if (!state->error) {
        promise.set_value(*state->value);
      } else {
        settle_with<T>(promise, [&]() -> T { return handle(state->error); });
      }
    });
    return promise.future();
  }

#ifdef TFJS_HAS_COROUTINES
  bool await_ready() const {
    return is_ready();
  }
  void await_suspend(std::coroutine_handle<> handle) const {
    state_->when_ready([handle] { handle.resume(); });
  }
  T await_resume() const {
    return get();
  }
#endif

 private:
  friend class Promise<T>;
  template <class U>
  friend class Future;
  explicit Future(std::shared_ptr<internal::FutureState<T>> state) : state_(std::move(state)) {}

  template <class Next>
  static auto invoke_next(Next& next, internal::FutureState<T>& state) {
    if constexpr (std::is_void_v<T>) {
      return next();
    } else {
      return next(*state.value);
    }
  }

  template <class U, class Work>
  static void settle_with(Promise<U>& promise, Work&& work) {
    try {
      if constexpr (std::is_void_v<U>) {
        work();
        promise.set_value();
      } else {
        promise.set_value(work());
      }
    } catch (...) {
      promise.set_error(std::current_exception());
    }
  }

  template <class U, class Work>
  static void forward(Promise<U>& promise, Work&& work) {
    try {
      Future<U> inner = work();
      const auto owner = inner.state_;
      owner->when_ready([state = owner.get(), promise] {
        if (state->error) {
          promise.set_error(state->error);
        } else {
          promise.set_value(*state->value);
        }
      });
    } catch (...) {
      promise.set_error(std::current_exception());
    }
  }

  template <class Run, class U>
  void on_ready(Run run, Promise<U> promise) const {
    const auto owner = state_;
    owner->when_ready([state = owner.get(), run, promise]() mutable {
      if (state->error) {
        promise.set_error(state->error);
      } else {
        run(*state);
      }
    });
  }

  std::shared_ptr<internal::FutureState<T>> state_;
};

}  // namespace tfjs

#ifdef TFJS_HAS_COROUTINES
/// A coroutine may return Future<T>.
template <class T, class... Args>
struct std::coroutine_traits<tfjs::Future<T>, Args...> {
  struct Base {
    tfjs::Promise<T> promise;
    tfjs::Future<T> get_return_object() { return promise.future(); }
    std::suspend_never initial_suspend() noexcept { return {}; }
    std::suspend_never final_suspend() noexcept { return {}; }
    void unhandled_exception() { promise.set_error(std::current_exception()); }
  };
  struct WithValue : Base {
    void return_value(T value) { this->promise.set_value(std::move(value)); }
  };
  struct WithoutValue : Base {
    void return_void() { this->promise.set_value(tfjs::Unit{}); }
  };
  using promise_type = std::conditional_t<std::is_void_v<T>, WithoutValue, WithValue>;
};
#endif
