// From SQLite's result codes to tfjs::Error.
#pragma once

#include <sqlite3.h>

#include <string>

namespace tfjs::platform::sqlite {

/// Throws "<subject>: <what SQLite says>" for an extended result code. `db` may be null. Errors:
/// CorruptData: the content of the file is at fault; else Unavailable.
[[noreturn]] void fail(sqlite3* db, int code, const std::string& subject);

}  // namespace tfjs::platform::sqlite
