// Loads a model from files that somebody hands over, in any order:
//
//   browser_files [FILE...]
//
// FILEs are a model's JSON and its weight files, or one folder or zip archive. Without any, it
// makes some to load.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

namespace {

std::vector<tf::io::File> files_of_a_new_model() {
  auto model = tf::sequential();
  model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));
  model.save("file://handed-over").get();
  return {"handed-over/model.weights.bin", "handed-over/model.json"};
}

}  // namespace

int main(int argc, char** argv) {
  try {
    std::vector<tf::io::File> files(argv + 1, argv + argc);
    if (files.empty()) files = files_of_a_new_model();
    const tf::LayersModel model = tf::load_layers_model(tf::io::browser_files(files)).get();
    std::puts(model.summary().c_str());
    return 0;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "browser_files: %s\n", error.what());
    return 1;
  }
}
