// std::bit_cast for standard libraries that have C++20 but not this (Emscripten 3.1.6): the same
// bits as another type.
#pragma once

#include <type_traits>

namespace tfjs {

template <class To, class From>
constexpr To bit_cast(const From& from) {
  static_assert(sizeof(To) == sizeof(From));
  static_assert(std::is_trivially_copyable_v<To> && std::is_trivially_copyable_v<From>);
  return __builtin_bit_cast(To, from);
}

}  // namespace tfjs
