#include "tfjs/layers/resizing.h"

#include "tfjs/layers/internal/channels.h"
#include "tfjs/layers/internal/keras_extra.h"
#include "tfjs/layers/internal/option_checks.h"
#include "tfjs/ops/movement.h"
#include "tfjs/ops/resize.h"

namespace tfjs::layers {
namespace {

class Resizing : public Layer {
 public:
  Resizing() = default;
  explicit Resizing(ResizingOptions options)
      : Layer(options.base_options()), options_(std::move(options)) {}

  std::string class_name() const override { return "Resizing"; }

  void describe(Config& c) override {
    c.positive("height", options_.height);
    c.positive("width", options_.width);
    c("interpolation", options_.interpolation);
    c("crop_to_aspect_ratio", options_.crop_to_aspect_ratio);
    keras_extra<std::string>(c, "data_format", options_.data_format, "channels_last");
    describe_base(c);
    refuse_other(c, "pad_to_aspect_ratio", false);
    refuse_other(c, "antialias", false);
  }

  void validate() override {
    check_positive(*this, "height", options_.height);
    check_positive(*this, "width", options_.width);
    check_choice(*this, "interpolation", options_.interpolation, {"bilinear", "nearest"});
    check_data_format(*this, options_.data_format);
  }

  std::vector<Shape> compute_output_shape(const std::vector<Shape>& inputs) override {
    const Shape x = to_channels_last(
        one_input(*this, inputs, 4, "[batch, height, width, channels]"), options_.data_format);
    return {
        from_channels_last({x[0], options_.height, options_.width, x[3]}, options_.data_format)};
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    Tensor x = to_channels_last(ops::cast(inputs[0], DType::Float32), options_.data_format);
    const auto interpolation = options_.interpolation == "nearest" ? ops::Interpolation::Nearest
                                                                   : ops::Interpolation::Bilinear;
    Tensor y = ops::resize(
        x, options_.height, options_.width,
        {.interpolation = interpolation, .align_corners = !options_.crop_to_aspect_ratio});
    return {from_channels_last(y, options_.data_format)};
  }

 private:
  ResizingOptions options_;
};

}  // namespace

LayerPtr resizing(ResizingOptions options) {
  return finish(std::make_shared<Resizing>(std::move(options)));
}
LayerPtr make_Resizing() {
  return std::make_shared<Resizing>();
}

}  // namespace tfjs::layers
