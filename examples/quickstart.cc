// Builds a model, saves it, loads it and predicts:
//
//   quickstart [FOLDER]
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "my-model";
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 16, .activation = "relu", .input_shape = {8}}));
    model.add(tf::layers::dense({.units = 1, .activation = "sigmoid"}));
    std::puts(model.summary().c_str());

    const tf::Tensor x = tf::Tensor::of<float>({1, 2, 3, 4, 5, 6, 7, 8}, {1, 8});
    const tf::Tensor before = model.predict(x);

    const tf::io::SaveResult saved = model.save("file://" + folder).get();
    std::printf("saved %llu bytes of weights\n",
                static_cast<unsigned long long>(saved.model_artifacts_info.weight_data_bytes));

    const tf::LayersModel same = tf::load_layers_model("file://" + folder + "/model.json").get();
    const tf::Tensor after = same.predict(x);
    std::printf("before %g, after %g\n", before.data<float>()[0], after.data<float>()[0]);
    return before.data<float>()[0] == after.data<float>()[0] ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "quickstart: %s\n", error.what());
    return 1;
  }
}
