// A view of bytes that keeps its owner alive: a heap buffer, a mapped file, a JavaScript buffer.
// Cheap to copy and to slice; never changes once made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tfjs {

/// The bytes of a text.
inline std::span<const std::byte> bytes_of(std::string_view text) {
  return std::as_bytes(std::span<const char>(text.data(), text.size()));
}

class Bytes {
 public:
  Bytes() = default;
  /// Views `data`; `owner` lives as long as this or any slice of it.
  Bytes(std::shared_ptr<const void> owner, std::span<const std::byte> data)
      : owner_(std::move(owner)), data_(data) {}

  /// Gives the memory of a range back to the system, which can fetch the content again.
  using LetGo = void (*)(std::span<const std::byte> data);
  /// The same for content that the system can fetch again: a mapped file.
  Bytes(std::shared_ptr<const void> owner, std::span<const std::byte> data, LetGo let_go)
      : owner_(std::move(owner)), data_(data), let_go_(let_go) {}

  static Bytes copy_of(std::span<const std::byte> data);
  static Bytes copy_of(std::string_view text);
  static Bytes take(std::vector<std::byte> data);
  static Bytes take(std::string text);
  /// A fresh buffer aligned to 64 bytes; `fill` writes it before anyone else sees it.
  template <class Fill>
  static Bytes make(std::size_t size, Fill&& fill) {
    auto [owner, data] = allocate(size);
    fill(data);
    return Bytes(std::move(owner), data);
  }

  std::size_t size() const { return data_.size(); }
  bool empty() const { return data_.empty(); }
  const std::byte* data() const { return data_.data(); }
  std::span<const std::byte> span() const { return data_; }
  std::string_view text() const {
    return {reinterpret_cast<const char*>(data_.data()), data_.size()};
  }

  /// Bytes [offset, offset + size) sharing the owner. Errors: InvalidArgument when out of range.
  Bytes slice(std::size_t offset, std::size_t size) const;

  /// Takes `next` in as well when it goes on where this ends, within the same owner; else false.
  bool extend(const Bytes& next);

  /// Says that these bytes will hardly be read again. Those of a mapped file leave memory and are
  /// fetched again if they are read after all; other bytes stay.
  void let_go() const {
    if (let_go_ != nullptr) let_go_(data_);
  }

  /// True when let_go() has an effect.
  bool can_let_go() const { return let_go_ != nullptr; }

  /// True when the first byte's address is a multiple of `alignment`.
  bool is_aligned(std::size_t alignment) const {
    return reinterpret_cast<std::uintptr_t>(data_.data()) % alignment == 0;
  }

 private:
  struct Allocation {
    std::shared_ptr<const void> owner;
    std::span<std::byte> data;
  };
  static Allocation allocate(std::size_t size);

  std::shared_ptr<const void> owner_;
  std::span<const std::byte> data_;
  LetGo let_go_ = nullptr;
};

/// 64-byte aligned memory that the caller fills and then freezes into Bytes or frees.
std::shared_ptr<std::byte> allocate_aligned(std::size_t size, std::size_t alignment = 64);

}  // namespace tfjs
