// Loads a model from a server and keeps a copy, which later runs renew when the model has changed
// and load while the server cannot be reached:
//
//   cached http://models.local/model.json
//
// Without a URL nobody is asked but a port where no server listens, to show how that ends.
#include <tfjs/tfjs.h>

#include <cstdio>

namespace tf = tfjs;

int main(int argc, char** argv) {
  const std::string url = argc > 1 ? argv[1] : "http://127.0.0.1:9/model.json";
  try {
    const tf::io::IOHandlerPtr model = tf::io::cached(url, {.store = "file://kept-copy"});
    std::puts(tf::load_layers_model(model).get().summary().c_str());
    return 0;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "cached: %s\n", error.what());
    return argc == 1 && error.code() == tf::ErrorCode::Unavailable ? 0 : 1;
  }
}
