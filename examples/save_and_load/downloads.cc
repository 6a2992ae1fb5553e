// Saves a model to the user's download folder.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main() {
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    // classifier.json and classifier.weights.bin, or "classifier (1)" when these are there.
    const tf::io::SaveResult saved = model.save("downloads://classifier").get();
    std::printf("saved as %s\n", saved.saved_as.c_str());

    const tf::LayersModel same = tf::load_layers_model("file://" + saved.saved_as).get();
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "downloads: %s\n", error.what());
    return 1;
  }
}
