// What several tests of io need: a folder that vanishes, errors as values, small artifacts.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/io/model_artifacts.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {

/// A fresh folder, removed with all it holds at the end.
class TestFolder {
 public:
  TestFolder() {
    static int count = 0;
    path_ = cat(testing::TempDir(), "tfjs_io_", getpid(), "_", count++);
    if (platform::files().info(path_)) platform::files().remove_tree(path_);
    platform::files().make_folder(path_);
  }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder() { platform::files().remove_tree(path_); }

  const std::string& path() const { return path_; }
  std::string at(std::string_view name) const { return cat(path_, '/', name); }

  void put(std::string_view name, std::string_view text) const {
    const auto writer = platform::files().create_file(at(name), true);
    writer->write(text);
    writer->close();
  }
  std::string get(std::string_view name) const {
    return std::string(platform::files().read(at(name), 1 << 28).text());
  }
  bool has(std::string_view name) const { return platform::files().info(at(name)).has_value(); }
  std::vector<std::string> list(std::string_view name = ".") const {
    return platform::files().list(at(name));
  }

 private:
  std::string path_;
};

/// The error `work` throws; a test fails when it throws none.
template <class Work>
Error error_of(Work work) {
  try {
    work();
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "nothing was thrown";
  return Error(ErrorCode::Internal, "nothing was thrown");
}

/// For EXPECT_TRUE: the error has this code and its message all of `parts`.
inline testing::AssertionResult says(const Error& error, ErrorCode code,
                                     const std::vector<std::string>& parts) {
  if (error.code() != code) {
    return testing::AssertionFailure() << name(error.code()) << ": " << error.what();
  }
  for (const std::string& part : parts) {
    if (std::string_view(error.what()).find(part) == std::string_view::npos) {
      return testing::AssertionFailure() << "no \"" << part << "\" in: " << error.what();
    }
  }
  return testing::AssertionSuccess();
}

inline std::string sha256_of(std::string_view text) {
  return sha256_hex(bytes_of(text));
}

inline std::string text_of(const WeightData& data) {
  return std::string(data.slice(0, data.size()).text());
}

/// A model of two weights, all of whose values are `value`; `rows` sets its size.
inline ModelArtifacts small_model(float value, std::int64_t rows = 3) {
  ModelArtifacts model;
  model.model_topology = Json::object({{"class_name", "Sequential"}, {"value", value}});
  model.fields.set("format", "layers-model");
  model.fields.set("generatedBy", "test");
  model.fields.set("convertedBy", nullptr);
  EncodedWeights weights = encode_weights(
      {{"d/kernel", Tensor::full({rows, 2}, value), ""}, {"d/bias", Tensor::full({2}, value), ""}});
  model.weight_specs = std::move(weights.specs);
  model.weight_data = std::move(weights.data);
  return model;
}

/// To and from the folder, model.json or archive at `path`.
inline void save_at(const std::string& path, const ModelArtifacts& model,
                    const SaveOptions& options = {}) {
  file_system(path)->save(model, options).get();
}
inline ModelArtifacts load_at(const std::string& path, const LoadOptions& options = {}) {
  return file_system(path)->load(options).get();
}

}  // namespace tfjs::io
