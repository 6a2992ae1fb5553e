// A model in a zip archive: what a model's folder holds, in one file. Saved as model.json and the
// weight files it names, all stored; loaded from what any zip program makes of such a folder.
#pragma once

#include <optional>
#include <string>

#include "tfjs/io/io_handler.h"

namespace tfjs::io::internal {

/// The content of `path` when that is a regular file that begins as zip archives do.
std::optional<Bytes> open_zip(const std::string& path);

/// True for a path that a model is saved to as an archive: "NAME.zip".
bool means_zip(const std::string& path);

/// The model in `zip`: at the top of the archive or in the only folder there that has one. Its JSON
/// is model.json, or else the only file there whose name ends in ".json". Weight paths go from the
/// folder of the JSON, or from options.weight_path_prefix within the archive. Stored weights are
/// views of `zip`. `shown` names the archive in messages.
/// Errors: those of ZipArchive and read_model; NotFound: no JSON, a weight file that is not there;
/// InvalidArgument: several models; CorruptData: compressed weights that unpack to more than the
/// specs account for.
ModelArtifacts read_model_zip(Bytes zip, const std::string& shown, const LoadOptions& options);

/// Replaces the file `path` at once. Errors: those of FileUpdate, and of every save.
SaveResult save_model_zip(const std::string& path, const ModelArtifacts& artifacts,
                          const SaveOptions& options);

/// Removes the file `path`. Errors: those of read_model_zip when it holds no model.
void remove_model_zip(const std::string& path);

}  // namespace tfjs::io::internal
