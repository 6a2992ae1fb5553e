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
  return copy_of(bytes_of(text));
}

Bytes Bytes::take(std::vector<std::byte> data) {
  auto owner = std::make_shared<const std::vector<std::byte>>(std::move(data));
  const std::span<const std::byte> view(*owner);
  return Bytes(std::move(owner), view);
}

Bytes Bytes::take(std::string text) {
  auto owner = std::make_shared<const std::string>(std::move(text));
  const auto view = bytes_of(*owner);
  return Bytes(std::move(owner), view);
}

Bytes Bytes::slice(std::size_t offset, std::size_t size) const {
  if (offset > data_.size() || size > data_.size() - offset) {
    throw invalid_argument("bytes: cannot take ", size, " bytes at offset ", offset, " of ",
                           data_.size());
  }
  return Bytes(owner_, data_.subspan(offset, size), let_go_);
}

bool Bytes::extend(const Bytes& next) {
  const bool is_same_owner =
      owner_ && !owner_.owner_before(next.owner_) && !next.owner_.owner_before(owner_);
  if (!is_same_owner || let_go_ != next.let_go_) return false;
  if (data_.data() + data_.size() != next.data_.data()) return false;
  data_ = {data_.data(), data_.size() + next.data_.size()};
  return true;
}

}  // namespace tfjs
