// One spelling for the many ways to write a name: "glorotNormal", "glorot_normal" and
// "GlorotNormal" fold to the same key.
#pragma once

#include <string>
#include <string_view>

namespace tfjs::layers {

/// Lower case, without underscores.
inline std::string folded_name(std::string_view name) {
  std::string out;
  for (char c : name) {
    if (c == '_') continue;
    out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return out;
}

}  // namespace tfjs::layers
