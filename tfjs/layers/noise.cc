#include "tfjs/layers/noise.h"

namespace tfjs::layers {
namespace {

class Noise : public Layer {
 public:
  using Layer::Layer;
  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {inputs[0]};
  }
  bool supports_masking() const override { return true; }
};

class GaussianNoise : public Noise {
 public:
  explicit GaussianNoise(GaussianNoiseOptions options)
      : Noise(options.base_options()), options_(std::move(options)) {}
  std::string class_name() const override { return "GaussianNoise"; }
  void describe(Config& c) override {
    c("stddev", options_.stddev);
    describe_base(c);
  }

 private:
  GaussianNoiseOptions options_;
};

class GaussianDropout : public Noise {
 public:
  explicit GaussianDropout(GaussianDropoutOptions options)
      : Noise(options.base_options()), options_(std::move(options)) {}
  std::string class_name() const override { return "GaussianDropout"; }
  void describe(Config& c) override {
    c("rate", options_.rate);
    describe_base(c);
  }

 private:
  GaussianDropoutOptions options_;
};

class AlphaDropout : public Noise {
 public:
  explicit AlphaDropout(AlphaDropoutOptions options)
      : Noise(options.base_options()), options_(std::move(options)) {}
  std::string class_name() const override { return "AlphaDropout"; }
  void describe(Config& c) override {
    c("rate", options_.rate);
    // TensorFlow.js reads it but does not write it; null would be a key it never has.
    if (c.reading() || options_.noise_shape) c.shape("noise_shape", options_.noise_shape);
    describe_base(c);
  }

 private:
  AlphaDropoutOptions options_;
};

}  // namespace

LayerPtr gaussian_noise(GaussianNoiseOptions options) {
  return finish(std::make_shared<GaussianNoise>(std::move(options)));
}
LayerPtr gaussian_dropout(GaussianDropoutOptions options) {
  return finish(std::make_shared<GaussianDropout>(std::move(options)));
}
LayerPtr alpha_dropout(AlphaDropoutOptions options) {
  return finish(std::make_shared<AlphaDropout>(std::move(options)));
}
LayerPtr make_GaussianNoise() {
  return std::make_shared<GaussianNoise>(GaussianNoiseOptions{});
}
LayerPtr make_GaussianDropout() {
  return std::make_shared<GaussianDropout>(GaussianDropoutOptions{});
}
LayerPtr make_AlphaDropout() {
  return std::make_shared<AlphaDropout>(AlphaDropoutOptions{});
}

}  // namespace tfjs::layers
