#include "tfjs/layers/input_layer.h"

#include "tfjs/base/error.h"

namespace tfjs::layers {

/// The tensor dtype that a config's dtype text stands for; Keras's wider and narrower types become
/// ours.
static DType tensor_dtype(const std::string& text, const std::string& name) {
  if (auto dtype = parse_dtype(text)) return *dtype;
  if (text == "float16" || text == "float64" || text == "bfloat16" || text.starts_with("mixed_"))
    return DType::Float32;
  if (text == "int64" || text == "uint8" || text == "int8" || text == "int16" || text == "uint16")
    return DType::Int32;
  throw invalid_argument("input layer ", quoted(name), ": unknown dtype ", quoted(text));
}

class InputLayer : public Layer {
 public:
  InputLayer() { has_dtype_ = true; }
  explicit InputLayer(InputLayerOptions options)
      : Layer({.name = std::move(options.name),
               .input_shape = std::move(options.input_shape),
               .batch_input_shape = std::move(options.batch_input_shape),
               .dtype = std::move(options.dtype)}),
        sparse_(options.sparse) {}

  std::string class_name() const override { return "InputLayer"; }
  std::string default_name() const override { return unique_name("input"); }

  void describe(Config& c) override {
    if (c.reading()) {
      describe_base(c);
      c("sparse", sparse_);
      return;
    }
    c.shape("batch_input_shape", batch_input_shape_);
    c("dtype", dtype_);
    c("sparse", sparse_);
    c("name", name_);
  }

  void validate() override {
    if (!batch_input_shape_) {
      throw invalid_argument("input layer ", quoted(name_),
                             ": needs input_shape or batch_input_shape");
    }
    built_ = true;
    set_own_node({{}, {{tensor_dtype(dtype_, name_), *batch_input_shape_}}, Json::object()});
  }

  std::vector<Tensor> call(const std::vector<Tensor>& inputs, CallContext& context) override {
    return inputs;
  }
  bool supports_masking() const override { return true; }

 private:
  bool sparse_ = false;
};

LayerPtr input_layer(InputLayerOptions options) {
  if (options.input_shape && options.batch_input_shape) {
    throw invalid_argument("input layer ", quoted(options.name),
                           ": give input_shape or batch_input_shape, not both");
  }
  return finish(std::make_shared<InputLayer>(std::move(options)));
}
LayerPtr make_InputLayer() {
  return std::make_shared<InputLayer>();
}

}  // namespace tfjs::layers
