// Named bytes served as an honest static file server does: strong validators, ranges, conditional
// requests.
//
//   TestFiles files;
//   files.put("/m/model.json", json);
//   server.otherwise(files.handler());
//   server.on("/m/w.bin", [&](const TestRequest& request) {        // the same, but cut once
//     TestResponse response = files.answer(request);
//     return request.nth == 0 ? response.close_after_body(10) : response;
//   });
#pragma once

#include <cstdlib>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "tfjs/platform/testing/http_message.h"

namespace tfjs::platform::testing {

/// Copies share their files. May be changed while a server answers with it.
class TestFiles {
 public:
  struct Validators {
    bool has_etag = true;
    bool has_date = false;
    bool takes_ranges = true;
  };

  /// Adds a file or changes its content, and with it its validators.
  void put(const std::string& path, std::string content, Validators validators) {
    std::lock_guard lock(state_->mutex);
    File& file = state_->files[path];
    file.content = std::move(content);
    file.validators = validators;
    ++file.version;
  }
  void put(const std::string& path, std::string content) {
    put(path, std::move(content), Validators());
  }

  TestResponse answer(const TestRequest& request) const {
    std::lock_guard lock(state_->mutex);
    const auto found = state_->files.find(request.path());
    if (found == state_->files.end()) return respond(404, "no such file\n", "text/plain");
    return answer_with(found->second, request);
  }

  std::function<TestResponse(const TestRequest&)> handler() const {
    return [files = *this](const TestRequest& request) { return files.answer(request); };
  }

 private:
  struct File {
    std::string content;
    Validators validators;
    int version = 0;

    std::string etag() const { return validators.has_etag ? cat("\"v", version, "\"") : ""; }
    /// A version is a minute, so that no two of them share a second.
    std::string date() const {
      if (!validators.has_date) return "";
      const int minute = version % 60;
      return cat("Tue, 02 Jan 2024 03:", minute < 10 ? "0" : "", minute, ":00 GMT");
    }
  };
  struct State {
    std::mutex mutex;
    std::map<std::string, File> files;
  };

  static TestResponse answer_with(const File& file, const TestRequest& request) {
    TestResponse whole = respond(200, file.content, "application/octet-stream");
    if (file.validators.has_etag) whole.header("ETag", file.etag());
    if (file.validators.has_date) whole.header("Last-Modified", file.date());
    if (is_unchanged(file, request)) {
      whole.status = 304;
      return whole;
    }
    if (!file.validators.takes_ranges) return whole;
    whole.header("Accept-Ranges", "bytes");
    const auto range = request.header("Range");
    const auto condition = request.header("If-Range");
    const bool is_same = !condition || *condition == file.etag() || *condition == file.date();
    return range && is_same ? part_of(std::move(whole), *range) : whole;
  }

  static bool is_unchanged(const File& file, const TestRequest& request) {
    if (const auto etag = request.header("If-None-Match")) {
      return file.validators.has_etag && *etag == file.etag();
    }
    const auto date = request.header("If-Modified-Since");
    return date && file.validators.has_date && *date == file.date();
  }

  /// `range` is "bytes=FROM-" or "bytes=FROM-TO".
  static TestResponse part_of(TestResponse whole, std::string_view range) {
    const std::size_t size = whole.body.size();
    char* end = nullptr;
    const std::string numbers(range.substr(range.find('=') + 1));
    const std::size_t from = std::strtoull(numbers.c_str(), &end, 10);
    const std::size_t to =
        end[0] == '-' && end[1] != '\0'
            ? std::min<std::size_t>(std::strtoull(end + 1, nullptr, 10), size - 1)
            : size - 1;
    if (from >= size || to < from) {
      whole.status = 416;
      whole.body.clear();
      return whole.header("Content-Range", cat("bytes */", size));
    }
    whole.status = 206;
    whole.body = whole.body.substr(from, to - from + 1);
    return whole.header("Content-Range", cat("bytes ", from, "-", to, "/", size));
  }

  std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace tfjs::platform::testing
