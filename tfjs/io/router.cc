#include "tfjs/io/router.h"

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::io {

#define HANDLER(name) void register_##name(Router& router);
#include "tfjs/io/handlers/handlers.def"
#undef HANDLER

namespace {

std::vector<IOHandlerPtr> ask(const std::vector<Route>& routes, const std::string& url) {
  std::vector<IOHandlerPtr> handlers;
  for (const Route& route : routes) {
    if (IOHandlerPtr handler = route(url)) handlers.push_back(std::move(handler));
  }
  return handlers;
}

/// The length of "scheme://" at the start of `text`, or 0.
std::size_t scheme_length(std::string_view text) {
  const std::size_t colon = text.find("://");
  if (colon == std::string_view::npos || colon == 0) return 0;
  const bool is_scheme =
      std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '-' || c == '.';
      });
  return is_scheme ? colon + 3 : 0;
}

IOHandlerPtr only_handler(std::vector<IOHandlerPtr> handlers, const std::string& url,
                          const char* verb, const std::vector<std::string>& schemes) {
  if (handlers.size() == 1) return std::move(handlers[0]);
  if (!handlers.empty()) {
    throw invalid_argument(handlers.size(), " registered routes want to ", verb, ' ', quoted(url),
                           "; one must");
  }
  const std::string_view scheme = std::string_view(url).substr(0, scheme_length(url));
  throw invalid_argument("cannot ", verb, ' ', quoted(url), ": ",
                         scheme.empty() ? "it has no scheme" : "unknown scheme ",
                         scheme.empty() ? "" : quoted(scheme), "; known are ", join(schemes, ", "));
}

}  // namespace

std::vector<IOHandlerPtr> Router::get_save_handlers(const std::string& url) const {
  return ask(save_routes_, url);
}

std::vector<IOHandlerPtr> Router::get_load_handlers(const std::string& url) const {
  return ask(load_routes_, url);
}

IOHandlerPtr Router::save_handler(const std::string& url) const {
  return only_handler(get_save_handlers(url), url, "save to", schemes_);
}

IOHandlerPtr Router::load_handler(const std::string& url) const {
  return only_handler(get_load_handlers(url), url, "load", schemes_);
}

Router& default_router() {
  static Router router = [] {
    Router made;
#define HANDLER(name) register_##name(made);
#include "tfjs/io/handlers/handlers.def"
#undef HANDLER
    return made;
  }();
  return router;
}

std::string url_of(const std::string& path_or_url) {
  return scheme_length(path_or_url) > 0 ? path_or_url : "file://" + path_or_url;
}

}  // namespace tfjs::io
