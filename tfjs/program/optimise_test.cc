#include "tfjs/program/optimise.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/normalization.h"
#include "tfjs/ops/pool.h"
#include "tfjs/ops/unary.h"
#include "tfjs/program/testing.h"

namespace tfjs::program {
namespace {

/// Traces `fn` of one input, optimises, checks that the numbers stay, and gives the steps that are
/// left.
std::string optimised(const Shape& input, const std::function<Tensor(const Tensor&)>& fn) {
  const Program before = trace({floats(input)}, [&](const std::vector<Tensor>& in) {
    return std::vector<Tensor>{fn(in[0])};
  });
  const Program after = optimise(before);
  expect_same_results(after, before);
  return step_list(after);
}

Tensor normalized(const Tensor& x, int seed) {
  const Shape channels{x.shape()[-1]};
  return ops::scale_shift(x, numbers(channels, seed), numbers(channels, seed + 1));
}

TEST(Optimise, FoldsBatchNormIntoAConvolution) {
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [](const Tensor& x) {
                        return normalized(ops::conv2d(x, numbers({3, 3, 3, 4})), 1);
                      }),
            "Conv2d{height=3 width=3 bias}");
}

TEST(Optimise, FoldsBatchNormIntoADepthwiseConvolution) {
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [](const Tensor& x) {
                        return normalized(ops::depthwise_conv2d(x, numbers({3, 3, 3, 2})), 1);
                      }),
            "DepthwiseConv2d{height=3 width=3 bias}");
}

TEST(Optimise, FoldsBatchNormIntoATransposedConvolution) {
  EXPECT_EQ(optimised({1, 4, 3, 3},
                      [](const Tensor& x) {
                        return normalized(ops::conv2d_transpose(x, numbers({3, 3, 5, 3})), 1);
                      }),
            "Conv2dTranspose{height=3 width=3 bias}");
}

TEST(Optimise, FoldsBatchNormIntoAMatrixProductWithABias) {
  EXPECT_EQ(optimised({2, 5},
                      [](const Tensor& x) {
                        const Tensor y = ops::add(ops::matmul(x, numbers({5, 4})), numbers({4}, 2));
                        return ops::relu(normalized(y, 5));
                      }),
            "Matmul{bias activation=Relu}");
}

TEST(Optimise, DoesNotFoldIntoAProductThatIsUsedTwice) {
  EXPECT_EQ(optimised({2, 5},
                      [](const Tensor& x) {
                        const Tensor y = ops::matmul(x, numbers({5, 4}));
                        return ops::mul(normalized(y, 1), y);
                      }),
            "Matmul; ScaleShift{axis=1}; Binary{Mul}");
}

TEST(Optimise, DoesNotFoldAcrossAnActivation) {
  EXPECT_EQ(optimised({2, 5},
                      [](const Tensor& x) {
                        return normalized(ops::relu(ops::matmul(x, numbers({5, 4}))), 1);
                      }),
            "Matmul{activation=Relu}; ScaleShift{axis=1}");
}

TEST(Optimise, DoesNotScaleAFilterThatIsNotConstant) {
  EXPECT_EQ(optimised({4, 4}, [](const Tensor& x) { return normalized(ops::matmul(x, x), 1); }),
            "Matmul; ScaleShift{axis=1}");
}

TEST(Optimise, AddsABiasToAProductOfTwoInputs) {
  EXPECT_EQ(
      optimised({4, 4}, [](const Tensor& x) { return ops::add(numbers({4}), ops::matmul(x, x)); }),
      "Matmul{bias}");
}

TEST(Optimise, LeavesScaleShiftOfAnotherAxis) {
  EXPECT_EQ(optimised({1, 4, 4, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::conv2d(x, numbers({1, 1, 3, 4}));
                        return ops::scale_shift(y, numbers({4}), numbers({4}, 1), 1);
                      }),
            "Conv2d{height=1 width=1}; ScaleShift{axis=1}");
}

TEST(Optimise, FoldsConstantArithmeticWithNumbersAndVectors) {
  EXPECT_EQ(optimised({2, 5},
                      [](const Tensor& x) {
                        Tensor y = ops::matmul(x, numbers({5, 4}));
                        y = ops::div(y, Tensor::scalar(4));
                        y = ops::mul(numbers({1, 4}, 3), y);
                        y = ops::sub(y, Tensor::scalar(0.5f));
                        return ops::sub(numbers({4}, 4), y);
                      }),
            "Matmul{bias}");
}

TEST(Optimise, LeavesAConstantThatVariesOverPixels) {
  EXPECT_EQ(optimised({1, 4, 4, 4},
                      [](const Tensor& x) {
                        const Tensor y = ops::conv2d(x, numbers({1, 1, 4, 4}));
                        return ops::mul(y, numbers({4, 4, 4}));
                      }),
            "Conv2d{height=1 width=1}; Binary{Mul}");
}

TEST(Optimise, LeavesAConstantThatMakesTheResultLarger) {
  EXPECT_EQ(optimised({1, 4},
                      [](const Tensor& x) {
                        return ops::add(ops::matmul(x, numbers({4, 1})), numbers({4}));
                      }),
            "Matmul; Binary{Add}");
}

TEST(Optimise, JoinsScaleShiftsOnTheirOwn) {
  EXPECT_EQ(optimised({2, 3, 4},
                      [](const Tensor& x) {
                        const Tensor y = ops::mul(x, Tensor::scalar(2));
                        return ops::add(normalized(normalized(y, 1), 3), numbers({4}, 9));
                      }),
            "ScaleShift{axis=2}");
}

TEST(Optimise, LeavesPlainNumbersAsTheyAre) {
  EXPECT_EQ(optimised({2, 3, 4},
                      [](const Tensor& x) {
                        return ops::sub(ops::div(x, Tensor::scalar(127.5f)), Tensor::scalar(1));
                      }),
            "Binary{Div}; Binary{Sub}");
}

TEST(Optimise, FusesBiasResidualAndActivation) {
  EXPECT_EQ(
      optimised({1, 4, 4, 3},
                [](const Tensor& x) {
                  const Tensor y = ops::add(ops::conv2d(x, numbers({1, 1, 3, 3})), numbers({3}, 1));
                  return ops::leaky_relu(ops::add(y, x), 0.25f);
                }),
      "Conv2d{height=1 width=1 bias residual activation=LeakyRelu[0.25,0]}");
}

TEST(Optimise, MakesTheEarlierOfTwoProductsTheResidual) {
  EXPECT_EQ(optimised({2, 3},
                      [](const Tensor& x) {
                        const Tensor shortcut = ops::matmul(x, numbers({3, 5}));
                        const Tensor y = ops::relu(ops::matmul(x, numbers({3, 4}, 1)));
                        return ops::add(shortcut, ops::matmul(y, numbers({4, 5}, 2)));
                      }),
            "Matmul; Matmul{activation=Relu}; Matmul{residual}");
}

TEST(Optimise, PutsTheFusedStepBehindALaterResidual) {
  EXPECT_EQ(optimised({2, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::matmul(x, numbers({3, 3}));
                        const Tensor late = ops::exp(ops::neg(x));
                        return ops::add(y, late);
                      }),
            "Unary{Neg}; Unary{Exp}; Matmul{residual}");
}

TEST(Optimise, AddsNoResidualBehindAnActivationOrOfAnotherShape) {
  EXPECT_EQ(optimised({2, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::tanh(ops::matmul(x, numbers({3, 3})));
                        return ops::add(y, x);
                      }),
            "Matmul{activation=Tanh}; Binary{Add}");
  EXPECT_EQ(optimised({1, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::matmul(numbers({4, 3}), ops::tile(x, {3, 1}));
                        return ops::add(y, x);
                      }),
            "Tile; Matmul; Binary{Add}");
}

TEST(Optimise, KeepsAProductThatIsAlsoAnOutput) {
  const Program before = trace({floats({2, 3})}, [](const std::vector<Tensor>& in) {
    const Tensor y = ops::matmul(in[0], numbers({3, 3}));
    return std::vector<Tensor>{y, ops::relu(y)};
  });
  const Program after = optimise(before);
  EXPECT_EQ(step_list(after), "Matmul; Unary{Relu}");
  expect_same_results(after, before);
}

TEST(Optimise, AbsorbsZeroPadding) {
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::pad(x, {0, 0, 1, 0}, {0, 1, 1, 0});
                        return ops::depthwise_conv2d(y, numbers({3, 3, 3, 1}), {.strides = {2, 2}});
                      }),
            "DepthwiseConv2d{height=3/2p0,1 width=3/2p1,1}");
  EXPECT_EQ(optimised({1, 6, 6, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::pad(x, {0, 3, 3, 0}, {0, 3, 3, 0});
                        return ops::conv2d(y, numbers({7, 7, 3, 2}), {.strides = {2, 2}});
                      }),
            "Conv2d{height=7/2p3,3 width=7/2p3,3}");
}

TEST(Optimise, LeavesPaddingThatAConvolutionCannotSay) {
  const auto convolved = [](const Tensor& padded) {
    return ops::conv2d(padded, numbers({3, 3, padded.shape()[-1], 2}));
  };
  const std::string left = "Conv2d{height=3 width=3}";
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [&](const Tensor& x) {
                        return convolved(ops::pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}, 0.5f));
                      }),
            "Pad{before=[0, 1, 1, 0] after=[0, 1, 1, 0] value=0.5}; " + left);
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [&](const Tensor& x) {
                        return convolved(ops::pad(x, {0, 1, 1, 1}, {0, 1, 1, 0}));
                      }),
            "Pad{before=[0, 1, 1, 1] after=[0, 1, 1, 0] value=0}; " + left);
  EXPECT_EQ(optimised({1, 5, 6, 3},
                      [&](const Tensor& x) {
                        return convolved(ops::pad(x, {0, 3, 0, 0}, {0, 0, 0, 0}));
                      }),
            "Pad{before=[0, 3, 0, 0] after=[0, 0, 0, 0] value=0}; " + left);
}

TEST(Optimise, AbsorbsZeroPaddingOfAMaxPoolWhereNothingIsNegative) {
  const auto pooled = [](const Tensor& x, ops::PoolKind kind) {
    return ops::pool(kind, ops::pad(x, {0, 1, 1, 0}, {0, 1, 1, 0}),
                     {.size = {3, 3}, .strides = {2, 2}});
  };
  EXPECT_EQ(optimised({1, 6, 7, 2},
                      [&](const Tensor& x) { return pooled(ops::relu(x), ops::PoolKind::Max); }),
            "Unary{Relu}; Pool{Max axis=3/2p1,1 axis=3/2p1,1}");
  EXPECT_EQ(optimised({1, 6, 7, 2},
                      [&](const Tensor& x) {
                        const Tensor y = ops::conv2d(x, numbers({1, 1, 2, 2}));
                        return pooled(ops::clip_by_value(y, 0, 0.5f), ops::PoolKind::Max);
                      }),
            "Conv2d{height=1 width=1 activation=ClipByValue[0,0.5]}; "
            "Pool{Max axis=3/2p1,1 axis=3/2p1,1}");
  const std::string padded = "Pad{before=[0, 1, 1, 0] after=[0, 1, 1, 0] value=0}; ";
  EXPECT_EQ(optimised({1, 6, 7, 2},
                      [&](const Tensor& x) { return pooled(ops::tanh(x), ops::PoolKind::Max); }),
            "Unary{Tanh}; " + padded + "Pool{Max axis=3/2 axis=3/2}");
  EXPECT_EQ(
      optimised({1, 6, 7, 2},
                [&](const Tensor& x) { return pooled(ops::relu(x), ops::PoolKind::Average); }),
      "Unary{Relu}; " + padded + "Pool{Average axis=3/2 axis=3/2}");
}

TEST(Optimise, RemovesMovementsThatChangeNothing) {
  EXPECT_EQ(optimised({2, 3, 1},
                      [](const Tensor& x) {
                        Tensor y = ops::cast(ops::reshape(x, {2, 3, 1}), DType::Float32);
                        y = ops::pad(ops::tile(y, {1, 1, 1}), {0, 0, 0}, {0, 0, 0}, 7);
                        y = ops::slice(ops::concat({y}, 0), {0, 0, 0}, {-1, -1, -1});
                        return ops::exp(ops::transpose(y, {0, 1, 2}));
                      }),
            "Unary{Exp}");
}

TEST(Optimise, KeepsAReverse) {
  EXPECT_EQ(optimised({3}, [](const Tensor& x) { return ops::reverse(x, 0); }), "Slice");
}

TEST(Optimise, JoinsReshapesAndTransposes) {
  EXPECT_EQ(optimised({2, 3, 4},
                      [](const Tensor& x) {
                        const Tensor y = ops::reshape(ops::reshape(x, {24}), {4, 6});
                        return ops::exp(ops::reshape(y, {3, 8}));
                      }),
            "Reshape; Unary{Exp}");
  EXPECT_EQ(optimised({2, 3, 4},
                      [](const Tensor& x) {
                        const Tensor y = ops::transpose(x, {2, 0, 1});
                        return ops::exp(ops::transpose(y, {1, 2, 0}));
                      }),
            "Unary{Exp}");
  EXPECT_EQ(optimised({2, 3, 4},
                      [](const Tensor& x) {
                        return ops::transpose(ops::transpose(x, {2, 0, 1}), {2, 1, 0});
                      }),
            "Transpose{[1, 0, 2]}");
}

TEST(Optimise, MakesATransposeOfOnesAReshape) {
  EXPECT_EQ(optimised({2, 1, 4},
                      [](const Tensor& x) {
                        return ops::transpose(x, {1, 0, 2});
                      }),
            "Reshape");
}

TEST(Optimise, FusesThroughTheReshapesOfAOneDimensionalConvolution) {
  EXPECT_EQ(optimised({2, 6, 3},
                      [](const Tensor& x) {
                        Tensor y = ops::conv2d(ops::expand_dims(x, 1), numbers({1, 3, 3, 4}));
                        y = ops::add(ops::squeeze(y, 1), numbers({1, 1, 4}, 1));
                        return ops::relu(normalized(y, 2));
                      }),
            "Reshape; Conv2d{height=1 width=3 bias activation=Relu}; Reshape");
}

TEST(Optimise, DoesNotMoveChannelConstantsOverAReshapeOfTheChannels) {
  EXPECT_EQ(optimised({2, 6},
                      [](const Tensor& x) {
                        const Tensor y = ops::reshape(ops::matmul(x, numbers({6, 4})), {4, 2});
                        return normalized(y, 2);
                      }),
            "Matmul; Reshape; ScaleShift{axis=1}");
}

TEST(Optimise, JoinsClips) {
  EXPECT_EQ(optimised({9},
                      [](const Tensor& x) {
                        return ops::minimum(ops::maximum(x, Tensor::scalar(0)), Tensor::scalar(6));
                      }),
            "Unary{Relu6}");
  EXPECT_EQ(optimised({9},
                      [](const Tensor& x) {
                        const Tensor y = ops::maximum(Tensor::scalar(-0.5f), x);
                        return ops::clip_by_value(y, -2, 0.5f);
                      }),
            "Unary{ClipByValue[-0.5,0.5]}");
  EXPECT_EQ(optimised({9},
                      [](const Tensor& x) {
                        const Tensor y = ops::clip_by_value(x, 0.25f, 0.5f);
                        return ops::maximum(y, Tensor::scalar(2));
                      }),
            "Unary{ClipByValue[2,2]}");
}

TEST(Optimise, FusesAClipAsActivation) {
  EXPECT_EQ(optimised({2, 3},
                      [](const Tensor& x) {
                        const Tensor y = ops::matmul(x, numbers({3, 3}));
                        return ops::minimum(ops::relu(y), Tensor::scalar(0.5f));
                      }),
            "Matmul{activation=ClipByValue[0,0.5]}");
}

TEST(Optimise, LeavesOtherDtypesAlone) {
  const Program before = trace({{DType::Int32, {3}}}, [](const std::vector<Tensor>& in) {
    const Tensor y = ops::add(in[0], Tensor::scalar_int(2));
    return std::vector<Tensor>{
        ops::maximum(ops::mul(y, Tensor::scalar_int(3)), Tensor::scalar_int(0))};
  });
  EXPECT_EQ(step_list(optimise(before)), "Binary{Add}; Binary{Mul}; Binary{Maximum}");
}

TEST(Optimise, HandlesAnInputThatIsTheOutput) {
  EXPECT_EQ(optimised({3}, [](const Tensor& x) { return ops::reshape(x, {3}); }), "");
}

}  // namespace
}  // namespace tfjs::program
