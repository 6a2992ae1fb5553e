// What the command prints: results on stdout, one line per problem on stderr, progress on terminals
// only.
#pragma once

#include <string>
#include <string_view>

#include "tfjs/base/progress.h"

namespace tfjs::cli {

/// Text for stdout; control characters but line ends are escaped.
void print(std::string_view text);
/// Writes out what print() gathered. Errors: Unavailable when stdout cannot take it (disk full,
/// closed pipe).
void flush_output();

/// "tfjs: error: ..." in one line, control characters escaped; red on a terminal unless NO_COLOR is
/// set.
void print_error(std::string_view message);
/// "warning: ..." likewise.
void print_warning(const std::string& message);

/// A progress line on stderr for `what` when that is a terminal; otherwise nothing.
ProgressFn progress_line(const std::string& what);

/// "1.5 MiB"
std::string size_text(std::uint64_t bytes);

}  // namespace tfjs::cli
