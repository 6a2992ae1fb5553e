#include "tfjs/platform/inflate.h"

#include <zlib.h>

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::platform {
namespace {

constexpr std::size_t kMostAtOnce = std::size_t{1} << 30;  // zlib counts in 32 bits

class Stream {
 public:
  explicit Stream(const std::string& what) {
    constexpr int kRawDeflate = -MAX_WBITS;
    if (inflateInit2(&z_, kRawDeflate) != Z_OK) {
      throw unavailable(what, ": zlib has no memory to unpack it");
    }
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { inflateEnd(&z_); }
  z_stream* operator->() { return &z_; }
  z_stream* get() { return &z_; }

 private:
  z_stream z_ = {};
};

}  // namespace

bool can_inflate() {
  return true;
}

void inflate(std::span<const std::byte> packed, std::span<std::byte> out, const std::string& what) {
  Stream stream(what);
  Bytef nowhere = 0;  // zlib wants a place for no bytes as well
  std::size_t taken = 0;
  std::size_t made = 0;
  for (;;) {
    const std::size_t in_size = std::min(packed.size() - taken, kMostAtOnce);
    const std::size_t out_size = std::min(out.size() - made, kMostAtOnce);
    // zlib reads through this pointer only, whatever its type says.
    stream->next_in =
        reinterpret_cast<Bytef*>(const_cast<std::byte*>(packed.data())) + taken;  // NOLINT
    stream->avail_in = static_cast<uInt>(in_size);
    stream->next_out = out_size > 0 ? reinterpret_cast<Bytef*>(out.data()) + made : &nowhere;
    stream->avail_out = static_cast<uInt>(out_size);
    const int result = ::inflate(stream.get(), Z_NO_FLUSH);
    const std::size_t taken_now = in_size - stream->avail_in;
    const std::size_t made_now = out_size - stream->avail_out;
    taken += taken_now;
    made += made_now;
    if (result == Z_STREAM_END) break;
    if (result == Z_MEM_ERROR) throw unavailable(what, ": zlib has no memory to unpack it");
    if (result != Z_OK && result != Z_BUF_ERROR) {
      throw corrupt_data(what, " is damaged: ", stream->msg != nullptr ? stream->msg : "no deflate",
                         " after ", made, " of ", out.size(), " bytes");
    }
    if (taken_now == 0 && made_now == 0) {
      throw made == out.size() ? corrupt_data(what, " unpacks to more than ", out.size(), " bytes")
                               : corrupt_data(what, " ends after ", made, " of ", out.size(),
                                              " bytes (interrupted download?)");
    }
  }
  if (made != out.size()) {
    throw corrupt_data(what, " unpacks to ", made, " bytes, but should to ", out.size());
  }
  if (taken != packed.size()) {
    throw corrupt_data(what, " has ", packed.size() - taken, " bytes after its packed content");
  }
}

}  // namespace tfjs::platform
