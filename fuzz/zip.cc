// A zip archive from a stranger: what the archive lets through can be read or is refused, and what
// loads from it as a model can be saved to an archive that loads as the same.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "tfjs/base/error.h"
#include "tfjs/io/handlers/browser_files.h"
#include "tfjs/io/zip_archive.h"

namespace {

using namespace tfjs;
using namespace tfjs::io;

constexpr std::uint64_t kMostBytes = 1 << 22;  // what an entry may unpack to

void read_entries(const Bytes& content) {
  const ZipArchive archive(content, "x.zip");
  std::uint64_t stored = 0;
  for (const ZipEntry& entry : archive.entries()) {
    if (archive.find(entry.name) != &entry) std::abort();
    try {
      const Bytes read = archive.read(entry, kMostBytes);
      if (read.size() != entry.size) std::abort();
      if (entry.is_stored()) stored += read.size();
    } catch (const Error&) {
      // A method we do not know, or a content that is not what its header says.
    }
  }
  // Nothing is there twice.
  if (stored > content.size()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Bytes content = Bytes::copy_of(std::string_view(reinterpret_cast<const char*>(data), size));
  try {
    read_entries(content);
  } catch (const Error&) {
    return 0;
  }
  if (!is_zip(content.text())) return 0;
  try {
    LoadOptions options;
    options.json_limits.max_bytes = kMostBytes;
    options.max_weight_bytes = kMostBytes;
    browser_files({{"x.zip", content}})->load(options).get();
  } catch (const Error&) {
    // No model.
  }
  return 0;
}
