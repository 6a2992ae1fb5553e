// file://: a model in a folder, model.json beside its weight files, or the same in a zip archive.
// The handler itself is made by file_system() of router.h; here is what else can be done with such
// a place.
#pragma once

#include <string>

namespace tfjs::io {

/// Removes model.json and the weight files it names, and nothing else: other files and the folder
/// stay. `path` is the folder or its model.json, or a zip archive that holds a model, which is
/// removed as a whole. Errors: NotFound when no model is there; CorruptData: an archive that cannot
/// be read.
void remove_model_files(const std::string& path);

}  // namespace tfjs::io
