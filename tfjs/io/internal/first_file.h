// The file at a model's URL, fetched into memory before it is known what it is.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "tfjs/io/internal/http_cache.h"
#include "tfjs/io/internal/http_fetch.h"

namespace tfjs::io::internal {

class FirstFile : public FetchTarget {
 public:
  /// Takes at most `most` bytes. `kept` is asked for the copy in a cache, if there is one.
  FirstFile(std::string name, std::uint64_t most, std::function<Bytes()> kept);

  void begin(std::optional<std::uint64_t> length, const platform::HttpHead& head) override;
  bool take(std::span<const std::byte> data) override;
  bool take_kept() override;
  void finish() override {}

  const std::string& content() const { return content_; }
  /// A word about an answer that looks like no file; or "".
  const std::string& note() const { return note_; }
  /// Of the version that came; empty for the copy that was kept.
  const HttpValidators& validators() const { return validators_; }
  bool is_kept() const { return is_kept_; }

 private:
  void check(std::uint64_t size) const;

  std::string name_;
  std::uint64_t most_;
  std::function<Bytes()> kept_;
  std::string content_;
  std::string note_;
  HttpValidators validators_;
  bool is_kept_ = false;
};

/// A word about an answer that is a page for people, not a file; or "".
std::string content_note(const platform::HttpHead& head);

HttpValidators validators_of(const platform::HttpHead& head);

/// Why `text`, from a URL with that path, is no JSON, where that can be guessed; or "".
std::string json_hint(std::string_view path, std::string_view text);

}  // namespace tfjs::io::internal
