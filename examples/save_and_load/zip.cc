// Saves a model to a zip archive, one file to mail or to serve, and loads it again:
//
//   zip [FILE.zip]
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main(int argc, char** argv) {
  const std::string file = argc > 1 ? argv[1] : "saved-model.zip";
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    // Any unzip program makes an ordinary model folder of it.
    model.save("file://" + file).get();

    // An archive that another program made of a model's folder loads as well.
    const tf::LayersModel same = tf::load_layers_model("file://" + file).get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "zip: %s\n", error.what());
    return 1;
  }
}
