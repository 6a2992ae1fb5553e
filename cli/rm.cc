// Removes a model from where it is: of a folder the model's own files, nothing else.
#include <CLI/CLI.hpp>

#include "cli/model_argument.h"
#include "cli/output.h"

namespace tfjs::cli {
namespace {

struct RmArguments {
  std::vector<std::string> models;
  PlaceOptions place = {};
};

void remove(const RmArguments& arguments) {
  for (const std::string& model : arguments.models) {
    load_handler(model, arguments.place)->remove().get();
    print(cat(without_password(model), ": removed\n"));
  }
}

}  // namespace

void add_rm(CLI::App& app) {
  auto* command = app.add_subcommand("rm", "Remove models; other files in their folders stay");
  auto arguments = std::make_shared<RmArguments>();
  command->add_option("MODEL", arguments->models, kModelHelp)->required();
  command->add_option("--store", arguments->place.store,
                      "Database of localstorage:// and indexeddb://");
  command->footer(
      "Examples:\n"
      "  tfjs rm indexeddb://my-model\n"
      "  tfjs rm old-model/");
  command->callback([arguments] { remove(*arguments); });
}

}  // namespace tfjs::cli
