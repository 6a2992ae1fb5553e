#include <CLI/CLI.hpp>

#include "cli/copy_arguments.h"

namespace tfjs::cli {
namespace {

void move(const CopyArguments& arguments) {
  const Copy copy = plan_copy(arguments);
  print_copied(arguments, io::move_model(copy.source, copy.destination, copy.options).get());
}

}  // namespace

void add_mv(CLI::App& app) {
  auto* command = app.add_subcommand(
      "mv", "Move a model: copy it, compare the copy with it byte by byte, then remove it");
  auto arguments = add_copy_arguments(*command);
  command->footer(
      "Examples:\n"
      "  tfjs mv localstorage://draft indexeddb://final\n"
      "  tfjs mv my-model/ archive/my-model.zip");
  command->callback([arguments] { move(*arguments); });
}

}  // namespace tfjs::cli
