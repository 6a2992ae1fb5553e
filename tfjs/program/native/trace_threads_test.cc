// Traces on several threads at once.
#include <thread>

#include "tfjs/ops/binary.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/optimise.h"
#include "tfjs/program/testing.h"

namespace tfjs::program {
namespace {

TEST(Trace, WorksOnSeveralThreadsAtOnce) {
  const Tensor shared = numbers({8});
  std::vector<Program> programs(8);
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t) {
    threads.emplace_back([&, t] {
      for (int round = 0; round < 20; ++round) {
        programs[t] = optimise(trace({floats({8})}, [&](const std::vector<Tensor>& in) {
          Tensor y = in[0];
          for (int i = 0; i <= t; ++i) y = ops::exp(ops::add(y, ops::mul(shared, shared)));
          return std::vector<Tensor>{y};
        }));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (int t = 0; t < 8; ++t) EXPECT_EQ(programs[t].steps.size(), 2u * (t + 1));
}

}  // namespace
}  // namespace tfjs::program
