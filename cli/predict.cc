#include <CLI/CLI.hpp>
#include <map>

#include "cli/model_argument.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "tfjs/io/npy.h"
#include "tfjs/platform/files.h"

namespace tfjs::cli {
namespace {

struct PredictArguments {
  std::shared_ptr<ModelArguments> model;
  std::vector<std::string> inputs;
  std::string output_dir;
  int batch_size = 32;
  bool json = false;
};

/// The tensors in the model's input order, from "[NAME=]FILE.npy" arguments.
std::vector<Tensor> read_inputs(const std::vector<std::string>& arguments,
                                const std::vector<std::string>& names) {
  if (arguments.size() != names.size()) {
    throw invalid_argument("predict: the model has ", names.size(), " input",
                           names.size() == 1 ? "" : "s", " (", join(names, ", "), "), but ",
                           arguments.size(), " --input came");
  }
  std::map<std::string, std::string> named;
  std::vector<std::string> in_order;
  for (const std::string& argument : arguments) {
    const std::size_t equals = argument.find('=');
    const std::string name = argument.substr(0, equals == std::string::npos ? 0 : equals);
    const bool is_named = std::find(names.begin(), names.end(), name) != names.end();
    if (!is_named) {
      in_order.push_back(argument);
    } else if (!named.emplace(name, argument.substr(equals + 1)).second) {
      throw usage_error("--input ", tfjs::quoted(name), " comes twice");
    }
  }
  std::vector<Tensor> tensors;
  auto next = in_order.begin();
  for (const std::string& name : names) {
    auto found = named.find(name);
    tensors.push_back(io::read_npy_file(found != named.end() ? found->second : *next++));
  }
  return tensors;
}

Json dims_json(const Shape& shape) {
  Json::Array dims;
  for (std::int64_t dim : shape.dims()) dims.emplace_back(dim);
  return Json(std::move(dims));
}

void predict(const PredictArguments& arguments) {
  models::LayersModel model = load_model(*arguments.model);
  const std::vector<Tensor> inputs = read_inputs(arguments.inputs, model.input_names());
  const std::vector<Tensor> outputs = model.predict(
      inputs, {.batch_size = arguments.batch_size, .threads = arguments.model->threads});

  platform::files().make_folders(arguments.output_dir);
  const std::vector<std::string> names = model.output_names();
  Json::Array report;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::string file = cat(arguments.output_dir, "/out", i, ".npy");
    io::write_npy_file(file, outputs[i]);
    const std::string& output = names[i];
    report.push_back(Json::object({{"name", output},
                                   {"shape", dims_json(outputs[i].shape())},
                                   {"dtype", name(outputs[i].dtype())},
                                   {"file", file}}));
    if (!arguments.json) print(cat(output, " ", outputs[i].spec(), " -> ", file, "\n"));
  }
  if (arguments.json)
    print(write_json(Json::object({{"outputs", Json(std::move(report))}})) + "\n");
}

}  // namespace

void add_predict(CLI::App& app) {
  auto* command = app.add_subcommand(
      "predict", "Run a model on .npy files and write its outputs as .npy files");
  auto arguments = std::make_shared<PredictArguments>();
  arguments->model = add_model_argument(*command);
  add_run_options(*command, *arguments->model);
  command
      ->add_option("--input", arguments->inputs,
                   "[NAME=]FILE.npy; without NAME in the model's input order")
      ->required();
  command
      ->add_option("--output-dir", arguments->output_dir,
                   "Folder for out0.npy, out1.npy, ... (made if missing)")
      ->required();
  command->add_option("--batch-size", arguments->batch_size, "Samples per run (default 32)")
      ->check(CLI::Range(1, 1 << 30));
  command->add_flag("--json", arguments->json, "Print names, shapes and files as JSON");
  command->footer(
      "Examples:\n"
      "  tfjs predict my-model/ --input x.npy --output-dir out/\n"
      "  tfjs predict my-model/ --input left=a.npy right=b.npy --output-dir out/ --json");
  command->callback([arguments] { predict(*arguments); });
}

}  // namespace tfjs::cli
