#include "cli/place_options.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "cli/usage.h"
#include "tfjs/base/error.h"
#include "tfjs/io/handlers/cached.h"
#include "tfjs/io/router.h"

namespace tfjs::cli {
namespace {

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

/// "http://host:port" of an http(s) URL, else "".
std::string origin_of(const std::string& url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string::npos) return "";
  const std::string name = lower_case(url.substr(0, scheme));
  if (name != "http" && name != "https") return "";
  std::string host = url.substr(scheme + 3, url.find_first_of("/?#", scheme + 3) - scheme - 3);
  host.erase(0, host.rfind('@') + 1);
  return cat(name, "://", lower_case(host));
}

std::string trimmed(std::string_view text) {
  const auto is_space = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return std::string(text);
}

/// The value stays out of messages: it may be a token.
std::pair<std::string, std::string> parse_header(const std::string& text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string::npos || colon == 0) {
    throw usage_error("-H needs 'Name: value', got one without ",
                      colon == 0 ? "a name" : "a colon");
  }
  return {trimmed(std::string_view(text).substr(0, colon)),
          trimmed(std::string_view(text).substr(colon + 1))};
}

io::HttpOptions http_options(const PlaceOptions& options) {
  io::HttpOptions out;
  out.method = options.method;
  for (const std::string& header : options.headers) out.headers.push_back(parse_header(header));
  out.timeout = options.timeout_s;
  out.retry = options.retry;
  out.insecure = options.insecure;
  out.ca_file = options.ca_file;
  return out;
}

/// A mistake in the URL is one of the command line.
template <class Make>
io::IOHandlerPtr as_usage_error(Make&& make) {
  try {
    return make();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::InvalidArgument) throw usage_error(error.what());
    throw;
  }
}

}  // namespace

void add_place_options(CLI::App& command, PlaceOptions& options) {
  command
      .add_option("-H,--header", options.headers,
                  "A header for every HTTP request: 'Name: value'; may come more than once")
      ->take_all()
      ->allow_extra_args(false);
  command
      .add_option("--timeout", options.timeout_s,
                  "Seconds of silence before a server is given up (default 30)")
      ->check(CLI::Range(0.001, 86400.0));
  command
      .add_option("--retry", options.retry,
                  "Further attempts per file when a server fails (default 3)")
      ->check(CLI::Range(0, 100));
  command.add_flag("--insecure", options.insecure, "Do not verify TLS certificates");
  command.add_option("--ca-file", options.ca_file, "PEM file of TLS certificates to trust");
  command.add_option("--store", options.store,
                     "Database of localstorage:// and indexeddb:// (default: $TFJS_STORE, else in "
                     "the user's data folder)");
}

void add_method_option(CLI::App& command, PlaceOptions& options) {
  command.add_option("--method", options.method, "HTTP method of the save (default POST)");
}

void use_store(const PlaceOptions& options) {
  if (!options.store.empty()) setenv("TFJS_STORE", options.store.c_str(), 1);
}

io::IOHandlerPtr load_handler(const std::string& url, const PlaceOptions& options) {
  if (url.empty()) throw usage_error("MODEL is empty");
  use_store(options);
  return as_usage_error([&] {
    return origin_of(url).empty() ? io::default_router().load_handler(io::url_of(url))
                                  : io::http(url, http_options(options));
  });
}

io::IOHandlerPtr cached_handler(const std::string& url, const PlaceOptions& options) {
  use_store(options);
  return as_usage_error([&] { return io::cached(url, {.http = http_options(options)}); });
}

io::IOHandlerPtr save_handler(const std::string& url, const PlaceOptions& options) {
  if (url.empty()) throw usage_error("the destination is empty");
  use_store(options);
  return as_usage_error([&] {
    return origin_of(url).empty() ? io::default_router().save_handler(io::url_of(url))
                                  : io::http(url, http_options(options));
  });
}

std::string without_password(const std::string& url) {
  if (origin_of(url).empty()) return url;
  const std::size_t begin = url.find("://") + 3;
  const std::size_t at = url.substr(0, url.find_first_of("/?#", begin)).rfind('@');
  return at == std::string::npos || at < begin ? url : url.substr(0, begin) + url.substr(at + 1);
}

void check_headers_for(const std::string& source, const std::string& destination,
                       const PlaceOptions& options) {
  const std::string from = origin_of(source), to = origin_of(destination);
  if (options.headers.empty() || from.empty() || to.empty() || from == to) return;
  throw usage_error("-H would go to both ", from, " and ", to,
                    "; copy through a folder, so that each gets its own");
}

}  // namespace tfjs::cli
