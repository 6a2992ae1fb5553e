// Compiled by Emscripten 3.1.6 these tests hang or trap, for a reason not found yet; natively they
// pass. Shapes, masks and values of the layers that move, mask or look up.
#include "tfjs/layers/up_sampling.h"
#include "tfjs/layers/cropping.h"
#include "tfjs/layers/dropout.h"
#include "tfjs/layers/embedding.h"
#include "tfjs/layers/flatten.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/masking.h"
#include "tfjs/layers/noise.h"
#include "tfjs/layers/permute.h"
#include "tfjs/layers/repeat_vector.h"
#include "tfjs/layers/reshape.h"
#include "tfjs/layers/zero_padding.h"

namespace tfjs::layers {
namespace {

using testing::counting;
using testing::error_of;
using testing::output_shape;
using testing::run;
using testing::values;

TEST(UpSamplingNativelyAsWasmHangs, RepeatsCells) {
  EXPECT_EQ(values(run(up_sampling1d(), {counting({1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1}));
  EXPECT_EQ(values(run(up_sampling2d({.size = {1, 2}}), {counting({1, 1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1}));
  EXPECT_EQ(values(run(up_sampling3d(), {counting({1, 1, 1, 2, 1})}).outputs[0]),
            (std::vector<float>{0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1}));
  EXPECT_EQ(output_shape(up_sampling2d({.size = {2, 3}, .data_format = "channels_first"}),
                         {kUnknown, 5, 1, kUnknown}),
            (Shape{kUnknown, 5, 2, kUnknown}));
}

TEST(UpSamplingNativelyAsWasmHangs, RefusesSizesBeyond64Bits) {
  LayerPtr layer = up_sampling2d({.size = {INT64_MAX}});
  error_of(ErrorCode::InvalidArgument, [&] { output_shape(layer, {1, 2, 2, 1}); });
}

}  // namespace
}  // namespace tfjs::layers
