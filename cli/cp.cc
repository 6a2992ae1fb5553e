#include <CLI/CLI.hpp>

#include "cli/model_argument.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "tfjs/io/router.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/platform/files.h"

namespace tfjs::cli {
namespace {

struct CpArguments {
  std::string source;
  std::string destination;
  std::string quantize;
  std::uint64_t shard_bytes = 0;
  bool follow_links = false;
  bool no_verify = false;
};

const std::map<std::string, io::Quantization::Kind> kQuantizations = {
    {"uint8", io::Quantization::Kind::Uint8},
    {"uint16", io::Quantization::Kind::Uint16},
    {"float16", io::Quantization::Kind::Float16},
};

/// The place behind a handler's URL: for files the folder with every link resolved.
std::string place(const io::IOHandler& handler) {
  constexpr std::string_view kFile = "file://";
  constexpr std::string_view kJson = "/model.json";
  const std::string url = handler.description();
  if (!url.starts_with(kFile)) return url;
  std::string path = platform::files().resolve(url.substr(kFile.size()));
  if (path.ends_with(kJson)) path.erase(path.size() - kJson.size());
  return path;
}

void copy(const CpArguments& arguments) {
  const io::IOHandlerPtr source = load_handler(arguments.source);
  const io::IOHandlerPtr destination = save_handler(arguments.destination);
  if (place(*source) == place(*destination)) {
    throw usage_error("source and destination are the same: ", arguments.source);
  }
  io::ModelArtifacts artifacts = source
                                     ->load(load_options({.model = arguments.source,
                                                          .follow_links = arguments.follow_links,
                                                          .no_verify = arguments.no_verify}))
                                     .get();
  if (!arguments.quantize.empty()) {
    io::EncodedWeights quantized = io::quantize_weights(
        artifacts.weight_specs, artifacts.weight_data, kQuantizations.at(arguments.quantize));
    artifacts.weight_specs = std::move(quantized.specs);
    artifacts.weight_data = std::move(quantized.data);
  }
  const io::SaveResult saved = destination
                                   ->save(artifacts, {.on_progress = progress_line("writing"),
                                                      .shard_bytes = arguments.shard_bytes})
                                   .get();
  const io::ModelArtifactsInfo& info = saved.model_artifacts_info;
  print(cat(arguments.source, " -> ", arguments.destination, ": topology ",
            size_text(info.model_topology_bytes), ", weights ", size_text(info.weight_data_bytes),
            "\n"));
}

}  // namespace

void add_cp(CLI::App& app) {
  auto* command = app.add_subcommand(
      "cp", "Copy a model, keeping every field and byte; optionally shrink its weights");
  auto arguments = std::make_shared<CpArguments>();
  command
      ->add_option("SRC", arguments->source, "URL, model.json, the folder that holds one, or a zip")
      ->required();
  command
      ->add_option("DST", arguments->destination,
                   "URL, folder or .zip (made if missing, replaced in one step)")
      ->required();
  command
      ->add_option("--quantize", arguments->quantize,
                   "Store float32 weights as uint8, uint16 or float16")
      ->check(CLI::IsMember({"uint8", "uint16", "float16"}));
  command
      ->add_option("--shard-bytes", arguments->shard_bytes,
                   "Cut the weights into files of this many bytes")
      ->check(CLI::PositiveNumber);
  command->add_flag("--follow-links", arguments->follow_links,
                    "Let weight paths pass through links that leave the model's folder");
  command->add_flag("--no-verify", arguments->no_verify,
                    "Do not check the SHA-256 sums that model.json may hold");
  command->footer(
      "Examples:\n"
      "  tfjs cp my-model/ backup/\n"
      "  tfjs cp my-model/model.json small/ --quantize uint8\n"
      "  tfjs cp my-model/ web/ --shard-bytes 4194304");
  command->callback([arguments] { copy(*arguments); });
}

}  // namespace tfjs::cli
