#include "tfjs/layers/gru.h"

#include "tfjs/ops/binary.h"
#include "tfjs/ops/matmul.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/unary.h"

namespace tfjs::layers {
namespace {

class GRUCell : public GatedCell {
 public:
  using GatedCell::GatedCell;
  std::string class_name() const override { return "GRUCell"; }

  void describe_cell(Config& c) override {
    describe_units(c);
    c("recurrent_activation", settings_.recurrent_activation);
    describe_initializers(c);
    describe_penalties_and_dropout(c);
    c("implementation", settings_.implementation);
    c("reset_after", settings_.reset_after);
  }

  std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) override {
    const Tensor& previous = states[0];
    const Tensor input = input_product(x);
    const Tensor recurrent = recurrent_product(previous);
    const Tensor z =
        settings_.recurrent_activation.apply(ops::add(gate(input, 0), gate(recurrent, 0)));
    const Tensor r =
        settings_.recurrent_activation.apply(ops::add(gate(input, 1), gate(recurrent, 1)));
    const Tensor reset = settings_.reset_after ? ops::mul(r, gate(recurrent, 2))
                                               : ops::matmul(ops::mul(r, previous),
                                                             gate(recurrent_kernel_->value(), 2));
    const Tensor candidate = settings_.activation.apply(ops::add(gate(input, 2), reset));
    const Tensor h =
        ops::add(ops::mul(z, previous), ops::mul(ops::sub(Tensor::scalar(1), z), candidate));
    return {h, h};
  }

 protected:
  ops::CellKind kind() const override { return ops::CellKind::Gru; }
  std::int64_t gates() const override { return 3; }
  Shape bias_shape() const override {
    const std::int64_t columns = gates() * settings_.units;
    return settings_.reset_after ? Shape{2, columns} : Shape{columns};
  }

 private:
  Tensor input_product(const Tensor& x) const {
    const Tensor product = ops::matmul(x, kernel_->value());
    return settings_.reset_after ? with_bias_row(product, 0) : with_bias(product);
  }

  Tensor recurrent_product(const Tensor& h) const {
    const Tensor product = ops::matmul(h, recurrent_kernel_->value());
    return settings_.reset_after ? with_bias_row(product, 1) : product;
  }

  Tensor with_bias_row(const Tensor& product, std::int64_t row) const {
    if (bias_ == nullptr) return product;
    return ops::add(product, ops::squeeze(ops::slice_axis(bias_->value(), 0, row, row + 1), 0));
  }
};

class GRU : public RnnLayer {
 public:
  GRU() : RnnLayer({}, std::make_shared<GRUCell>(), {}) {}
  using RnnLayer::RnnLayer;
  std::string class_name() const override { return "GRU"; }
};

template <class Options>
CellSettings gru_settings(const Options& options) {
  CellSettings settings = cell_settings(options);
  settings.implementation = options.implementation;
  settings.reset_after = options.reset_after;
  return settings;
}

}  // namespace

LayerPtr gru_cell(GRUCellOptions options) {
  return finish(std::make_shared<GRUCell>(options.base_options(), gru_settings(options)));
}
LayerPtr make_GRUCell() {
  return std::make_shared<GRUCell>();
}

LayerPtr gru(GRUOptions options) {
  auto cell = std::make_shared<GRUCell>(BaseOptions(), gru_settings(options));
  return finish(
      std::make_shared<GRU>(options.base_options(), std::move(cell), options.rnn_flags()));
}
LayerPtr make_GRU() {
  return std::make_shared<GRU>();
}

}  // namespace tfjs::layers
