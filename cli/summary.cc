#include <CLI/CLI.hpp>

#include "cli/model_argument.h"
#include "cli/output.h"

namespace tfjs::cli {

void add_summary(CLI::App& app) {
  auto* command = app.add_subcommand(
      "summary", "Print the layers, output shapes and parameter counts of a model");
  auto arguments = add_model_argument(*command);
  command->footer("Example: tfjs summary my-model/");
  command->callback([arguments] { print(load_model(*arguments).summary()); });
}

}  // namespace tfjs::cli
