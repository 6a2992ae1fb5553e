#include "cli/copy_arguments.h"

#include <CLI/CLI.hpp>
#include <map>

#include "cli/model_argument.h"
#include "cli/output.h"
#include "cli/usage.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::cli {
namespace {

const std::map<std::string, io::Quantization::Kind> kQuantizations = {
    {"uint8", io::Quantization::Kind::Uint8},
    {"uint16", io::Quantization::Kind::Uint16},
    {"float16", io::Quantization::Kind::Float16},
};

void quantize(io::ModelArtifacts& artifacts, io::Quantization::Kind kind) {
  io::EncodedWeights quantized =
      io::quantize_weights(artifacts.weight_specs, artifacts.weight_data, kind);
  artifacts.weight_specs = std::move(quantized.specs);
  artifacts.weight_data = std::move(quantized.data);
}

}  // namespace

std::shared_ptr<CopyArguments> add_copy_arguments(CLI::App& command) {
  auto arguments = std::make_shared<CopyArguments>();
  command.add_option("SRC", arguments->source, kModelHelp)->required();
  command
      .add_option("DST", arguments->destination,
                  "URL, .zip, or folder (made if missing, replaced in one step)")
      ->required();
  command
      .add_option("--quantize", arguments->quantize,
                  "Store float32 weights as uint8, uint16 or float16")
      ->check(CLI::IsMember({"uint8", "uint16", "float16"}));
  command
      .add_option("--shard-bytes", arguments->shard_bytes,
                  "Cut the weights into files of this many bytes")
      ->check(CLI::PositiveNumber);
  command.add_flag("--follow-links", arguments->follow_links,
                   "Let weight paths pass through links that leave the model's folder");
  command.add_flag("--no-verify", arguments->no_verify,
                   "Do not check the SHA-256 sums that model.json may hold");
  add_place_options(command, arguments->place);
  add_method_option(command, arguments->place);
  return arguments;
}

Copy plan_copy(const CopyArguments& arguments) {
  check_headers_for(arguments.source, arguments.destination, arguments.place);
  Copy copy;
  copy.source = arguments.cached ? cached_handler(arguments.source, arguments.place)
                                 : load_handler(arguments.source, arguments.place);
  copy.destination = save_handler(arguments.destination, arguments.place);
  if (!copy.source->place().empty() && copy.source->place() == copy.destination->place()) {
    throw usage_error("source and destination are the same: ", arguments.source);
  }
  copy.options.load.on_progress = progress_line("reading");
  copy.options.load.on_warning = print_warning;
  copy.options.load.follow_links = arguments.follow_links;
  copy.options.load.verify = !arguments.no_verify;
  copy.options.save.on_progress = progress_line("writing");
  copy.options.save.shard_bytes = arguments.shard_bytes;
  if (!arguments.quantize.empty()) {
    const io::Quantization::Kind kind = kQuantizations.at(arguments.quantize);
    copy.options.change = [kind](io::ModelArtifacts& artifacts) { quantize(artifacts, kind); };
  }
  return copy;
}

void print_copied(const CopyArguments& arguments, const io::SaveResult& saved) {
  const io::ModelArtifactsInfo& info = saved.model_artifacts_info;
  print(cat(without_password(arguments.source), " -> ", without_password(arguments.destination),
            ": topology ", size_text(info.model_topology_bytes), ", weights ",
            size_text(info.weight_data_bytes), "\n"));
}

}  // namespace tfjs::cli
