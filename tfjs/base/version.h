// The version of this library; CMakeLists.txt reads it from here.
#pragma once

namespace tfjs {

inline constexpr char kVersion[] = "0.1.0";

}  // namespace tfjs
