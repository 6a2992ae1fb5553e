#include <gtest/gtest.h>

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/ops/unary.h"
#include "tfjs/runtime/kernel_registry.h"

namespace tfjs::runtime {
namespace {

TEST(BuiltinKernels, HaveAReferenceKernelForEveryOp) {
  std::vector<std::string> registered = builtin_kernels().ops_in("reference");
  std::vector<std::string> ops = {
#define OP(Name) #Name,
#include "tfjs/ops/ops.def"
#undef OP
  };
  std::sort(registered.begin(), registered.end());
  std::sort(ops.begin(), ops.end());
  EXPECT_EQ(registered, ops);
}

/// Says which factory made it by its scratch size.
class Marked final : public Kernel {
 public:
  explicit Marked(std::size_t mark) : mark_(mark) {}
  void run(const KernelRun&) const override {}
  std::size_t scratch_bytes() const override { return mark_; }

 private:
  std::size_t mark_;
};

std::unique_ptr<Kernel> make_marked_1(const KernelSetup&) {
  return std::make_unique<Marked>(1);
}
std::unique_ptr<Kernel> make_marked_2(const KernelSetup&) {
  return std::make_unique<Marked>(2);
}
std::unique_ptr<Kernel> make_nothing(const KernelSetup&) {
  return nullptr;
}

class KernelChoice : public ::testing::Test {
 protected:
  std::size_t made(std::string_view only_set = {}) {
    return registry_.make(setup_, only_set)->scratch_bytes();
  }

  std::any options_;
  std::vector<TensorSpec> specs_ = {{DType::Float32, {2}}};
  KernelSetup setup_{ops::kUnary, options_, specs_, {}, specs_};
  KernelRegistry registry_;
};

TEST_F(KernelChoice, FollowsTheOrderInWhichSetsFirstAppear) {
  registry_.add("Other", "fast", make_nothing);
  registry_.add("Unary", "slow", make_marked_2);
  registry_.add("Unary", "fast", make_marked_1);
  EXPECT_EQ(made(), 1u);
}

TEST_F(KernelChoice, MovesOnFromAKernelThatDoesNotTakeTheCase) {
  registry_.add("Unary", "fast", make_nothing);
  registry_.add("Unary", "slow", make_marked_2);
  EXPECT_EQ(made(), 2u);
}

TEST_F(KernelChoice, CanBeRestrictedToOneSet) {
  registry_.add("Unary", "fast", make_marked_1);
  registry_.add("Unary", "slow", make_marked_2);
  EXPECT_EQ(made("slow"), 2u);
}

TEST_F(KernelChoice, NamesTheOpAndItsSpecsWhenNobodyTakesTheCase) {
  registry_.add("Unary", "fast", make_nothing);
  try {
    made();
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::Unsupported);
    EXPECT_STREQ(error.what(), "no kernel computes Unary of [float32 [2]] to [float32 [2]]");
  }
}

}  // namespace
}  // namespace tfjs::runtime
