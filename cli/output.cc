#include "cli/output.h"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>

#include "tfjs/base/error.h"
#include "tfjs/base/text.h"

namespace tfjs::cli {
namespace {

bool colour_wanted(int descriptor) {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(descriptor) && (no_color == nullptr || *no_color == '\0');
}

/// Text that no terminal can be fooled by: names in models may hold anything.
std::string escaped(std::string_view text, bool keep_lines) {
  std::string out;
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte >= 0x20 && byte != 0x7F) || (keep_lines && c == '\n')) {
      out.push_back(c);
      continue;
    }
    constexpr char kHex[] = "0123456789abcdef";
    out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : cat("\\x", kHex[byte >> 4], kHex[byte & 15]);
  }
  return out;
}

void print_problem(const char* colour, const char* label, std::string_view message) {
  const bool coloured = colour_wanted(STDERR_FILENO);
  const std::string line = cat(coloured ? colour : "", label, coloured ? "\033[0m" : "", " ",
                               escaped(message, false), "\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
}

}  // namespace

void print(std::string_view text) {
  const std::string safe = escaped(text, true);
  if (std::fwrite(safe.data(), 1, safe.size(), stdout) != safe.size()) {
    throw unavailable("standard output: write failed");
  }
}

void flush_output() {
  if (std::fflush(stdout) != 0) throw unavailable("standard output: write failed");
}

void print_error(std::string_view message) {
  print_problem("\033[31m", "tfjs: error:", message);
}
void print_warning(const std::string& message) {
  print_problem("\033[33m", "warning:", message);
}

ProgressFn progress_line(const std::string& what) {
  if (!isatty(STDERR_FILENO)) return {};
  return [what](const Progress& progress) {
    const bool done = progress.bytes_done >= progress.bytes_total;
    const std::string line = cat("\r\033[K", what, " ", size_text(progress.bytes_done), " of ",
                                 size_text(progress.bytes_total), done ? "\r\033[K" : "");
    std::fwrite(line.data(), 1, line.size(), stderr);
  };
}

std::string size_text(std::uint64_t bytes) {
  constexpr const char* kUnits[] = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  double value = static_cast<double>(bytes);
  int unit = 0;
  while (value >= 1024 && unit < 4) {
    value /= 1024;
    ++unit;
  }
  char text[32];
  std::snprintf(text, sizeof text, unit == 0 ? "%.0f %s" : "%.1f %s", value, kUnits[unit]);
  return text;
}

}  // namespace tfjs::cli
