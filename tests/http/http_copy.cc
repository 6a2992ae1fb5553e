// http_copy [OPTION VALUE]... SRC DST: copies a model between a folder and a server, for the
// scripts beside it. SRC, DST: a path or an http(s) URL; DST may be "-" for loading alone.
// Options: --method M, --header 'Name: value', --ca-file F, --insecure yes, --timeout S, --retry N,
// --user U, --password P. Prints {"peak_kib": N, "weights": N, "responses": [...]}; on failure
// "CODE: MESSAGE" to stderr, exit code 1.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "tfjs/base/error.h"
#include "tfjs/base/json.h"
#include "tfjs/io/handlers/http.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

void set_option(HttpOptions& options, const std::string& name, const std::string& value) {
  if (name == "--method") {
    options.method = value;
  } else if (name == "--header") {
    const std::size_t colon = value.find(": ");
    options.headers.emplace_back(value.substr(0, colon), value.substr(colon + 2));
  } else if (name == "--ca-file") {
    options.ca_file = value;
  } else if (name == "--insecure") {
    options.insecure = true;
  } else if (name == "--timeout") {
    options.timeout = std::atof(value.c_str());
  } else if (name == "--retry") {
    options.retry = std::atoi(value.c_str());
  } else if (name == "--user") {
    options.credentials.emplace().user = value;
  } else if (name == "--password") {
    options.credentials.value().password = value;
  } else {
    throw invalid_argument("http_copy: no option ", name);
  }
}

IOHandlerPtr handler_of(const std::string& place, const HttpOptions& options) {
  return place.starts_with("http") ? http(place, options) : file_system(place);
}

/// The most memory this program ever had, in KiB. (getrusage counts what ran before exec as well.)
std::int64_t peak_kib() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;) {
    std::int64_t kib = 0;
    if (word == "VmHWM:" && status >> kib) return kib;
  }
  throw unavailable("http_copy: /proc/self/status says no VmHWM");
}

void copy(int count, char** words) {
  HttpOptions options;
  int at = 1;
  for (; at + 3 < count; at += 2) set_option(options, words[at], words[at + 1]);
  if (at + 2 != count) throw invalid_argument("http_copy [OPTION VALUE]... SRC DST");
  const std::string source = words[at], destination = words[at + 1];
  const ModelArtifacts model = handler_of(source, options)->load({}).get();
  Json responses = Json::array();
  if (destination != "-") {
    for (const SaveResponse& response :
         handler_of(destination, options)->save(model, {}).get().responses) {
      responses.as_array("responses")
          .push_back(Json::object({{"status", response.status}, {"body", response.body}}));
    }
  }
  std::puts(write_json(Json::object({{"peak_kib", peak_kib()},
                                     {"weights", model.weight_data.size()},
                                     {"responses", responses}}))
                .c_str());
}

}  // namespace
}  // namespace tfjs::io

int main(int count, char** words) {
  try {
    tfjs::io::copy(count, words);
    return 0;
  } catch (const tfjs::Error& error) {
    std::fprintf(stderr, "%s: %s\n", std::string(name(error.code())).c_str(), error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "unexpected: %s\n", error.what());
  }
  return 1;
}
