// A model in files that somebody hands over: dropped on a page, chosen in a dialog, named on a
// command line. Load only.
//
//   tf::io::browser_files({"my-model.json", "my-model.weights.bin"})
//   tf::io::browser_files({{"model.json", json}, {"weights.bin", weights}})
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "tfjs/io/io_handler.h"

namespace tfjs::io {

/// A file: on disk, or in memory under a name.
struct File {
  /// The file, folder or zip archive at `path`.
  File(std::string path) : name(std::move(path)) {}  // NOLINT(google-explicit-constructor)
  File(const char* path) : name(path) {}             // NOLINT(google-explicit-constructor)
  /// `name` may have folders in it: "my-model/weights.bin".
  File(std::string name, Bytes content) : name(std::move(name)), content(std::move(content)) {}

  std::string name;
  std::optional<Bytes> content;  ///< nothing: `name` is a path
};

struct BrowserFilesOptions {
  /// Loads the topology alone, without weights and their specs, whether or not weight files are
  /// there. Must be asked for: weights that were forgotten would be random ones.
  bool topology_only = false;
};

/// The model in `files`, in any order: its JSON, the only one among them that has a topology or a
/// manifest, and its weight files; or one folder that holds these; or one zip archive. Weight files
/// are those at the manifest's paths from the JSON's folder, else those whose last names are equal.
/// What is left over gets a warning, unless it is what systems add (".DS_Store" and the like) or
/// lies in a folder. Errors when loading: InvalidArgument: no files, several JSONs of models, two
/// files for one weight path or two paths for one file, a manifest that is missing; NotFound: no
/// JSON, weight files that are missing (all are named), a path that is not there; those of
/// read_model and of zip archives.
IOHandlerPtr browser_files(std::vector<File> files, BrowserFilesOptions options = {});

}  // namespace tfjs::io
