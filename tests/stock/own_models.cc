// stock_own_models FOLDER: builds models, saves each to FOLDER/<name> and puts beside it an input
// (in0.npy), what the model predicts for it (out0.npy, ...) and its weight names (weights.json).
// own_models_test.mjs builds the same models with stock TensorFlow.js.

#include <cstdio>

#include "tfjs/platform/files.h"
#include "tfjs/tfjs.h"

namespace tf = tfjs;

namespace {

/// Values that depend on the place only, small and of both signs.
tf::Tensor pattern(const tf::Shape& shape, int seed) {
  std::vector<float> values(static_cast<std::size_t>(shape.size()));
  for (std::size_t i = 0; i < values.size(); ++i)
    values[i] = static_cast<float>((static_cast<int>(i) * 37 + seed * 101) % 19 - 9) / 16.0f;
  return tf::Tensor::of(values, shape);
}

void give_weights(const tf::LayersModel& model) {
  std::vector<tf::Tensor> values;
  int seed = 1;
  for (const auto& weight : model.weights()) values.push_back(pattern(weight->shape(), seed++));
  model.set_weights(values);
}

void save(const tf::LayersModel& model, const std::string& folder, const tf::Tensor& input) {
  give_weights(model);
  model.save("file://" + folder).get();
  tf::io::write_npy_file(folder + "/in0.npy", input);
  const std::vector<tf::Tensor> outputs = model.predict(std::vector<tf::Tensor>{input});
  for (std::size_t i = 0; i < outputs.size(); ++i)
    tf::io::write_npy_file(tf::cat(folder, "/out", i, ".npy"), outputs[i]);
  tf::Json::Array names;
  for (const auto& weight : model.weights()) names.emplace_back(weight->name());
  const std::string text = tf::write_json(names);
  const auto file = tf::platform::files().create_file(folder + "/weights.json");
  file->write(std::as_bytes(std::span(text)));
  file->close();
}

tf::LayersModel small_sequential() {
  tf::LayersModel model = tf::sequential();
  model.add(tf::layers::conv2d({.filters = 4,
                                .kernel_size = {3, 3},
                                .padding = "same",
                                .activation = "relu",
                                .input_shape = {8, 8, 2}}));
  model.add(tf::layers::batch_normalization({}));
  model.add(tf::layers::max_pooling2d({}));
  model.add(tf::layers::flatten({}));
  model.add(
      tf::layers::dense({.units = 16, .activation = "relu", .kernel_initializer = "heNormal"}));
  model.add(tf::layers::dropout({.rate = 0.5}));
  model.add(tf::layers::dense({.units = 3, .activation = "softmax"}));
  return model;
}

/// One input, an encoder model and a dense layer applied twice, two outputs.
tf::LayersModel shared_layers() {
  tf::LayersModel encoder = tf::sequential({.name = "encoder"});
  encoder.add(tf::layers::dense({.units = 5, .activation = "tanh", .input_shape = {6}}));
  encoder.add(tf::layers::dense({.units = 4}));
  const auto shared = tf::layers::dense({.units = 4, .activation = "sigmoid", .name = "shared"});
  const tf::SymbolicTensor x = tf::input({.shape = {6}});
  const tf::SymbolicTensor code = encoder.apply(x);
  const tf::SymbolicTensor once = shared->apply(code);
  const tf::SymbolicTensor twice = shared->apply(once);
  const tf::SymbolicTensor sum = tf::layers::add({})->apply({once, twice, code});
  const tf::SymbolicTensor left = tf::layers::dense({.units = 2, .name = "left"})->apply(sum);
  const tf::SymbolicTensor right =
      tf::layers::dense({.units = 1, .use_bias = false, .name = "right"})->apply(twice);
  return tf::model({.inputs = {x}, .outputs = {left, right}});
}

tf::LayersModel recurrent() {
  tf::LayersModel model = tf::sequential({.name = "text"});
  model.add(tf::layers::embedding(
      {.input_dim = 12, .output_dim = 4, .mask_zero = true, .input_length = {{5}}}));
  model.add(
      tf::layers::bidirectional({.layer = tf::layers::lstm({.units = 3}), .merge_mode = "concat"}));
  model.add(tf::layers::dense({.units = 1, .activation = "sigmoid"}));
  return model;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: stock_own_models FOLDER\n", stderr);
    return 2;
  }
  try {
    const std::string folder = argv[1];
    save(small_sequential(), folder + "/sequential", pattern({3, 8, 8, 2}, 5));
    save(shared_layers(), folder + "/shared", pattern({4, 6}, 7));
    save(recurrent(), folder + "/recurrent",
         tf::Tensor::of<float>({1, 5, 3, 0, 0, 11, 2, 2, 7, 0}, {2, 5}));
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "stock_own_models: %s\n", error.what());
    return 1;
  }
}
