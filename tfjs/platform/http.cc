#include "tfjs/platform/http.h"

#include <algorithm>

#include "tfjs/platform/http_text.h"

namespace tfjs::platform {

const std::string* find_header(const HttpHeaders& headers, std::string_view name) {
  for (const auto& header : headers) {
    if (is_same_word(header.first, name)) return &header.second;
  }
  return nullptr;
}

bool is_http_token(std::string_view name) {
  const auto can_be = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), can_be);
}

bool is_http_header_value(std::string_view value) {
  return value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

}  // namespace tfjs::platform
