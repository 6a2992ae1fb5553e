#include "tfjs/base/future.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <system_error>
#include <thread>

#include "tfjs/base/progress.h"

namespace tfjs {
namespace {

TEST(Future, PassesValuesOn) {
  Promise<int> promise;
  Future<std::string> text = promise.future().then([](int x) { return x + 1; }).then([](int x) {
    return Future<std::string>::of(cat("got ", x));
  });
  EXPECT_FALSE(text.is_ready());
  promise.set_value(1);
  EXPECT_EQ(text.get(), "got 2");
}

TEST(Future, PassesOnThatSomethingIsDone) {
  int steps = 0;
  Future<void> done = Future<void>::done().then([&] { ++steps; }).then([&] {
    ++steps;
    return Future<void>::done();
  });
  done.get();
  EXPECT_EQ(steps, 2);
}

TEST(Future, SkipsThenAndReachesRecoverAfterAnError) {
  bool reached = false;
  Future<int> failed =
      Future<int>::from([]() -> int { throw not_found("no model"); }).then([&](int x) {
        reached = true;
        return x;
      });
  EXPECT_THROW(failed.get(), Error);
  EXPECT_FALSE(reached);
  EXPECT_EQ(failed.recover([](std::exception_ptr) { return 5; }).get(), 5);
  EXPECT_EQ(Future<int>::of(4).recover([](std::exception_ptr) { return 5; }).get(), 4);
  EXPECT_EQ(failed.recover([](std::exception_ptr) { return Future<int>::of(6); }).get(), 6);
}

TEST(Future, KeepsTheFirstValue) {
  Promise<int> promise;
  promise.set_value(1);
  promise.set_value(2);
  promise.set_error(std::make_exception_ptr(1));
  EXPECT_EQ(promise.future().get(), 1);
}

TEST(Future, RefusesToWaitWhereNobodyElseCouldSettleIt) {
  set_may_block(false);
  Promise<int> promise;
  try {
    promise.future().get();
    ADD_FAILURE() << "waited";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
  }
  promise.set_value(3);
  EXPECT_EQ(promise.future().get(), 3);
  set_may_block(true);
}

TEST(Future, WaitsForAnotherThreadWhereThereAreThreads) {
  Promise<int> promise;
  std::thread worker;
  try {
    worker = std::thread([promise] { promise.set_value(7); });
  } catch (const std::system_error&) {
    GTEST_SKIP() << "no threads here";
  }
  EXPECT_EQ(promise.future().get(), 7);
  worker.join();
}

#ifdef TFJS_HAS_COROUTINES
Future<int> add_one(Future<int> value) {
  co_return co_await value + 1;
}

TEST(Future, IsAwaited) {
  Promise<int> promise;
  Future<int> sum = add_one(promise.future());
  EXPECT_FALSE(sum.is_ready());
  promise.set_value(1);
  EXPECT_EQ(sum.get(), 2);
}

TEST(Future, ThrowsTheErrorWhereItIsAwaited) {
  Promise<int> promise;
  Future<int> sum = add_one(promise.future());
  promise.set_error(std::make_exception_ptr(unavailable("gone")));
  EXPECT_THROW(sum.get(), Error);
}
#endif

TEST(Future, ThrowsEachWaiterAnErrorOfItsOwn) {
  const Future<int> failed = Future<int>::failed(std::make_exception_ptr(not_found("gone")));
  const auto address = [&]() -> const void* {
    try {
      failed.get();
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), ErrorCode::NotFound);
      EXPECT_STREQ(error.what(), "gone");
      return error.what();
    }
    return nullptr;
  };
  try {
    failed.get();
  } catch (const Error& error) {
    EXPECT_NE(address(), error.what());
  }
}

struct SpecialError : Error {
  using Error::Error;
};

TEST(Future, KeepsTheClassOfAnError) {
  const auto failed =
      Future<int>::failed(std::make_exception_ptr(SpecialError(ErrorCode::Internal, "special")));
  bool is_kept = false;
  try {
    failed.get();
  } catch (const SpecialError&) {
    is_kept = true;
  }
  EXPECT_TRUE(is_kept);
}

TEST(Future, LetsGoOfWhatWaitsForAPromiseThatIsGivenUp) {
  const auto held = std::make_shared<int>(1);
  {
    const Promise<int> promise;
    promise.future()
        .then([held](int) { return Future<int>::of(1); })
        .recover([held](std::exception_ptr) { return 2; });
    EXPECT_GT(held.use_count(), 1);
  }
  EXPECT_EQ(held.use_count(), 1);
}

TEST(Future, OutlivesAPromiseThatItsContinuationDestroys) {
  auto promise = std::make_unique<Promise<int>>();
  promise->future().then([&](int) { promise.reset(); });
  int seen = 0;
  promise->future().then([&](int value) { seen = value; });
  promise->set_value(3);
  EXPECT_EQ(seen, 3);
}

TEST(CancelToken, StopsTheWorkThatAsks) {
  const CancelToken token;
  const CancelToken same = token;
  token.check("load");
  same.cancel();
  EXPECT_THROW(token.check("load"), Error);
}

TEST(Progress, IsAFractionOnceTheTotalIsKnown) {
  EXPECT_EQ((Progress{50, 200}).fraction(), 0.25);
  EXPECT_EQ((Progress{50, 0}).fraction(), 0.0);
}

}  // namespace
}  // namespace tfjs
