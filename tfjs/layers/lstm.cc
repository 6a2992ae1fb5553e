#include "tfjs/layers/lstm.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class LSTMCell : public GatedCell {
 public:
  using GatedCell::GatedCell;
  std::string class_name() const override { return "LSTMCell"; }

  void describe_cell(Config& c) override {
    describe_units(c);
    c("recurrent_activation", settings_.recurrent_activation);
    describe_initializers(c);
    c("unit_forget_bias", settings_.unit_forget_bias);
    describe_penalties_and_dropout(c);
    c("implementation", settings_.implementation);
  }

  void build(const std::vector<Shape>& inputs) override {
    GatedCell::build(inputs);
    if (bias_ == nullptr || !settings_.unit_forget_bias.value_or(false)) return;
    const Tensor start = bias_->value();
    const Tensor forget = Tensor::full({settings_.units}, 1);
    bias_->assign(ops::concat({gate(start, 0), forget, gate(start, 2), gate(start, 3)}, 0));
  }

  std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) override {
    const Tensor sums = ops::add(with_bias(ops::matmul(x, kernel_->value())),
                                 ops::matmul(states[0], recurrent_kernel_->value()));
    const Tensor i = settings_.recurrent_activation.apply(gate(sums, 0));
    const Tensor f = settings_.recurrent_activation.apply(gate(sums, 1));
    const Tensor g = settings_.activation.apply(gate(sums, 2));
    const Tensor o = settings_.recurrent_activation.apply(gate(sums, 3));
    const Tensor c = ops::add(ops::mul(f, states[1]), ops::mul(i, g));
    const Tensor h = ops::mul(o, settings_.activation.apply(c));
    return {h, h, c};
  }

 protected:
  ops::CellKind kind() const override { return ops::CellKind::Lstm; }
  std::int64_t gates() const override { return 4; }
  std::size_t states() const override { return 2; }
};

class LSTM : public RnnLayer {
 public:
  LSTM() : RnnLayer({}, std::make_shared<LSTMCell>(), {}) {}
  using RnnLayer::RnnLayer;
  std::string class_name() const override { return "LSTM"; }
};

template <class Options>
CellSettings lstm_settings(const Options& options) {
  CellSettings settings = cell_settings(options);
  settings.unit_forget_bias = options.unit_forget_bias;
  settings.implementation = options.implementation;
  return settings;
}

}  // namespace

LayerPtr lstm_cell(LSTMCellOptions options) {
  return finish(std::make_shared<LSTMCell>(options.base_options(), lstm_settings(options)));
}
LayerPtr make_LSTMCell() {
  return std::make_shared<LSTMCell>();
}

LayerPtr lstm(LSTMOptions options) {
  auto cell = std::make_shared<LSTMCell>(BaseOptions(), lstm_settings(options));
  return finish(
      std::make_shared<LSTM>(options.base_options(), std::move(cell), options.rnn_flags()));
}
LayerPtr make_LSTM() {
  return std::make_shared<LSTM>();
}

}  // namespace tfjs::layers
