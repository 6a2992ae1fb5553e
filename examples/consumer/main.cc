// Builds a model, saves it, loads it again and compares the predictions.
#include <tfjs/tfjs.h>

#include <cmath>
#include <iostream>

namespace tf = tfjs;

int main() {
  auto model = tf::sequential();
  model.add(tf::layers::dense({.units = 16, .activation = "relu", .input_shape = {8}}));
  model.add(tf::layers::dense({.units = 1, .activation = "sigmoid"}));

  tf::io::SaveResult saved = model.save("file://my-model").get();
  tf::LayersModel same = tf::load_layers_model("file://my-model/model.json").get();

  tf::Tensor x = tf::Tensor::full({2, 8}, 0.5f);
  tf::Tensor p = same.predict(x);

  const float before = model.predict(x).data<float>()[0];
  const float after = p.data<float>()[0];
  std::cout << "predicted " << after << ", before the save " << before << ", weights "
            << saved.model_artifacts_info.weight_data_bytes << " bytes\n";
  return std::abs(before - after) < 1e-6f ? 0 : 1;
}
