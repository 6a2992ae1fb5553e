// tfjs: look at, check, run, measure and copy TensorFlow.js models.
//
// Exit codes: 0 done, 1 it failed (one line on stderr), 2 wrong usage.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <exception>

#include "cli/output.h"
#include "cli/usage.h"
#include "tfjs/base/error.h"

namespace tfjs::cli {

#define COMMAND(name) void add_##name(CLI::App& app);
#include "cli/commands.def"
#undef COMMAND

namespace {

int run(int argc, char** argv) {
  CLI::App app("Looks at, checks, runs, measures and copies TensorFlow.js models.", "tfjs");
  app.set_version_flag("--version", std::string("tfjs ") + TFJS_VERSION);
  app.require_subcommand(1);
  app.footer(
      "MODEL is a URL (file://...), a model.json, the folder that holds one, or a zip archive.\n"
      "Exit codes: 0 done, 1 it failed, 2 wrong usage.\n"
      "`tfjs COMMAND --help` shows the options of a command and examples.");
#define COMMAND(name) add_##name(app);
#include "cli/commands.def"
#undef COMMAND

  try {
    try {
      app.parse(argc, argv);
    } catch (const CLI::Success& help) {
      app.exit(help);
    }
    flush_output();
    return 0;
  } catch (const CLI::ParseError& error) {
    print_error(error.what());
    std::fputs("Run `tfjs --help` or `tfjs COMMAND --help` for the usage.\n", stderr);
    return 2;
  } catch (const UsageError& error) {
    print_error(error.what());
    return 2;
  } catch (const std::bad_alloc&) {
    print_error("out of memory");
    return 1;
  } catch (const std::exception& error) {
    print_error(error.what());
    return 1;
  }
}

}  // namespace
}  // namespace tfjs::cli

int main(int argc, char** argv) {
#ifdef SIGXFSZ
  std::signal(SIGXFSZ, SIG_IGN);  // a file-size limit is an ordinary write error
#endif
#ifdef SIGPIPE
  std::signal(SIGPIPE, SIG_IGN);
#endif
  return tfjs::cli::run(argc, argv);
}
