// An open SQLite database and its statements, closed with their owners. A file is trusted with
// nothing: it cannot run triggers, views or extensions.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "tfjs/base/progress.h"

namespace tfjs::platform::sqlite {

enum class Access {
  Read,   ///< fails when there is no file; writes only to undo a save that was cut short
  Write,  ///< makes the file when it is absent
};

/// How long, and until when, to wait for others who use the file.
struct Waiting {
  double seconds = 60;
  CancelToken cancel = {};
};

class Connection {
 public:
  /// `path` is absolute. `subject` is what errors start with.
  /// Errors: those of fail().
  Connection(const std::string& path, Access access, std::string subject, Waiting waiting);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  /// Undoes a transaction that was not committed.
  ~Connection() = default;

  sqlite3* get() const { return db_.get(); }
  const std::string& subject() const { return subject_; }
  void set_subject(std::string subject) { subject_ = std::move(subject); }

  /// Runs statements that give no rows.
  void run(const char* sql);
  /// The first column of the first row. Errors: CorruptData when there is no row.
  std::int64_t number(const char* sql);
  /// SQLITE_OK, or an error. Waiting that ended is Cancelled, or Unavailable after how long.
  void check(int code) const;

 private:
  static int wait_for_others(void* self, int attempt);

  struct Close {
    void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  };

  std::string subject_;
  Waiting waiting_;
  double waiting_since_ = 0;
  std::unique_ptr<sqlite3, Close> db_;
};

class Statement {
 public:
  /// `sql` has one statement whose ?1, ?2, ... are given by bind().
  Statement(Connection& connection, const char* sql);

  Statement& bind(int index, std::int64_t value);
  /// The text is copied.
  Statement& bind(int index, std::string_view text);
  /// The bytes must stay as they are until reset() or the statement's end.
  Statement& bind_blob(int index, std::span<const std::byte> bytes);

  /// Goes to the next row; false after the last.
  bool step();
  /// Ready to run again; bound values stay.
  void reset() { sqlite3_reset(statement_.get()); }

  bool is_null(int column) const {
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
  }
  std::int64_t number(int column) const;
  /// Valid until the next step. Errors: CorruptData when the value is no text.
  std::string_view text(int column) const;

 private:
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };

  Connection& connection_;
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace tfjs::platform::sqlite
