// The weight bytes of a model: pieces in order, read as one byte string and never joined.
#pragma once

#include <cstdint>
#include <vector>

#include "tfjs/base/bytes.h"

namespace tfjs::io {

class WeightData {
 public:
  WeightData() = default;
  explicit WeightData(std::vector<Bytes> pieces);

  /// A piece that follows the last one in memory is joined with it, not copied.
  void append(Bytes piece);
  std::uint64_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  const std::vector<Bytes>& pieces() const { return pieces_; }

  /// Bytes [offset, offset + size): a view when one piece holds them, else a copy.
  /// Errors: CorruptData when out of range.
  Bytes slice(std::uint64_t offset, std::uint64_t size) const;

 private:
  std::vector<Bytes> pieces_;
  std::vector<std::uint64_t> starts_;
  std::uint64_t size_ = 0;
};

}  // namespace tfjs::io
