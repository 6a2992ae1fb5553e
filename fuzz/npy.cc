// An npy file from a stranger: it is refused with an Error, or its tensor can be written and read
// back equal.
#include "tfjs/io/npy.h"

#include <cstdint>
#include <cstdlib>

#include "tfjs/base/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tfjs;
  Tensor tensor;
  try {
    const std::string_view file(reinterpret_cast<const char*>(data), size);
    tensor = io::parse_npy(Bytes::copy_of(file), "input.npy");
  } catch (const Error&) {
    return 0;
  }
  const Tensor again = io::parse_npy(io::write_npy(tensor), "written");
  if (!(again.spec() == tensor.spec()) || again.bytes().text() != tensor.bytes().text()) {
    std::abort();
  }
  return 0;
}
