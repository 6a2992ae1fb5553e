// stock_rebuilt_models LIST: for each folder that the file LIST names, a line each, loads the model
// that stock TensorFlow.js saved there and saves it described anew to <folder>/loaded; and builds
// the model of <folder>/recipe.json (random/builder.mjs) with the library's layers and saves it to
// <folder>/built. What fails is said in <folder>/rebuilt.txt.

#include <cstdio>

#include "tfjs/platform/files.h"
#include "tfjs/tfjs.h"

namespace tf = tfjs;

namespace {

std::string read_text(const std::string& path) {
  const tf::Bytes bytes = tf::platform::files().read(path, std::uint64_t{1} << 30);
  return std::string(reinterpret_cast<const char*>(bytes.data()), bytes.size());
}

void write_text(const std::string& path, const std::string& text) {
  const auto file = tf::platform::files().create_file(path);
  file->write(std::as_bytes(std::span(text)));
  file->close();
}

tf::LayersModel build(const tf::Json& recipe);

tf::layers::LayerPtr make_layer(const tf::Json& spec) {
  if (const tf::Json* model = spec.find("model")) return build(*model);
  return tf::layers::default_layers().make(spec, "recipe");
}

tf::LayersModel build_sequential(const tf::Json& layers) {
  tf::LayersModel model = tf::sequential();
  for (const tf::Json& layer : layers.as_array("sequential")) model.add(make_layer(layer));
  return model;
}

tf::SymbolicTensor make_input(const tf::Json& json) {
  std::vector<std::int64_t> dims;
  for (const tf::Json& dim : json.at("batch_shape", "input").as_array("batch_shape"))
    dims.push_back(dim.is_null() ? tf::kUnknown : dim.as_integer("dim"));
  return tf::input(
      {.batch_shape = tf::Shape(dims), .dtype = json.at("dtype", "input").as_string("dtype")});
}

tf::LayersModel build(const tf::Json& recipe) {
  if (const tf::Json* layers = recipe.find("sequential")) return build_sequential(*layers);
  std::vector<tf::SymbolicTensor> tensors;
  const auto pick = [&](const tf::Json& ids) {
    std::vector<tf::SymbolicTensor> out;
    for (const tf::Json& id : ids.as_array("tensors"))
      out.push_back(tensors.at(static_cast<std::size_t>(id.as_integer("tensor"))));
    return out;
  };
  for (const tf::Json& input : recipe.at("inputs", "recipe").as_array("inputs"))
    tensors.push_back(make_input(input));
  const std::vector<tf::SymbolicTensor> inputs = tensors;
  std::vector<tf::layers::LayerPtr> layers;
  for (const tf::Json& spec : recipe.at("layers", "recipe").as_array("layers"))
    layers.push_back(make_layer(spec));
  for (const tf::Json& call : recipe.at("calls", "recipe").as_array("calls")) {
    const auto index = static_cast<std::size_t>(call.at("layer", "call").as_integer("layer"));
    for (const auto& out : layers.at(index)->apply_all(pick(call.at("inputs", "call"))))
      tensors.push_back(out);
  }
  return tf::model({.inputs = inputs, .outputs = pick(recipe.at("outputs", "recipe"))});
}

void rebuild(const std::string& folder) {
  const tf::LayersModel loaded = tf::load_layers_model(folder).get();
  // A model of its own knows nothing of the file its layers came from.
  tf::LayersModel(loaded.network()).save("file://" + folder + "/loaded").get();
  build(tf::parse_json(read_text(folder + "/recipe.json"), "recipe.json"))
      .save("file://" + folder + "/built")
      .get();
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: stock_rebuilt_models LIST\n", stderr);
    return 2;
  }
  std::string folder;
  for (const char c : read_text(argv[1])) {
    if (c != '\n') {
      folder.push_back(c);
      continue;
    }
    try {
      rebuild(folder);
    } catch (const tf::Error& error) {
      write_text(folder + "/rebuilt.txt", error.what());
    }
    folder.clear();
  }
}
