#include "tfjs/base/bytes.h"

#include <cstring>
#include <new>

#include "tfjs/base/error.h"

namespace tfjs {

std::shared_ptr<std::byte> allocate_aligned(std::size_t size, std::size_t alignment) {
  const std::align_val_t align{alignment};
  void* memory = ::operator new(size, align);
  return std::shared_ptr<std::byte>(static_cast<std::byte*>(memory),
                                    [align](std::byte* p) { ::operator delete(p, align); });
}

Bytes::Allocation Bytes::allocate(std::size_t size) {
  std::shared_ptr<std::byte> owner = allocate_aligned(size);
  std::byte* data = owner.get();
  return {std::move(owner), {data, size}};
}

Bytes Bytes::copy_of(std::span<const std::byte> data) {
  return make(data.size(), [&](std::span<std::byte> out) {
    if (!data.empty()) std::memcpy(out.data(), data.data(), data.size());
  });
}

Bytes Bytes::copy_of(std::string_view text) {
  return copy_of(std::as_bytes(std::span<const char>(text.data(), text.size())));
}

Bytes Bytes::take(std::vector<std::byte> data) {
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(data));
  const std::span<const std::byte> view(*owner);
  return Bytes(std::move(owner), view);
}

Bytes Bytes::take(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const auto view = std::as_bytes(std::span<const char>(owner->data(), owner->size()));
  return Bytes(std::move(owner), view);
}

Bytes Bytes::slice(std::size_t offset, std::size_t size) const {
  if (offset > data_.size() || size > data_.size() - offset) {
    throw invalid_argument("bytes: cannot take ", size, " bytes at offset ", offset, " of ",
                           data_.size());
  }
  return Bytes(owner_, data_.subspan(offset, size), let_go_);
}

std::optional<Bytes> Bytes::joined_with(const Bytes& next) const {
  const bool is_next = owner_ != nullptr && owner_ == next.owner_ && let_go_ == next.let_go_ &&
                       data_.data() + data_.size() == next.data();
  if (!is_next) return std::nullopt;
  return Bytes(owner_, {data_.data(), data_.size() + next.size()}, let_go_);
}

}  // namespace tfjs
