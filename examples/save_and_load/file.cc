// Saves a model to a folder and loads it again:
//
//   file [FOLDER]
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "saved-model";
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    // model.json and model.weights.bin; a model that is there already is replaced at once.
    model.save("file://" + folder).get();

    // The folder, or the JSON file in it.
    const tf::LayersModel same = tf::load_layers_model("file://" + folder + "/model.json").get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "file: %s\n", error.what());
    return 1;
  }
}
