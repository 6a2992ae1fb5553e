// Saves a model to a variable and loads it from there: what a program needs that keeps models where
// no handler leads, in a message or a database of its own.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main() {
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    tf::io::ModelArtifacts kept;
    model
        .save(tf::io::with_save_handler_sync([&](const tf::io::ModelArtifacts& artifacts) {
          kept = artifacts;
          return tf::io::SaveResult{tf::io::artifacts_info(artifacts)};
        }))
        .get();

    const tf::LayersModel same = tf::load_layers_model(tf::io::from_memory(kept)).get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "memory: %s\n", error.what());
    return 1;
  }
}
