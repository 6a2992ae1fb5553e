#include "tfjs/layers/simple_rnn.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class SimpleRNNCell : public GatedCell {
 public:
  using GatedCell::GatedCell;
  std::string class_name() const override { return "SimpleRNNCell"; }

  void describe_cell(Config& c) override {
    describe_units(c);
    describe_initializers(c);
    describe_penalties_and_dropout(c);
  }

  std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) override {
    const Tensor sum = ops::add(with_bias(ops::matmul(x, kernel_->value())),
                                ops::matmul(states[0], recurrent_kernel_->value()));
    const Tensor h = settings_.activation.apply(sum);
    return {h, h};
  }

 protected:
  ops::CellKind kind() const override { return ops::CellKind::SimpleRnn; }
  std::int64_t gates() const override { return 1; }
};

class SimpleRNN : public RnnLayer {
 public:
  SimpleRNN() : RnnLayer({}, std::make_shared<SimpleRNNCell>(), {}) {}
  using RnnLayer::RnnLayer;
  std::string class_name() const override { return "SimpleRNN"; }
};

}  // namespace

LayerPtr simple_rnn_cell(SimpleRNNCellOptions options) {
  return finish(std::make_shared<SimpleRNNCell>(options.base_options(), cell_settings(options)));
}
LayerPtr make_SimpleRNNCell() {
  return std::make_shared<SimpleRNNCell>();
}

LayerPtr simple_rnn(SimpleRNNOptions options) {
  auto cell = std::make_shared<SimpleRNNCell>(BaseOptions(), cell_settings(options));
  return finish(
      std::make_shared<SimpleRNN>(options.base_options(), std::move(cell), options.rnn_flags()));
}
LayerPtr make_SimpleRNN() {
  return std::make_shared<SimpleRNN>();
}

}  // namespace tfjs::layers
