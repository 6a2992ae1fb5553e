// The texts of a model in a store, separated by NULs: they are refused with an Error, or what they
// say can be written and read back equal.
#include <algorithm>
#include <cstdint>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/io/model_record.h"

namespace {

using tfjs::io::ModelRecord;

/// Takes the text before the next NUL off the front of `rest`.
std::string take(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\0'), rest.size());
  const std::string text(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return text;
}

bool same_but_info(const ModelRecord& a, const ModelRecord& b) {
  return a.model_topology == b.model_topology && a.weight_specs == b.weight_specs &&
         a.model_metadata == b.model_metadata;
}

void check_info(const std::string& text) {
  using namespace tfjs::io;
  try {
    const std::string written = write_artifacts_info(parse_artifacts_info(text, "info"));
    if (write_artifacts_info(parse_artifacts_info(written, "written")) != written) std::abort();
  } catch (const tfjs::Error&) {
  }
}

void check_artifacts(const ModelRecord& record) {
  using namespace tfjs::io;
  ModelArtifacts artifacts;
  try {
    artifacts = parse_model_record(record, "record", {.max_bytes = 1 << 20});
  } catch (const tfjs::Error&) {
    return;
  }
  const ModelRecord written = write_model_record(artifacts);
  if (!same_but_info(write_model_record(parse_model_record(written, "written")), written)) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  ModelRecord record;
  for (std::string* text :
       {&record.info, &record.model_topology, &record.weight_specs, &record.model_metadata}) {
    *text = take(rest);
  }
  check_info(record.info);
  check_artifacts(record);
  return 0;
}
