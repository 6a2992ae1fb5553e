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

/// Checks that the model is one whole save, and returns its number.
inline int check_whole(const ModelArtifacts& model) {
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

/// The number of the model at `path`, checked.
inline int load_whole(const std::string& path) {
  return check_whole(file_system(path)->load({}).get());
}

/// The ways a save puts a model in place: a new folder for the old one, file by file because there
/// are folders inside, an archive for the old one.
enum class PlaceKind { ExchangedFolder, FolderPutInPlace, Archive };

inline const auto kPlaceKinds =
    testing::Values(PlaceKind::ExchangedFolder, PlaceKind::FolderPutInPlace, PlaceKind::Archive);

inline std::string place_name(const testing::TestParamInfo<PlaceKind>& test) {
  switch (test.param) {
    case PlaceKind::ExchangedFolder:
      return "Exchanged";
    case PlaceKind::FolderPutInPlace:
      return "PutInPlace";
    case PlaceKind::Archive:
      return "Archive";
  }
  return "";
}

/// The place a test saves to, the only thing in `folder`.
inline std::string make_place(const TestFolder& folder, PlaceKind kind) {
  if (kind == PlaceKind::Archive) return folder.at("model.zip");
  const std::string path = folder.at("model");
  if (kind == PlaceKind::FolderPutInPlace) platform::files().make_folders(path + "/inner");
  return path;
}

/// The names in the folder a model is saved to; none when it is an archive.
inline std::vector<std::string> names_inside(const std::string& path) {
  const auto info = platform::files().info(path);
  return info && info->is_folder() ? platform::files().list(path) : std::vector<std::string>{};
}

}  // namespace tfjs::io
