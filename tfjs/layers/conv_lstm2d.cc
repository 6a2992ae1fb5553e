#include "tfjs/layers/conv_lstm2d.h"

#include "tfjs/base/error.h"
#include "tfjs/ops/binary.h"
#include "tfjs/ops/conv2d.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

struct ConvLSTM2DSettings {
  TFJS_CONV_LSTM2D_CELL_OPTIONS
};

template <class Options>
ConvLSTM2DSettings conv_lstm2d_settings(const Options& o) {
  return {o.filters,
          o.kernel_size,
          o.strides,
          o.padding,
          o.data_format,
          o.dilation_rate,
          o.activation,
          o.recurrent_activation,
          o.use_bias,
          o.kernel_initializer,
          o.recurrent_initializer,
          o.bias_initializer,
          o.unit_forget_bias,
          o.kernel_regularizer,
          o.recurrent_regularizer,
          o.bias_regularizer,
          o.activity_regularizer,
          o.kernel_constraint,
          o.recurrent_constraint,
          o.bias_constraint,
          o.dropout,
          o.recurrent_dropout,
          o.implementation};
}

class ConvLSTM2DCell : public RnnCell {
 public:
  ConvLSTM2DCell() = default;
  ConvLSTM2DCell(const BaseOptions& base, ConvLSTM2DSettings settings)
      : RnnCell(base), s_(std::move(settings)) {}

  std::string class_name() const override { return "ConvLSTM2DCell"; }

  void describe_cell(Config& c) override {
    c("activation", s_.activation);
    c("recurrent_activation", s_.recurrent_activation);
    c("use_bias", s_.use_bias);
    c("kernel_initializer", s_.kernel_initializer);
    c("recurrent_initializer", s_.recurrent_initializer);
    c("bias_initializer", s_.bias_initializer);
    c("unit_forget_bias", s_.unit_forget_bias);
    c("kernel_regularizer", s_.kernel_regularizer);
    c("recurrent_regularizer", s_.recurrent_regularizer);
    c("bias_regularizer", s_.bias_regularizer);
    c("activity_regularizer", s_.activity_regularizer);
    c("kernel_constraint", s_.kernel_constraint);
    c("recurrent_constraint", s_.recurrent_constraint);
    c("bias_constraint", s_.bias_constraint);
    c("dropout", s_.dropout);
    c("recurrent_dropout", s_.recurrent_dropout);
    c("implementation", s_.implementation);
    c.positive("filters", s_.filters);
    c.sizes("kernel_size", s_.kernel_size, 2);
    c("padding", s_.padding);
    c.choice("data_format", s_.data_format, {"channels_last", "channels_first"});
    c.sizes("dilation_rate", s_.dilation_rate, 2);
    c.sizes("strides", s_.strides, 2);
  }

  void validate() override {
    if (s_.filters < 1)
      throw invalid_argument("conv_lstm2d ", quoted(name_), ": filters must be at least 1, got ",
                             s_.filters);
    if (s_.kernel_size.size() == 1) s_.kernel_size.push_back(s_.kernel_size[0]);
    if (s_.kernel_size.size() != 2) {
      throw invalid_argument("conv_lstm2d ", quoted(name_),
                             ": kernel_size must be two integers, got ", s_.kernel_size);
    }
  }

  void build(const std::vector<Shape>& inputs) override {
    const std::int64_t channels = checked(inputs.at(0)).dim(channel_axis());
    if (channels == kUnknown) {
      throw invalid_argument("conv_lstm2d ", quoted(name_),
                             ": the channel axis must be known, got steps of shape ", inputs[0]);
    }
    const std::int64_t columns = 4 * s_.filters;
    const Shape window = {s_.kernel_size[0], s_.kernel_size[1]};
    kernel_ = add_weight("kernel", concat(window, Shape{channels, columns}), s_.kernel_initializer,
                         s_.kernel_regularizer, s_.kernel_constraint);
    recurrent_kernel_ =
        add_weight("recurrent_kernel", concat(window, Shape{s_.filters, columns}),
                   s_.recurrent_initializer, s_.recurrent_regularizer, s_.recurrent_constraint);
    if (!s_.use_bias) return;
    bias_ =
        add_weight("bias", {columns}, s_.bias_initializer, s_.bias_regularizer, s_.bias_constraint);
    if (!s_.unit_forget_bias.value_or(false)) return;
    const Tensor start = bias_->value();
    bias_->assign(ops::concat(
        {gate(start, 0), Tensor::full({s_.filters}, 1), gate(start, 2), gate(start, 3)}, 0));
  }

  std::vector<Shape> state_shapes(const Shape& step_input) const override {
    const Shape& x = checked(step_input);
    const int first = channels_first() ? 2 : 1;
    const std::int64_t height = axis(x.dim(first), 0).output;
    const std::int64_t width = axis(x.dim(first + 1), 1).output;
    const Shape state = channels_first() ? Shape{x[0], s_.filters, height, width}
                                         : Shape{x[0], height, width, s_.filters};
    return {state, state};
  }

  std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) override {
    const Tensor input =
        ops::conv2d(to_last(x), kernel_->value(),
                    {.strides = s_.strides, .padding = s_.padding, .dilations = s_.dilation_rate});
    const Tensor h_last = to_last(states[0]);
    const Tensor recurrent =
        ops::conv2d(h_last, recurrent_kernel_->value(), {.padding = shape::Padding::Same});
    Tensor sums = ops::add(input, recurrent);
    if (bias_ != nullptr) sums = ops::add(sums, bias_->value());
    const Tensor i = s_.recurrent_activation.apply(gate(sums, 0));
    const Tensor f = s_.recurrent_activation.apply(gate(sums, 1));
    const Tensor g = s_.activation.apply(gate(sums, 2));
    const Tensor o = s_.recurrent_activation.apply(gate(sums, 3));
    const Tensor c = ops::add(ops::mul(f, to_last(states[1])), ops::mul(i, g));
    const Tensor h = from_last(ops::mul(o, s_.activation.apply(c)));
    return {h, h, from_last(c)};
  }

 private:
  bool channels_first() const { return s_.data_format == "channels_first"; }
  int channel_axis() const { return channels_first() ? 1 : 3; }

  const Shape& checked(const Shape& step) const {
    if (step.rank() != 4) {
      throw invalid_argument("conv_lstm2d ", quoted(name_),
                             ": expected steps of rank 4 (images), got ", step);
    }
    return step;
  }

  shape::ConvAxis axis(std::int64_t input, std::size_t i) const {
    return shape::conv_axis(input, s_.kernel_size[i], s_.strides[i], s_.dilation_rate[i],
                            s_.padding, cat("conv_lstm2d ", quoted(name_)).c_str());
  }

  Tensor gate(const Tensor& columns, std::int64_t gate) const {
    return ops::slice_axis(columns, -1, gate * s_.filters, (gate + 1) * s_.filters);
  }

  Tensor to_last(const Tensor& x) const {
    return channels_first() ? ops::transpose(x, {0, 2, 3, 1}) : x;
  }
  Tensor from_last(const Tensor& x) const {
    return channels_first() ? ops::transpose(x, {0, 3, 1, 2}) : x;
  }

  ConvLSTM2DSettings s_;
  VariablePtr kernel_;
  VariablePtr recurrent_kernel_;
  VariablePtr bias_;
};

class ConvLSTM2D : public RnnLayer {
 public:
  ConvLSTM2D() : RnnLayer({}, std::make_shared<ConvLSTM2DCell>(), {}) {}
  using RnnLayer::RnnLayer;
  std::string class_name() const override { return "ConvLSTM2D"; }
};

}  // namespace

LayerPtr conv_lstm2d_cell(ConvLSTM2DCellOptions options) {
  return finish(
      std::make_shared<ConvLSTM2DCell>(options.base_options(), conv_lstm2d_settings(options)));
}
LayerPtr make_ConvLSTM2DCell() {
  return std::make_shared<ConvLSTM2DCell>();
}

LayerPtr conv_lstm2d(ConvLSTM2DOptions options) {
  auto cell = std::make_shared<ConvLSTM2DCell>(BaseOptions(), conv_lstm2d_settings(options));
  return finish(
      std::make_shared<ConvLSTM2D>(options.base_options(), std::move(cell), options.rnn_flags()));
}
LayerPtr make_ConvLSTM2D() {
  return std::make_shared<ConvLSTM2D>();
}

}  // namespace tfjs::layers
