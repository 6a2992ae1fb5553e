// The convolutional LSTM over sequences of images, and its cell.
#pragma once

#include "tfjs/layers/rnn.h"

namespace tfjs::layers {

/// Options of the layer and its cell.
#define TFJS_CONV_LSTM2D_CELL_OPTIONS                               \
  std::int64_t filters = 0;                                         \
  std::vector<std::int64_t> kernel_size = {};                       \
  std::vector<std::int64_t> strides = {1, 1};                       \
  ::tfjs::shape::Padding padding = ::tfjs::shape::Padding::Valid;   \
  std::string data_format = "channels_last";                        \
  std::vector<std::int64_t> dilation_rate = {1, 1};                 \
  ::tfjs::layers::Activation activation = "tanh";                   \
  ::tfjs::layers::Activation recurrent_activation = "hard_sigmoid"; \
  bool use_bias = true;                                             \
  ::tfjs::layers::Initializer kernel_initializer = "glorotNormal";  \
  ::tfjs::layers::Initializer recurrent_initializer = "orthogonal"; \
  ::tfjs::layers::Initializer bias_initializer = "zeros";           \
  std::optional<bool> unit_forget_bias = {};                        \
  ::tfjs::layers::Regularizer kernel_regularizer = {};              \
  ::tfjs::layers::Regularizer recurrent_regularizer = {};           \
  ::tfjs::layers::Regularizer bias_regularizer = {};                \
  ::tfjs::layers::Regularizer activity_regularizer = {};            \
  ::tfjs::layers::Constraint kernel_constraint = {};                \
  ::tfjs::layers::Constraint recurrent_constraint = {};             \
  ::tfjs::layers::Constraint bias_constraint = {};                  \
  double dropout = 0;                                               \
  double recurrent_dropout = 0;                                     \
  std::optional<std::int64_t> implementation = {};

struct ConvLSTM2DCellOptions {
  TFJS_CONV_LSTM2D_CELL_OPTIONS
  TFJS_LAYER_OPTIONS
};

struct ConvLSTM2DOptions {
  TFJS_CONV_LSTM2D_CELL_OPTIONS
  TFJS_RNN_OPTIONS
  TFJS_LAYER_OPTIONS
};

/// An LSTM whose products are convolutions: the input's with strides, padding and dilation as
/// given, the state's with stride 1 and padding "same".
///
/// Shapes    step x  [batch, height, width, channels]; states and result [batch, height', width',
/// filters] Weights   kernel [kh, kw, channels, 4*filters], recurrent_kernel [kh, kw, filters,
/// 4*filters], bias [4*filters]
///           in the order i, f, g, o
/// Errors    InvalidArgument: filters below 1, sizes below 1.
LayerPtr conv_lstm2d_cell(ConvLSTM2DCellOptions options);

/// The cell over [batch, time, height, width, channels] (channels before height with data_format
/// "channels_first"): see RnnLayer for states and masks.
LayerPtr conv_lstm2d(ConvLSTM2DOptions options);

}  // namespace tfjs::layers
