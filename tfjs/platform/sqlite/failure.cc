#include "tfjs/platform/sqlite/failure.h"

#include <system_error>

#include "tfjs/base/error.h"

namespace tfjs::platform::sqlite {
namespace {

/// The system's reason for a failure, as " (No space left on device)", where there is one.
std::string system_reason(sqlite3* db) {
  const int number = db != nullptr ? sqlite3_system_errno(db) : 0;
  return number == 0 ? "" : cat(" (", std::generic_category().message(number), ")");
}

}  // namespace

void fail(sqlite3* db, int code, const std::string& subject) {
  const std::string reason = db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code);
  switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
    case SQLITE_MISMATCH:
    case SQLITE_CONSTRAINT:
    case SQLITE_TOOBIG:
    case SQLITE_ERROR:  // tables and rows that are not as the schema, which was looked at, says
      throw corrupt_data(subject, ": the store is damaged (", reason, ")");
    case SQLITE_READONLY:
      throw unavailable(subject, code == SQLITE_READONLY_ROLLBACK
                                     ? ": a save was cut short; to undo it the store must be "
                                       "opened by somebody who may write to it"
                                     : ": the store may be read only, not written");
    case SQLITE_FULL:
      throw unavailable(subject, ": cannot write: no room on the disk");
    case SQLITE_NOMEM:
      throw unavailable(subject, ": not enough memory");
    default:
      throw unavailable(subject, ": ", reason, system_reason(db));
  }
}

}  // namespace tfjs::platform::sqlite
