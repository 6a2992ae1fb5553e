// Every config that TensorFlow.js 4.22.0 wrote for a single layer of the model zoo is read and
// written back unchanged, and the factories' defaults are TensorFlow.js's.
#include <gtest/gtest.h>

#include "tfjs/layers/batch_normalization.h"
#include "tfjs/layers/concatenate.h"
#include "tfjs/layers/conv.h"
#include "tfjs/layers/depthwise_conv2d.h"
#include "tfjs/layers/embedding.h"
#include "tfjs/layers/flatten.h"
#include "tfjs/layers/layer_normalization.h"
#include "tfjs/layers/layer_testing.h"
#include "tfjs/layers/merge.h"
#include "tfjs/layers/pooling.h"
#include "tfjs/layers/prelu.h"
#include "tfjs/layers/reshape.h"
#include "tfjs/layers/separable_conv2d.h"
#include "tfjs/layers/softmax.h"
#include "tfjs/layers/up_sampling.h"
#include "tfjs/layers/zero_padding.h"

namespace tfjs::layers {
namespace {

using testing::read_layer;
using testing::written;

struct Written {
  const char* class_name;
  const char* config;  ///< @GN, @GU, @Z, @O stand for the initializers below
};

constexpr Written kWritten[] =
    {
        // clang-format off
    {"Add",
     R"({"name":"add_Add1","trainable":true})"},
    {"AlphaDropout",
     R"({"rate":0.1,"name":"alpha_dropout_AlphaDropout1","trainable":true,"batch_input_shape":[null,3],"dtype":"float32"})"},
    {"Average",
     R"({"name":"average_Average1","trainable":true})"},
    {"AveragePooling1D",
     R"({"pool_size":[3],"padding":"same","strides":[2],"name":"average_pooling1d_AveragePooling1D1","trainable":true,"batch_input_shape":[null,8,2],"dtype":"float32"})"},
    {"AveragePooling2D",
     R"({"pool_size":[2,2],"padding":"valid","strides":[2,2],"data_format":"channels_last","name":"average_pooling2d_AveragePooling2D1","trainable":true})"},
    {"AveragePooling3D",
     R"({"pool_size":[2,2,2],"padding":"valid","strides":[2,2,2],"data_format":"channels_last","name":"average_pooling3d_AveragePooling3D1","trainable":true,"batch_input_shape":[null,4,4,3,2],"dtype":"float32"})"},
    {"BatchNormalization",
     R"({"axis":-1,"momentum":0.99,"epsilon":0.001,"center":true,"scale":true,"beta_initializer":@Z,"gamma_initializer":@O,"moving_mean_initializer":@Z,"moving_variance_initializer":@O,"beta_regularizer":null,"gamma_regularizer":null,"beta_constraint":null,"gamma_constraint":null,"name":"batch_normalization_BatchNormalization1","trainable":true})"},
    {"CategoryEncoding",
     R"({"num_tokens":5,"output_mode":"count","name":"category_encoding_CategoryEncoding1","trainable":true})"},
    {"CenterCrop",
     R"({"height":6,"width":5,"name":"center_crop_CenterCrop1","trainable":true})"},
    {"Concatenate",
     R"({"axis":1,"name":"concatenate_Concatenate1","trainable":true})"},
    {"Conv1D",
     R"({"filters":2,"kernel_initializer":@GN,"kernel_regularizer":null,"kernel_constraint":null,"kernel_size":[3],"strides":[1],"padding":"same","dilation_rate":[1],"activation":"linear","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"conv1d_Conv1D1","trainable":true,"batch_input_shape":[null,7,2],"dtype":"float32"})"},
    {"Conv2D",
     R"({"filters":2,"kernel_initializer":@GN,"kernel_regularizer":null,"kernel_constraint":null,"kernel_size":[3,3],"strides":[1,1],"padding":"same","data_format":"channels_last","dilation_rate":[1,1],"activation":"elu","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"conv2d_Conv2D1","trainable":true})"},
    {"Conv2DTranspose",
     R"({"filters":1,"kernel_initializer":@GN,"kernel_regularizer":null,"kernel_constraint":null,"kernel_size":[4,4],"strides":[2,2],"padding":"same","data_format":"channels_last","activation":"tanh","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"conv2d_transpose_Conv2DTranspose1","trainable":true,"batch_input_shape":[null,3,4,2],"dtype":"float32"})"},
    {"Conv3D",
     R"({"filters":2,"kernel_initializer":@GN,"kernel_regularizer":null,"kernel_constraint":null,"kernel_size":[2,2,2],"strides":[1,1,1],"padding":"valid","data_format":"channels_first","dilation_rate":[1,1,1],"activation":"tanh","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"conv3d_Conv3D1","trainable":true,"batch_input_shape":[null,2,3,3,3],"dtype":"float32"})"},
    {"Conv3DTranspose",
     R"({"filters":1,"kernel_initializer":@GN,"kernel_regularizer":null,"kernel_constraint":null,"kernel_size":[3,3,3],"strides":[2,2,2],"padding":"same","data_format":"channels_last","activation":"relu","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"conv3d_transpose_Conv3DTranspose1","trainable":true,"batch_input_shape":[null,2,2,3,2],"dtype":"float32"})"},
    {"Cropping2D",
     R"({"cropping":[[1,1],[1,1]],"data_format":"channels_last","name":"cropping2d_Cropping2D1","trainable":true})"},
    {"DepthwiseConv2D",
     R"({"kernel_size":[3,3],"strides":[1,1],"padding":"same","data_format":"channels_last","dilation_rate":[1,1],"activation":"linear","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"depthwise_conv2d_DepthwiseConv2D1","trainable":true,"batch_input_shape":[null,4,4,2],"dtype":"float32","depth_multiplier":2,"depthwise_initializer":@GN,"depthwise_regularizer":null,"depthwise_constraint":null})"},
    {"Dot",
     R"({"axes":1,"normalize":false,"name":"dot_Dot1","trainable":true})"},
    {"Dropout",
     R"({"rate":0.5,"noise_shape":null,"seed":null,"name":"dropout_Dropout1","trainable":true,"batch_input_shape":[null,6],"dtype":"float32"})"},
    {"ELU",
     R"({"alpha":1,"name":"elu_ELU1","trainable":true,"batch_input_shape":[null,2,2,3],"dtype":"float32"})"},
    {"Embedding",
     R"({"input_dim":5,"output_dim":3,"embeddings_initializer":{"class_name":"RandomUniform","config":{"minval":-0.05,"maxval":0.05,"seed":null}},"embeddings_regularizer":null,"activity_regularizer":null,"embeddings_constraint":null,"mask_zero":true,"input_length":4,"name":"embedding_Embedding1","trainable":true,"batch_input_shape":[null,4],"dtype":"float32"})"},
    {"Flatten",
     R"({"name":"flatten_Flatten1","trainable":true})"},
    {"GaussianDropout",
     R"({"rate":0.9,"name":"gaussian_dropout_GaussianDropout1","trainable":true,"batch_input_shape":[null,3,2],"dtype":"float32"})"},
    {"GaussianNoise",
     R"({"stddev":1,"name":"gaussian_noise_GaussianNoise1","trainable":true,"batch_input_shape":[null,3,2],"dtype":"float32"})"},
    {"GlobalAveragePooling1D",
     R"({"name":"global_average_pooling1d_GlobalAveragePooling1D1","trainable":true})"},
    {"GlobalAveragePooling2D",
     R"({"data_format":"channels_last","name":"global_average_pooling2d_GlobalAveragePooling2D1","trainable":true})"},
    {"GlobalMaxPooling1D",
     R"({"name":"global_max_pooling1d_GlobalMaxPooling1D1","trainable":true,"batch_input_shape":[null,1,2],"dtype":"float32"})"},
    {"GlobalMaxPooling2D",
     R"({"data_format":"channels_last","name":"global_max_pooling2d_GlobalMaxPooling2D1","trainable":true})"},
    {"LayerNormalization",
     R"({"axis":[2],"epsilon":0.001,"center":true,"scale":true,"beta_initializer":@Z,"gamma_initializer":@O,"beta_regularizer":null,"gamma_regularizer":null,"name":"layer_normalization_LayerNormalization1","trainable":true})"},
    {"LeakyReLU",
     R"({"alpha":0.3,"name":"leaky_re_lu_LeakyReLU1","trainable":true,"batch_input_shape":[null,5],"dtype":"float32"})"},
    {"Masking",
     R"({"mask_value":0,"name":"masking_Masking1","trainable":true,"batch_input_shape":[null,5,2],"dtype":"float32"})"},
    {"MaxPooling1D",
     R"({"pool_size":[2],"padding":"valid","strides":[2],"name":"max_pooling1d_MaxPooling1D1","trainable":true,"batch_input_shape":[null,7,2],"dtype":"float32"})"},
    {"MaxPooling2D",
     R"({"pool_size":[3,3],"padding":"same","strides":[1,1],"data_format":"channels_last","name":"max_pooling2d_MaxPooling2D1","trainable":true})"},
    {"MaxPooling3D",
     R"({"pool_size":[2,2,2],"padding":"valid","strides":[2,2,2],"data_format":"channels_last","name":"max_pooling3d_MaxPooling3D1","trainable":true,"batch_input_shape":[null,4,4,3,2],"dtype":"float32"})"},
    {"Maximum",
     R"({"name":"maximum_Maximum1","trainable":true})"},
    {"Minimum",
     R"({"name":"minimum_Minimum1","trainable":true})"},
    {"Multiply",
     R"({"name":"multiply_Multiply1","trainable":true})"},
    {"PReLU",
     R"({"alpha_initializer":@Z,"alpha_regularizer":null,"alpha_constraint":null,"shared_axes":null,"name":"p_re_lu_PReLU1","trainable":true})"},
    {"Permute",
     R"({"dims":[2,1],"name":"permute_Permute1","trainable":true})"},
    {"RandomWidth",
     R"({"factor":[0,0],"interpolation":"bilinear","seed":4,"name":"random_width_RandomWidth1","trainable":true})"},
    {"ReLU",
     R"({"max_value":null,"name":"re_lu_ReLU1","trainable":true})"},
    {"RepeatVector",
     R"({"n":3,"name":"repeat_vector_RepeatVector1","trainable":true})"},
    {"Rescaling",
     R"({"scale":0.1,"offset":0.5,"name":"rescaling_Rescaling1","trainable":true})"},
    {"Reshape",
     R"({"target_shape":[2,6],"name":"reshape_Reshape1","trainable":true})"},
    {"Resizing",
     R"({"height":3,"width":7,"interpolation":"nearest","crop_to_aspect_ratio":true,"name":"resizing_Resizing1","trainable":true})"},
    {"SeparableConv2D",
     R"({"filters":3,"kernel_size":[3,3],"strides":[1,1],"padding":"valid","data_format":"channels_last","dilation_rate":[1,1],"activation":"linear","use_bias":true,"bias_initializer":@Z,"bias_regularizer":null,"activity_regularizer":null,"bias_constraint":null,"name":"separable_conv2d_SeparableConv2D1","trainable":true,"batch_input_shape":[null,5,6,2],"dtype":"float32","depthwise_initializer":@GU,"pointwise_initializer":@GU,"depthwise_regularizer":null,"pointwise_regularizer":null,"depthwise_constraint":null,"pointwise_constraint":null})"},
    {"Softmax",
     R"({"axis":1,"name":"softmax_Softmax1","trainable":true,"batch_input_shape":[null,6],"dtype":"float32"})"},
    {"SpatialDropout1D",
     R"({"rate":0.2,"noise_shape":null,"seed":2,"name":"spatial_dropout1d_SpatialDropout1D1","trainable":true,"batch_input_shape":[null,5,2],"dtype":"float32"})"},
    {"ThresholdedReLU",
     R"({"theta":0.5,"name":"thresholded_re_lu_ThresholdedReLU1","trainable":true,"batch_input_shape":[null,3,4],"dtype":"float32"})"},
    {"UpSampling2D",
     R"({"size":[2,2],"data_format":"channels_last","interpolation":"nearest","name":"up_sampling2d_UpSampling2D1","trainable":true})"},
    {"ZeroPadding2D",
     R"({"padding":[[1,1],[1,1]],"data_format":"channels_last","name":"zero_padding2d_ZeroPadding2D1","trainable":true})"},
        // clang-format on
};

std::string expanded(std::string text) {
  const std::pair<const char*, const char*> kShort[] = {
      {"@GN",
       R"({"class_name":"VarianceScaling","config":{"scale":1,"mode":"fan_avg","distribution":"normal","seed":null}})"},
      {"@GU",
       R"({"class_name":"VarianceScaling","config":{"scale":1,"mode":"fan_avg","distribution":"uniform","seed":null}})"},
      {"@Z", R"({"class_name":"Zeros","config":{}})"},
      {"@O", R"({"class_name":"Ones","config":{}})"}};
  for (const auto& [from, to] : kShort) {
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos;) {
      text.replace(at, std::string_view(from).size(), to);
    }
  }
  return text;
}

class LayerConfig : public ::testing::TestWithParam<Written> {};

TEST_P(LayerConfig, IsWrittenAsItWasRead) {
  std::string config = expanded(GetParam().config);
  EXPECT_EQ(written(read_layer(GetParam().class_name, config)), config);
}

std::string case_name(const ::testing::TestParamInfo<Written>& info) {
  return info.param.class_name;
}
INSTANTIATE_TEST_SUITE_P(Zoo, LayerConfig, ::testing::ValuesIn(kWritten), case_name);

/// What the table has for a class, under the name `name`.
std::string stock(const std::string& class_name) {
  for (const Written& row : kWritten) {
    if (class_name == row.class_name) return expanded(row.config);
  }
  return "";
}

TEST(LayerFactory, HasTheDefaultsOfTensorFlowJs) {
  EXPECT_EQ(written(conv2d({.filters = 2,
                            .kernel_size = {3},
                            .padding = "same",
                            .activation = "elu",
                            .name = "conv2d_Conv2D1"})),
            stock("Conv2D"));
  EXPECT_EQ(written(depthwise_conv2d({.kernel_size = {3},
                                      .padding = "same",
                                      .depth_multiplier = 2,
                                      .name = "depthwise_conv2d_DepthwiseConv2D1",
                                      .input_shape = {{4, 4, 2}}})),
            stock("DepthwiseConv2D"));
  EXPECT_EQ(written(separable_conv2d({.filters = 3,
                                      .kernel_size = {3},
                                      .name = "separable_conv2d_SeparableConv2D1",
                                      .input_shape = {{5, 6, 2}}})),
            stock("SeparableConv2D"));
  EXPECT_EQ(written(batch_normalization({.name = "batch_normalization_BatchNormalization1"})),
            stock("BatchNormalization"));
  EXPECT_EQ(written(prelu({.name = "p_re_lu_PReLU1"})), stock("PReLU"));
  EXPECT_EQ(written(average_pooling2d({.name = "average_pooling2d_AveragePooling2D1"})),
            stock("AveragePooling2D"));
  EXPECT_EQ(written(up_sampling2d({.name = "up_sampling2d_UpSampling2D1"})), stock("UpSampling2D"));
  EXPECT_EQ(written(zero_padding2d({.name = "zero_padding2d_ZeroPadding2D1"})),
            stock("ZeroPadding2D"));
  EXPECT_EQ(written(softmax({.name = "softmax_Softmax1", .input_shape = {{6}}})), stock("Softmax"));
  EXPECT_EQ(written(flatten({.name = "flatten_Flatten1"})), stock("Flatten"));
  EXPECT_EQ(written(add({.name = "add_Add1"})), stock("Add"));
}

TEST(LayerFactory, NamesLayersLikeTensorFlowJs) {
  EXPECT_TRUE(conv2d({.filters = 1, .kernel_size = {1}})->name().starts_with("conv2d_Conv2D"));
  EXPECT_TRUE(prelu()->name().starts_with("p_re_lu_PReLU"));
  EXPECT_TRUE(up_sampling2d()->name().starts_with("up_sampling2d_UpSampling2D"));
}

TEST(Embedding, WritesNoDtypeUnlessItCameFromAFile) {
  std::string without_dtype = stock("Embedding");
  without_dtype.resize(without_dtype.rfind(",\"dtype\""));
  EXPECT_EQ(written(embedding({.input_dim = 5,
                               .output_dim = 3,
                               .mask_zero = true,
                               .input_length = {4},
                               .name = "embedding_Embedding1"})),
            without_dtype + "}");
}

TEST(LayerNormalization, WritesTheAxesItWasBuiltWith) {
  LayerPtr layer = layer_normalization({.name = "layer_normalization_LayerNormalization1"});
  EXPECT_NE(written(layer).find(R"("axis":-1)"), std::string::npos);
  layer->ensure_built({Shape{kUnknown, 3, 4}});
  EXPECT_EQ(written(layer), stock("LayerNormalization"));
}

TEST(Reshape, WritesAnUnknownEntryAsNull) {
  EXPECT_NE(written(reshape({.target_shape = {3, -1}})).find(R"("target_shape":[3,null])"),
            std::string::npos);
  EXPECT_NE(
      written(read_layer("Reshape", R"({"target_shape":[null,2],"name":"r"})")).find("[null,2]"),
      std::string::npos);
}

TEST(LayerConfigOfKeras, KeepsWhatStockDoesNotKnow) {
  const char* text =
      R"({"max_value":6,"negative_slope":0.1,"threshold":0.5,"name":"r","trainable":true})";
  EXPECT_EQ(written(read_layer("ReLU", text)), text);
  const char* axis = R"("axis":[3])";
  EXPECT_NE(written(read_layer("BatchNormalization", R"({"axis":[3],"name":"b"})")).find(axis),
            std::string::npos);
}

TEST(LayerConfigOfKeras, ReadsOneNumberForAllAxes) {
  EXPECT_NE(
      written(read_layer("ZeroPadding2D", R"({"padding":2,"name":"z"})")).find("[[2,2],[2,2]]"),
      std::string::npos);
  EXPECT_NE(
      written(read_layer("ZeroPadding2D", R"({"padding":[1,3],"name":"z"})")).find("[[1,1],[3,3]]"),
      std::string::npos);
  EXPECT_NE(written(read_layer("MaxPooling2D", R"({"pool_size":3,"name":"m"})"))
                .find(R"("strides":[3,3])"),
            std::string::npos);
}

TEST(LayerConfigOfKeras, ReadsTuplesAsLists) {
  const char* text =
      R"({"padding":{"class_name":"__tuple__","items":[{"class_name":"__tuple__","items":[1,2]},[3,4]]},"name":"z"})";
  EXPECT_NE(written(read_layer("ZeroPadding2D", text)).find("[[1,2],[3,4]]"), std::string::npos);
  const char* pool = R"({"pool_size":{"class_name":"__tuple__","items":[3,2]},"name":"p"})";
  EXPECT_NE(written(read_layer("MaxPooling2D", pool)).find(R"("pool_size":[3,2])"),
            std::string::npos);
}

TEST(LayerConfig, TakesTheInputShapeInTheWordsOfLayerOptions) {
  EXPECT_EQ(
      read_layer("Dense", R"({"units":2,"name":"d","input_shape":[3,4]})")->batch_input_shape(),
      (Shape{kUnknown, 3, 4}));
  EXPECT_EQ(read_layer("Dense", R"({"units":2,"name":"d","inputShape":[3],"batchSize":5})")
                ->batch_input_shape(),
            (Shape{5, 3}));
  EXPECT_EQ(read_layer("Dense", R"({"units":2,"name":"d","input_dim":7})")->batch_input_shape(),
            (Shape{kUnknown, 7}));
}

TEST(LayerConfigOfKeras, ReadsTheOtherNameOfAlpha) {
  EXPECT_NE(written(read_layer("LeakyReLU", R"({"negative_slope":0.2,"name":"l"})"))
                .find(R"("alpha":0.2)"),
            std::string::npos);
}

TEST(LayerConfigOfKeras, KeepsTheConfigOfAugmentation) {
  const char* text = R"({"mode":"horizontal","seed":3,"name":"f","trainable":true})";
  EXPECT_EQ(written(read_layer("RandomFlip", text)), text);
}

struct Refused {
  const char* class_name;
  const char* config;
  ErrorCode code;
  const char* says;
};

class RefusedConfig : public ::testing::TestWithParam<Refused> {};

TEST_P(RefusedConfig, NamesLayerAndCause) {
  const Refused& at = GetParam();
  std::string message = testing::error_of(at.code, [&] { read_layer(at.class_name, at.config); });
  EXPECT_NE(message.find("'x'"), std::string::npos) << message;
  EXPECT_NE(message.find(at.says), std::string::npos) << message;
}

INSTANTIATE_TEST_SUITE_P(
    Layers, RefusedConfig,
    ::testing::Values(
        Refused{"Dense", R"({"units":2.5,"name":"x"})", ErrorCode::CorruptData, "units"},
        Refused{"Dense", R"({"units":0,"name":"x"})", ErrorCode::InvalidArgument, "units"},
        Refused{"Dense", R"({"name":"x"})", ErrorCode::CorruptData, "units"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":[3,3],"padding":"circular","name":"x"})",
                ErrorCode::InvalidArgument, "'circular'"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":[3,3],"padding":"causal","name":"x"})",
                ErrorCode::InvalidArgument, "'causal'"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":[3],"name":"x"})", ErrorCode::CorruptData,
                "kernel_size"},
        Refused{"Conv2D", R"({"filters":1,"name":"x"})", ErrorCode::InvalidArgument, "kernel_size"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":[3,-3],"name":"x"})",
                ErrorCode::InvalidArgument, "kernel_size"},
        Refused{"Conv2D",
                R"({"filters":1,"kernel_size":3,"strides":2,"dilation_rate":2,"name":"x"})",
                ErrorCode::InvalidArgument, "dilation_rate"},
        Refused{"Conv2D", R"({"filters":3,"kernel_size":3,"groups":2,"name":"x"})",
                ErrorCode::InvalidArgument, "groups"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":3,"activation":"relou","name":"x"})",
                ErrorCode::NotFound, "'relu'"},
        Refused{"Conv2D", R"({"filters":1,"kernel_size":3,"data_format":"nchw","name":"x"})",
                ErrorCode::InvalidArgument, "'nchw'"},
        Refused{"Conv2DTranspose",
                R"({"filters":1,"kernel_size":3,"output_padding":[1,1],"name":"x"})",
                ErrorCode::Unsupported, "output_padding"},
        Refused{"Conv2DTranspose",
                R"({"filters":1,"kernel_size":3,"dilation_rate":[2,2],"name":"x"})",
                ErrorCode::Unsupported, "dilation_rate"},
        Refused{"MaxPooling2D", R"({"pool_size":[2,0],"name":"x"})", ErrorCode::InvalidArgument,
                "pool_size"},
        Refused{"Permute", R"({"dims":[1,3],"name":"x"})", ErrorCode::InvalidArgument, "dims"},
        Refused{"Reshape", R"({"target_shape":[null,-1],"name":"x"})", ErrorCode::InvalidArgument,
                "target_shape"},
        Refused{"Cropping2D", R"({"cropping":[[1,1]],"name":"x"})", ErrorCode::CorruptData,
                "cropping"},
        Refused{"Cropping2D", R"({"cropping":[[1,-1],[0,0]],"name":"x"})",
                ErrorCode::InvalidArgument, "cropping"},
        Refused{"Embedding", R"({"input_dim":0,"output_dim":2,"name":"x"})",
                ErrorCode::InvalidArgument, "input_dim"},
        Refused{"LayerNormalization", R"({"axis":-1,"rms_scaling":true,"name":"x"})",
                ErrorCode::Unsupported, "rms_scaling"},
        Refused{"BatchNormalization", R"({"axis":"last","name":"x"})", ErrorCode::CorruptData,
                "axis"},
        Refused{"UpSampling2D", R"({"size":2,"interpolation":"bicubic","name":"x"})",
                ErrorCode::InvalidArgument, "'bicubic'"},
        Refused{"Resizing", R"({"height":2,"width":2,"pad_to_aspect_ratio":true,"name":"x"})",
                ErrorCode::Unsupported, "pad_to_aspect_ratio"},
        Refused{"CategoryEncoding", R"({"num_tokens":3,"output_mode":"tf_idf","name":"x"})",
                ErrorCode::InvalidArgument, "'tf_idf'"},
        Refused{"RandomWidth", R"({"factor":[0.5,0.1],"name":"x"})", ErrorCode::InvalidArgument,
                "factor"},
        Refused{"ReLU", R"({"max_value":-1,"name":"x"})", ErrorCode::InvalidArgument, "max_value"}),
    [](const auto& info) { return cat(info.param.class_name, info.index); });

}  // namespace
}  // namespace tfjs::layers
