// What this build is.
#include "tfjs/base/version.h"
#include "tfjs/layers/layer.h"
#include "tfjs/runtime/thread_pool.h"
#include "web/bindings/request.h"

namespace tfjs::web {

/// {version, layerClasses, threads: the most that a prediction may have}
Json about(const Request&) {
  Json::Array classes;
  for (const std::string& name : layers::default_layers().class_names()) {
    classes.push_back(Json(name));
  }
  return Json::object({{"version", kVersion},
                       {"layerClasses", Json(std::move(classes))},
                       {"threads", runtime::most_threads()}});
}

}  // namespace tfjs::web
