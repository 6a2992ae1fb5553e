// The models that lie in a folder: what `tfjs ls DIR` shows.
#pragma once

#include <string>
#include <vector>

#include "tfjs/base/progress.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

/// The model in `path`, if it holds a model.json, else those in the folders and zip archives right
/// inside it, by name. No weight is read. Of a folder that is no model nothing is said; a model
/// that cannot be read is a warning. Errors: NotFound; InvalidArgument when `path` is no folder.
std::vector<StoredModel> list_models_in_folder(const std::string& path,
                                               const WarningFn& on_warning = {});

}  // namespace tfjs::io
