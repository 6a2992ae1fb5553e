// The MODEL argument and the options that say how to read it, shared by the subcommands.
#pragma once

#include <memory>
#include <string>

#include "cli/place_options.h"
#include "tfjs/io/io_handler.h"
#include "tfjs/models/load_layers_model.h"

namespace CLI {
class App;
}

namespace tfjs::cli {

/// What a MODEL may be, for help texts.
inline constexpr const char* kModelHelp =
    "URL, model.json, .zip, or the folder that holds a model.json";

struct ModelArguments {
  std::string model;
  PlaceOptions place = {};
  bool follow_links = false;
  bool no_verify = false;
  bool no_strict = false;
  int threads = 0;  ///< 0: as many as there are cores
};

/// Adds MODEL, --follow-links, --no-verify and the place options.
std::shared_ptr<ModelArguments> add_model_argument(CLI::App& command);
/// Adds --no-strict and --threads.
void add_run_options(CLI::App& command, ModelArguments& arguments);

/// How MODEL is read: warnings to stderr, progress on terminals.
io::LoadOptions load_options(const ModelArguments& arguments);

models::LayersModel load_model(const ModelArguments& arguments);

}  // namespace tfjs::cli
