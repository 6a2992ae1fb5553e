#include "tfjs/io/handlers/http.h"

#include "tfjs/io/internal/http_load.h"
#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/internal/http_save.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

namespace {

class HttpHandler : public IOHandler {
 public:
  HttpHandler(const std::string& url, HttpOptions options)
      : place_(std::make_shared<internal::HttpPlace>(url, std::move(options))) {}

  std::string description() const override { return place_->shown(); }
  std::string place() const override { return place_->url().text(); }
  bool loads_what_it_saves() const override { return false; }

  Future<ModelArtifacts> load(const LoadOptions& options) override {
    return internal::load_over_http(place_, options);
  }
  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options) override {
    return internal::save_over_http(place_, artifacts, options);
  }

 private:
  std::shared_ptr<const internal::HttpPlace> place_;
};

IOHandlerPtr route_http(const std::string& url) {
  return is_http_url(url) ? http(url) : nullptr;
}

}  // namespace

IOHandlerPtr http(const std::string& url, HttpOptions options) {
  return std::make_shared<HttpHandler>(url, std::move(options));
}

void register_http(Router& router) {
  router.register_scheme("http://");
  router.register_scheme("https://");
  router.register_load_router(route_http);
  router.register_save_router(route_http);
}

}  // namespace tfjs::io
