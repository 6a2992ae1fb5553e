// model.json from a stranger: it is refused with an Error, or what it says can be written and read
// back equal.
#include <cstdint>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/io/model_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tfjs::io;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  ModelJson model;
  try {
    model = parse_model_json(text, "model.json", {.max_bytes = 1 << 20});
  } catch (const tfjs::Error&) {
    return 0;
  }
  const std::vector<SavedWeightFile> files = {{"./model.weights.bin", 1, std::string(64, '0')}};
  const std::string written = write_model_json(model.artifacts, files);
  const ModelJson again = parse_model_json(written, "written");
  if (write_model_json(again.artifacts, files) != written) std::abort();
  if (again.artifacts.weight_specs.size() != model.artifacts.weight_specs.size()) std::abort();
  return 0;
}
