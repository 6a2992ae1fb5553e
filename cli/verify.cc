// Everything that can be checked of a model without running it: JSON, manifest, file lengths and
// sums, weight values' sizes, topology, and that every weight of the topology has its value.
#include <CLI/CLI.hpp>

#include "cli/model_argument.h"
#include "cli/output.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::cli {
namespace {

void verify(const ModelArguments& arguments) {
  std::vector<std::string> warnings;
  io::LoadOptions options = load_options(arguments);
  options.on_warning = [&warnings](const std::string& message) { warnings.push_back(message); };
  const io::ModelArtifacts artifacts =
      load_handler(arguments.model, arguments.place)->load(options).get();
  if (!warnings.empty()) throw corrupt_data(join(warnings, "; "));
  const std::vector<io::NamedTensor> weights =
      io::decode_weights(artifacts.weight_specs, artifacts.weight_data, artifacts.origin);

  std::string checked = "files and weights";
  if (artifacts.format() != "graph-model") {
    models::load_layers_model(io::from_memory(artifacts), {.strict = !arguments.no_strict}).get();
    checked = "files, weights and topology";
  }
  print(cat(arguments.model, ": ok (", checked, "; ", weights.size(), " weights, ",
            size_text(artifacts.weight_data.size()), ")\n"));
}

}  // namespace

void add_verify(CLI::App& app) {
  auto* command = app.add_subcommand(
      "verify", "Check a model's files, sums, weights and topology without running it");
  auto arguments = add_model_argument(*command);
  command->add_flag("--no-strict", arguments->no_strict, "Accept missing and surplus weights");
  command->footer("Example: tfjs verify my-model/");
  command->callback([arguments] { verify(*arguments); });
}

}  // namespace tfjs::cli
