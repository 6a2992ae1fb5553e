#include "tfjs/io/weight_data.h"

#include <algorithm>
#include <cstring>

#include "tfjs/base/error.h"

namespace tfjs::io {

WeightData::WeightData(std::vector<Bytes> pieces) {
  for (Bytes& piece : pieces) append(std::move(piece));
}

void WeightData::append(Bytes piece) {
  if (piece.empty()) return;
  size_ += piece.size();
  if (!pieces_.empty() && pieces_.back().extend(piece)) return;
  starts_.push_back(size_ - piece.size());
  pieces_.push_back(std::move(piece));
}

Bytes WeightData::slice(std::uint64_t offset, std::uint64_t size) const {
  if (offset > size_ || size > size_ - offset) {
    throw corrupt_data("weights: bytes ", offset, " to ", offset, " + ", size,
                       " were asked for, but there are ", size_);
  }
  if (size == 0) return Bytes();
  // The piece that holds the first byte: the last one that starts at or before it.
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  auto piece = static_cast<std::size_t>(after - starts_.begin()) - 1;
  auto begin = static_cast<std::size_t>(offset - starts_[piece]);
  const auto length = static_cast<std::size_t>(size);
  if (length <= pieces_[piece].size() - begin) return pieces_[piece].slice(begin, length);

  return Bytes::make(length, [&](std::span<std::byte> out) {
    while (!out.empty()) {
      const std::size_t count = std::min(out.size(), pieces_[piece].size() - begin);
      const Bytes part = pieces_[piece].slice(begin, count);
      std::memcpy(out.data(), part.data(), count);
      part.let_go();  // or mapped files and their copies would be in memory together
      out = out.subspan(count);
      ++piece;
      begin = 0;
    }
  });
}

}  // namespace tfjs::io
