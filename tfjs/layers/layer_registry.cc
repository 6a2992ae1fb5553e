#include "tfjs/base/error.h"
#include "tfjs/base/registry.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {

#define LAYER(ClassName) LayerPtr make_##ClassName();
#include "tfjs/layers/layers.def"
#undef LAYER

void LayerRegistry::add(const std::string& class_name, Factory factory) {
  factories_.insert_or_assign(class_name, std::move(factory));
}

std::vector<std::string> LayerRegistry::class_names() const {
  std::vector<std::string> names;
  for (const auto& [name, factory] : factories_) names.push_back(name);
  return names;
}

LayerPtr LayerRegistry::make(const Json& json, const std::string& what) const {
  const std::string& class_name = json.at("class_name", what).as_string(cat(what, ": class_name"));
  auto found = factories_.find(class_name);
  if (found == factories_.end())
    found = factories_.find(to_camel_case(class_name));  // as stock looks it up
  if (found == factories_.end()) {
    throw not_found(what, ": unknown layer class ", quoted(class_name),
                    did_you_mean(class_name, class_names()),
                    "; a custom layer must be registered before loading");
  }
  LayerPtr made = found->second();
  const Json* config = &json.at("config", cat(what, ": ", class_name));
  Json wrapped;
  if (config->is_array() && made->takes_layer_list()) {
    wrapped = Json::object({{"layers", *config}});
    config = &wrapped;
  }
  const Json* name = config->find("name");
  const std::string layer =
      name != nullptr && name->is_string() ? quoted(name->as_string(what)) : "without name";

  Config reader =
      Config::reader(*config, cat(what, ": layer ", layer, " (", class_name, ")"), *this);
  made->describe(reader);
  return finish(std::move(made));
}

LayerRegistry& default_layers() {
  static LayerRegistry* registry = [] {
    auto* made = new LayerRegistry();  // never destroyed: layers may outlive static objects
#define LAYER(ClassName) made->add(#ClassName, &make_##ClassName);
#include "tfjs/layers/layers.def"
#undef LAYER
    return made;
  }();
  return *registry;
}

}  // namespace tfjs::layers
