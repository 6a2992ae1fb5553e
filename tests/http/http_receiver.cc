// http_receiver FOLDER: a server that stores the models it is sent as multipart/form-data, by POST
// or PUT to /NAME, in FOLDER/NAME. Prints its URL, and ends when its stdin does. Answers with
// {"method", "key" (the header X-Key), "weights" (bytes)}, or 400 and what is wrong.
#include <cstdio>
#include <string>

#include "tfjs/base/error.h"
#include "tfjs/base/json.h"
#include "tfjs/io/multipart.h"
#include "tfjs/io/router.h"
#include "tfjs/platform/testing/http_server.h"

namespace tfjs::io {
namespace {

using platform::testing::respond;
using platform::testing::TestRequest;
using platform::testing::TestResponse;

TestResponse store(const std::string& folder, const TestRequest& request) {
  try {
    const ModelArtifacts model =
        read_model_form(Bytes::copy_of(request.body), request.header("Content-Type").value_or(""));
    file_system(folder + request.path())->save(model, {}).get();
    const Json answer = Json::object({{"method", request.method},
                                      {"key", request.header("X-Key").value_or("")},
                                      {"weights", model.weight_data.size()}});
    return respond(200, write_json(answer), "application/json");
  } catch (const Error& error) {
    return respond(400, error.what(), "text/plain");
  }
}

}  // namespace
}  // namespace tfjs::io

int main(int count, char** words) {
  if (count != 2) return 2;
  const std::string folder = words[1];
  tfjs::platform::testing::TestHttpServer server;
  server.otherwise([folder](const auto& request) { return tfjs::io::store(folder, request); });
  std::puts(server.url().c_str());
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  return 0;
}
