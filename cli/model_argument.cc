#include "cli/model_argument.h"

#include <CLI/CLI.hpp>

#include "cli/output.h"
#include "cli/usage.h"
#include "tfjs/io/router.h"

namespace tfjs::cli {

std::shared_ptr<ModelArguments> add_model_argument(CLI::App& command) {
  auto arguments = std::make_shared<ModelArguments>();
  command
      .add_option("MODEL", arguments->model, "URL, model.json, the folder that holds one, or a zip")
      ->required();
  command.add_flag("--follow-links", arguments->follow_links,
                   "Let weight paths pass through links that leave the model's folder");
  command.add_flag("--no-verify", arguments->no_verify,
                   "Do not check the SHA-256 sums that model.json may hold");
  return arguments;
}

void add_run_options(CLI::App& command, ModelArguments& arguments) {
  command.add_flag("--no-strict", arguments.no_strict, "Accept missing and surplus weights");
  command.add_option("--threads", arguments.threads, "Threads to use (default: all cores)")
      ->check(CLI::Range(1, 1024));
}

io::IOHandlerPtr load_handler(const std::string& model) {
  if (model.empty()) throw usage_error("MODEL is empty");
  try {
    return io::default_router().load_handler(io::url_of(model));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::InvalidArgument) throw usage_error(error.what());
    throw;
  }
}

io::IOHandlerPtr save_handler(const std::string& model) {
  if (model.empty()) throw usage_error("the destination is empty");
  try {
    return io::default_router().save_handler(io::url_of(model));
  } catch (const Error& error) {
    if (error.code() == ErrorCode::InvalidArgument) throw usage_error(error.what());
    throw;
  }
}

io::LoadOptions load_options(const ModelArguments& arguments) {
  io::LoadOptions options;
  options.on_progress = progress_line("reading");
  options.on_warning = print_warning;
  options.follow_links = arguments.follow_links;
  options.verify = !arguments.no_verify;
  return options;
}

models::LayersModel load_model(const ModelArguments& arguments) {
  const io::LoadOptions from = load_options(arguments);
  return models::load_layers_model(load_handler(arguments.model),
                                   {.strict = !arguments.no_strict,
                                    .on_progress = from.on_progress,
                                    .on_warning = from.on_warning,
                                    .threads = arguments.threads,
                                    .follow_links = from.follow_links,
                                    .verify = from.verify})
      .get();
}

}  // namespace tfjs::cli
