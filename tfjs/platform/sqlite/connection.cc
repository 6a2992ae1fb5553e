#include "tfjs/platform/sqlite/connection.h"

#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/platform/clock.h"
#include "tfjs/platform/sqlite/failure.h"

namespace tfjs::platform::sqlite {
namespace {

// Between two looks whether the others are done. Savers may follow each other closely, so the gaps
// between them must not be slept through.
constexpr std::int64_t kPauseMs = 1;

constexpr int kMostSqlBytes = 10000;

}  // namespace

Connection::Connection(const std::string& path, Access access, std::string subject, Waiting waiting)
    : subject_(std::move(subject)), waiting_(std::move(waiting)) {
  // Without write access the file is opened for reading only.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX |
                    (access == Access::Write ? SQLITE_OPEN_CREATE : 0);
  sqlite3* opened = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &opened, flags, nullptr);
  db_.reset(opened);
  if (code != SQLITE_OK) fail(opened, code, subject_);
  sqlite3_extended_result_codes(opened, 1);
  sqlite3_busy_handler(opened, &Connection::wait_for_others, this);

  for (int setting : {SQLITE_DBCONFIG_TRUSTED_SCHEMA, SQLITE_DBCONFIG_ENABLE_TRIGGER,
                      SQLITE_DBCONFIG_ENABLE_VIEW, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION}) {
    check(sqlite3_db_config(opened, setting, 0, nullptr));
  }
  check(sqlite3_db_config(opened, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr));
  sqlite3_limit(opened, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(opened, SQLITE_LIMIT_SQL_LENGTH, kMostSqlBytes);
}

int Connection::wait_for_others(void* self, int attempt) {
  auto& connection = *static_cast<Connection*>(self);
  const double now = monotonic_seconds();
  if (attempt == 0) connection.waiting_since_ = now;
  if (connection.waiting_.cancel.is_cancelled()) return 0;
  if (now - connection.waiting_since_ >= connection.waiting_.seconds) return 0;
  sleep_ms(kPauseMs);
  return 1;
}

void Connection::check(int code) const {
  if (code == SQLITE_OK) return;
  if ((code & 0xff) == SQLITE_BUSY) {
    waiting_.cancel.check("waiting for the store");
    throw unavailable(subject_, ": the store was in use by others for ", waiting_.seconds,
                      " s; try again later");
  }
  fail(db_.get(), code, subject_);
}

void Connection::run(const char* sql) {
  check(sqlite3_exec(db_.get(), sql, nullptr, nullptr, nullptr));
}

std::int64_t Connection::number(const char* sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw corrupt_data(subject_, ": the store is damaged (no answer)");
  return statement.number(0);
}

Statement::Statement(Connection& connection, const char* sql) : connection_(connection) {
  sqlite3_stmt* prepared = nullptr;
  connection.check(sqlite3_prepare_v2(connection.get(), sql, -1, &prepared, nullptr));
  statement_.reset(prepared);
}

Statement& Statement::bind(int index, std::int64_t value) {
  connection_.check(sqlite3_bind_int64(statement_.get(), index, value));
  return *this;
}

Statement& Statement::bind(int index, std::string_view text) {
  connection_.check(sqlite3_bind_text64(statement_.get(), index, text.data(), text.size(),
                                        SQLITE_TRANSIENT, SQLITE_UTF8));
  return *this;
}

Statement& Statement::bind_blob(int index, std::span<const std::byte> bytes) {
  connection_.check(
      sqlite3_bind_blob64(statement_.get(), index, bytes.data(), bytes.size(), SQLITE_STATIC));
  return *this;
}

bool Statement::step() {
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) connection_.check(code);
  return false;
}

std::int64_t Statement::number(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string_view Statement::text(int column) const {
  if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT) {
    throw corrupt_data(connection_.subject(), ": the store is damaged (a text is missing)");
  }
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) fail(connection_.get(), SQLITE_NOMEM, connection_.subject());
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

}  // namespace tfjs::platform::sqlite
