// file://: a model in a folder, model.json beside its weight files. The handler itself is made by
// file_system() of router.h; here is what else can be done with such a folder.
#pragma once

#include <string>

namespace tfjs::io {

/// Removes model.json and the weight files it names, and nothing else: other files and the folder
/// stay. `path` is the folder or its model.json. Errors: NotFound when no model is there.
void remove_model_files(const std::string& path);

}  // namespace tfjs::io
