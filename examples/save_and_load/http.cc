// Saves a model to a server and loads one from there:
//
//   http http://models.local/upload http://models.local/upload/model.json
//
// Without arguments nobody is asked but a port where no server listens, to show how that ends.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main(int argc, char** argv) {
  const bool has_server = argc == 3;
  const std::string save_url = has_server ? argv[1] : "http://127.0.0.1:9/upload";
  const std::string load_url = has_server ? argv[2] : "http://127.0.0.1:9/model.json";
  tf::io::HttpOptions options{.headers = {{"Authorization", "Bearer token"}}, .timeout = 5};
  options.retry = has_server ? 3 : 0;
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    // One request, as TensorFlow.js sends it; PUT would be .method = "PUT".
    const tf::io::SaveResult saved = model.save(tf::io::http(save_url, options)).get();
    std::printf("status %d: %s\n", saved.responses.at(0).status,
                saved.responses.at(0).body.c_str());

    const tf::LayersModel same = tf::load_layers_model(tf::io::http(load_url, options)).get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    // No connection, a status, damaged bytes: one line says what and where.
    std::fprintf(stderr, "http: %s\n", error.what());
    return !has_server && error.code() == tf::ErrorCode::Unavailable ? 0 : 1;
  }
}
