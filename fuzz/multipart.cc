// The body of a save from a stranger: it is refused with an Error, or its parts lie within it. What
// comes before the first line break is the content type.
#include <cstdint>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/io/multipart.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tfjs::io;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const std::string_view content_type = text.substr(0, text.find('\n'));
  const tfjs::Bytes body =
      tfjs::Bytes::copy_of(text.substr(std::min(content_type.size() + 1, text.size())));
  try {
    for (const FormPart& part : parse_form(body, content_type)) {
      if (part.name.empty()) std::abort();
      const std::byte* begin = part.content.data();
      if (begin < body.data() || begin + part.content.size() > body.data() + body.size()) {
        std::abort();
      }
    }
    read_model_form(body, content_type, {.json_limits = {.max_bytes = 1 << 20}});
  } catch (const tfjs::Error&) {
    // Refused.
  }
  return 0;
}
