#include "tfjs/io/internal/first_file.h"

#include <algorithm>

#include "tfjs/base/error.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::io::internal {
namespace {

/// Memory is taken on the server's word for this many times what has come.
constexpr std::uint64_t kTrust = 4;

}  // namespace

FirstFile::FirstFile(std::string name, std::uint64_t most_json, std::uint64_t most_archive,
                     std::function<Bytes()> kept)
    : name_(std::move(name)),
      most_json_(most_json),
      most_archive_(most_archive),
      kept_(std::move(kept)) {}

void FirstFile::begin(std::optional<std::uint64_t> length, const platform::HttpHead& head) {
  content_.clear();
  note_ = content_note(head);
  validators_ = validators_of(head);
  length_ = length.value_or(0);
}

bool FirstFile::take(std::span<const std::byte> data) {
  const std::uint64_t size = content_.size() + data.size();
  if (content_.capacity() < size && length_ <= size * kTrust) {
    content_.reserve(static_cast<std::size_t>(std::max(length_, size)));
  }
  content_.append(reinterpret_cast<const char*>(data.data()), data.size());
  check(std::max(size, length_));
  return true;
}

bool FirstFile::take_kept() {
  is_kept_ = true;
  content_.clear();
  return take(kept_().span());
}

void FirstFile::check(std::uint64_t size) const {
  const std::uint64_t most = is_archive() ? most_archive_ : most_json_;
  if (size <= most) return;
  throw corrupt_data(name_, " has more than ", most, " bytes, the limit for a model's ",
                     is_archive() ? "archive" : "JSON", note_);
}

std::string content_note(const platform::HttpHead& head) {
  const std::string type = header_or_empty(head, "Content-Type");
  const std::string_view kind = platform::trimmed(std::string_view(type).substr(0, type.find(';')));
  const bool is_page = platform::is_same_word(kind, "text/html");
  return is_page ? " (the server sent text/html: a page in place of the file?)" : "";
}

HttpValidators validators_of(const platform::HttpHead& head) {
  return {header_or_empty(head, "ETag"), header_or_empty(head, "Last-Modified")};
}

std::string json_hint(std::string_view path, std::string_view text) {
  const std::string_view start = platform::trimmed(text.substr(0, 512));
  if (path.ends_with(".pb")) {
    return " (a .pb file is a TensorFlow model; the URL must be that of the model.json that "
           "tensorflowjs_converter makes of it)";
  }
  if (start.starts_with('<')) return " (this is HTML or XML: a page in place of model.json?)";
  if (start.empty()) return " (the file is empty)";
  return "";
}

}  // namespace tfjs::io::internal
