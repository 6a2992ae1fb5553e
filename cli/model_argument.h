// The MODEL argument and the options that say how to read it, shared by the subcommands.
#pragma once

#include <memory>
#include <string>

#include "tfjs/io/io_handler.h"
#include "tfjs/models/load_layers_model.h"

namespace CLI {
class App;
}

namespace tfjs::cli {

struct ModelArguments {
  std::string model;
  bool follow_links = false;
  bool no_verify = false;
  bool no_strict = false;
  int threads = 0;  ///< 0: as many as there are cores
};

/// Adds MODEL, --follow-links and --no-verify.
std::shared_ptr<ModelArguments> add_model_argument(CLI::App& command);
/// Adds --no-strict and --threads.
void add_run_options(CLI::App& command, ModelArguments& arguments);

/// The handler that reads MODEL. Errors: UsageError for an unknown scheme or an empty name.
io::IOHandlerPtr load_handler(const std::string& model);
/// Likewise for a destination.
io::IOHandlerPtr save_handler(const std::string& model);

/// How MODEL is read: warnings to stderr, progress on terminals.
io::LoadOptions load_options(const ModelArguments& arguments);

models::LayersModel load_model(const ModelArguments& arguments);

}  // namespace tfjs::cli
