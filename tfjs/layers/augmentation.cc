// Keras's random image layers, which at inference give back what they got: a model trained with
// them predicts without them. Their configs are kept and written back; there are no factories,
// because there is no training with them.
#include "tfjs/layers/layer.h"
#include "tfjs/ops/movement.h"

namespace tfjs::layers {
namespace {

struct AugmentationKind {
  const char* class_name;
  std::vector<const char*> keys;  ///< of its config, in Keras's order
};

class Augmentation : public Layer {
 public:
  explicit Augmentation(AugmentationKind kind)
      : kind_(std::move(kind)), values_(kind_.keys.size()) {}

  std::string class_name() const override { return kind_.class_name; }

  void describe(Config& c) override {
    for (std::size_t i = 0; i < values_.size(); ++i) {
      if (c.reading() || !values_[i].is_null()) c.json(kind_.keys[i], values_[i]);
    }
    describe_base(c);
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return {ops::cast(inputs[0], DType::Float32)};
  }

 private:
  AugmentationKind kind_;
  std::vector<Json> values_;
};

LayerPtr make_augmentation(const char* class_name, std::vector<const char*> keys) {
  return std::make_shared<Augmentation>(AugmentationKind{class_name, std::move(keys)});
}

}  // namespace

LayerPtr make_RandomFlip() {
  return make_augmentation("RandomFlip", {"mode", "seed", "data_format"});
}
LayerPtr make_RandomRotation() {
  return make_augmentation("RandomRotation", {"factor", "fill_mode", "fill_value", "interpolation",
                                              "seed", "data_format"});
}
LayerPtr make_RandomZoom() {
  return make_augmentation("RandomZoom", {"height_factor", "width_factor", "fill_mode",
                                          "fill_value", "interpolation", "seed", "data_format"});
}
LayerPtr make_RandomTranslation() {
  return make_augmentation("RandomTranslation",
                           {"height_factor", "width_factor", "fill_mode", "fill_value",
                            "interpolation", "seed", "data_format"});
}
LayerPtr make_RandomContrast() {
  return make_augmentation("RandomContrast", {"factor", "value_range", "seed", "data_format"});
}
LayerPtr make_RandomBrightness() {
  return make_augmentation("RandomBrightness", {"factor", "value_range", "seed", "data_format"});
}

}  // namespace tfjs::layers
