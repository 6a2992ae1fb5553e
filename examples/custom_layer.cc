// A layer class of one's own: registered under its class_name, it is built, saved and loaded like
// the library's.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

/// x * factor + bias, one learnt bias per channel.
class ScaleAndShift : public tf::layers::Layer {
 public:
  ScaleAndShift() = default;  // what loading begins with: describe() fills it in
  explicit ScaleAndShift(float factor) : factor_(factor) {}

  std::string class_name() const override { return "ScaleAndShift"; }

  // Reads and writes the config in model.json; the order of keys is the order of calls.
  void describe(tf::layers::Config& c) override {
    c("factor", factor_);
    describe_base(c);
  }

  void build(const std::vector<tf::Shape>& inputs) override {
    bias_ = add_weight("bias", {inputs[0][-1]}, "ones");
  }

  std::vector<tf::Tensor> call(const std::vector<tf::Tensor>& inputs,
                               tf::layers::CallContext&) override {
    return {tf::add(tf::mul(inputs[0], tf::Tensor::scalar(static_cast<float>(factor_))),
                    bias_->value())};
  }

 private:
  double factor_ = 1;
  tf::layers::VariablePtr bias_;
};

int main() {
  try {
    tf::layers::default_layers().add<ScaleAndShift>("ScaleAndShift");

    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 3, .input_shape = {2}}));
    model.add(tf::layers::finish(std::make_shared<ScaleAndShift>(0.5f)));

    // Through memory instead of a folder: any IOHandler will do.
    const tf::LayersModel same =
        tf::load_layers_model(tf::io::from_memory(model.artifacts())).get();
    const tf::Tensor x = tf::Tensor::of<float>({1, -1}, {1, 2});
    const auto wanted = model.predict(x), got = same.predict(x);
    for (int i = 0; i < 3; ++i) {
      std::printf("%g %g\n", wanted.data<float>()[i], got.data<float>()[i]);
      if (wanted.data<float>()[i] != got.data<float>()[i]) return 1;
    }
    return 0;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "custom_layer: %s\n", error.what());
    return 1;
  }
}
