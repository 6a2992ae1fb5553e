// Keeps models by name, as a browser does, and manages them:
//
//   stores [FILE.db]
//
// Without a file it is models.db here; a program that names none shares the user's own store.
#include <tfjs/tfjs.h>

#include <cstdio>
#include <cstdlib>

namespace tf = tfjs;

int main(int argc, char** argv) {
  setenv("TFJS_STORE", argc > 1 ? argv[1] : "models.db", 1);
  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));

    model.save("localstorage://draft").get();
    tf::io::move_model("localstorage://draft", "indexeddb://team/final").get();
    tf::io::copy_model("indexeddb://team/final", "file://backup").get();

    for (const auto& [url, info] : tf::io::list_models().get()) {
      std::printf("%s, saved %s, %llu bytes of weights\n", url.c_str(),
                  tf::iso_date(info.date_saved_ms).c_str(),
                  static_cast<unsigned long long>(info.weight_data_bytes));
    }

    const tf::LayersModel same = tf::load_layers_model("indexeddb://team/final").get();
    tf::io::remove_model("indexeddb://team/final").get();
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "stores: %s\n", error.what());
    return 1;
  }
}
