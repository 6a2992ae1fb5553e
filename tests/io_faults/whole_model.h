// Models that show a mix of two saves: every value, the topology and the number of shards follow
// from one number.
#pragma once

#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

inline void save_whole(const std::string& path, int number, std::int64_t rows) {
  SaveOptions options;
  if (number % 3 == 0) options.shard_bytes = static_cast<std::uint64_t>(rows) * 3;
  file_system(path)->save(small_model(static_cast<float>(number), rows), options).get();
}

/// Loads the model at `path`, checks that it is one whole save, and returns its number.
inline int load_whole(const std::string& path) {
  const ModelArtifacts model = file_system(path)->load({}).get();
  const double number = model.model_topology.at("value", "topology").as_number("value");
  for (const NamedTensor& weight : decode_weights(model.weight_specs, model.weight_data)) {
    for (float value : weight.tensor.data<float>()) {
      if (value != number) {
        ADD_FAILURE() << weight.name << " holds " << value << " in the model of " << number;
        return -1;
      }
    }
  }
  return static_cast<int>(number);
}

/// The folder a test saves to. A folder with folders in it is saved to file by file.
inline std::string make_place(const TestFolder& folder, bool has_inner_folder) {
  const std::string path = folder.at("model");
  if (has_inner_folder) platform::files().make_folders(path + "/inner");
  return path;
}

}  // namespace tfjs::io
