#include <CLI/CLI.hpp>

#include "cli/copy_arguments.h"

namespace tfjs::cli {
namespace {

void copy(const CopyArguments& arguments) {
  const Copy copy = plan_copy(arguments);
  print_copied(arguments, io::copy_model(copy.source, copy.destination, copy.options).get());
}

}  // namespace

void add_cp(CLI::App& app) {
  auto* command = app.add_subcommand(
      "cp", "Copy a model, keeping every field and byte; optionally shrink its weights");
  auto arguments = add_copy_arguments(*command);
  command->add_flag("--cached", arguments->cached,
                    "Keep a copy of a server's model in the user's store: fetch only what has "
                    "changed, work without the server");
  command->footer(
      "Examples:\n"
      "  tfjs cp my-model/ backup/\n"
      "  tfjs cp my-model/model.json small.zip --quantize uint8\n"
      "  tfjs cp my-model/ web/ --shard-bytes 4194304\n"
      "  tfjs cp https://example.org/m/model.json indexeddb://m\n"
      "  tfjs cp my-model/ http://models.local/upload --method PUT -H 'Authorization: Bearer ...'");
  command->callback([arguments] { copy(*arguments); });
}

}  // namespace tfjs::cli
