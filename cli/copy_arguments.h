// What cp and mv have in common: SRC, DST, and how to read and write them.
#pragma once

#include <memory>
#include <string>

#include "cli/place_options.h"
#include "tfjs/io/model_management.h"

namespace CLI {
class App;
}

namespace tfjs::cli {

struct CopyArguments {
  std::string source;
  std::string destination;
  std::string quantize;
  std::uint64_t shard_bytes = 0;
  bool follow_links = false;
  bool no_verify = false;
  bool cached = false;
  PlaceOptions place = {};
};

/// Adds SRC, DST and all options of `arguments`.
std::shared_ptr<CopyArguments> add_copy_arguments(CLI::App& command);

/// The two handlers and how to copy between them.
/// Errors: UsageError for URLs that cannot be meant and for one place named twice.
struct Copy {
  io::IOHandlerPtr source;
  io::IOHandlerPtr destination;
  io::CopyOptions options;
};
Copy plan_copy(const CopyArguments& arguments);

/// "a -> b: topology 1.2 KiB, weights 3.4 MiB"
void print_copied(const CopyArguments& arguments, const io::SaveResult& saved);

}  // namespace tfjs::cli
