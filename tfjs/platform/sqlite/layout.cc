// A rollback journal rather than a write-ahead log: a log holds all weights once more before they
// reach the file (three times the time for 512 MiB), while new pages at the end of a file need no
// journal. The price: who reads waits for who writes. At rest a store is one file, which can also
// be read where nothing may be written.
//
// Pages have 64 KiB, the most SQLite can do, for the speed of blobs: twice that of 4 KiB. With
// auto_vacuum a blob is removed without reading its pages, and the file can shrink.
#include "tfjs/platform/sqlite/layout.h"

#include <algorithm>
#include <array>

#include "tfjs/base/error.h"
#include "tfjs/platform/files.h"
#include "tfjs/platform/sqlite/failure.h"

namespace tfjs::platform::sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x74666a73;  // "tfjs"
constexpr std::int64_t kVersion = 1;
constexpr std::size_t kPageBytes = 65536;
constexpr std::size_t kHeaderBytes = 100;
// https://www.sqlite.org/fileformat2.html
constexpr std::size_t kPageSizeOffset = 16;  // 1 stands for 65536
constexpr std::size_t kApplicationIdOffset = 68;
constexpr std::string_view kMagic("SQLite format 3\0", 16);

struct Table {
  const char* name;
  const char* sql;
};

/// By name.
constexpr std::array<Table, 3> kTables = {{
    {"pieces", "CREATE TABLE pieces(id INTEGER PRIMARY KEY, content BLOB NOT NULL)"},
    {"records",
     "CREATE TABLE records(space TEXT NOT NULL, name TEXT NOT NULL, id INTEGER NOT NULL, "
     "blob_size INTEGER NOT NULL, blob_sha256 TEXT NOT NULL, PRIMARY KEY(space, name)) WITHOUT "
     "ROWID"},
    {"texts",
     "CREATE TABLE texts(record INTEGER NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, "
     "sha256 TEXT NOT NULL, PRIMARY KEY(record, name)) WITHOUT ROWID"},
}};

sqlite3_file* file_of(Connection& store) {
  sqlite3_file* file = nullptr;
  store.check(sqlite3_file_control(store.get(), "main", SQLITE_FCNTL_FILE_POINTER, &file));
  return file;
}

[[noreturn]] void refuse(const Connection& store, std::string_view reason) {
  throw corrupt_data(store.subject(), " is not a record store: ", reason);
}

std::int64_t big_endian(std::string_view bytes) {
  std::int64_t value = 0;
  for (char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

/// Looks at the file's first bytes before SQLite does, which may write to what it opens: it
/// completes or undoes what others began. Through SQLite's own handle: closing a second one would
/// drop the locks this process holds.
void refuse_foreign(Connection& store) {
  sqlite3_file* file = file_of(store);
  const std::uint64_t size = size_of_file(store);
  if (size == 0) return;
  std::array<char, kHeaderBytes> header{};
  if (size >= kHeaderBytes) {
    store.check(file->pMethods->xRead(file, header.data(), static_cast<int>(kHeaderBytes), 0));
  }
  const std::string_view bytes(header.data(), header.size());
  if (!bytes.starts_with(kMagic)) refuse(store, "it does not begin as an SQLite database does");
  const std::int64_t id = big_endian(bytes.substr(kApplicationIdOffset, 4));
  // By begin_file(), which may have been cut short.
  const bool is_just_begun =
      id == 0 && size <= kPageBytes && big_endian(bytes.substr(kPageSizeOffset, 2)) == 1;
  if (id != kApplicationId && !is_just_begun) {
    refuse(store, "it is the SQLite database of another program");
  }
}

/// Compares the tables word for word with ours. False when there is nothing at all yet.
bool has_our_tables(Connection& store) {
  const std::int64_t version = store.number("PRAGMA user_version");
  if (version == 0 && store.number("PRAGMA application_id") == 0 &&
      store.number("SELECT count(*) FROM sqlite_schema") == 0) {
    return false;
  }
  if (version > kVersion) {
    throw unsupported(store.subject(), ": made by a newer version of this library (format ",
                      version, ", this one knows ", kVersion, ")");
  }
  if (version != kVersion) refuse(store, cat("its format is ", version));
  Statement schema(store, "SELECT name, sql FROM sqlite_schema ORDER BY name");
  for (const Table& table : kTables) {
    if (!schema.step()) refuse(store, cat("it has no table '", table.name, "'"));
    if (schema.text(0) != table.name) {
      refuse(store, cat("it has ", quoted(schema.text(0)), " in place of '", table.name, "'"));
    }
    if (schema.text(1) != table.sql) {
      refuse(store, cat("its table '", table.name, "' is another"));
    }
  }
  if (schema.step()) refuse(store, cat("it also has ", quoted(schema.text(0))));
  return true;
}

/// Settings that count in an empty file only. The second writes the first page.
void begin_file(Connection& store) {
  store.run(cat("PRAGMA page_size=", kPageBytes, "; PRAGMA auto_vacuum=INCREMENTAL").c_str());
}

void make_tables(Connection& store) {
  for (const Table& table : kTables) store.run(table.sql);
  store.run(cat("PRAGMA application_id=", kApplicationId).c_str());
  store.run(cat("PRAGMA user_version=", kVersion).c_str());
}

/// False when nothing is at the path.
bool refuse_special_files(const std::string& path, const std::string& subject) {
  const auto info = files().info(path);
  if (info && !info->is_file()) {
    throw invalid_argument(
        subject, info->is_folder() ? " is a folder; a store is a file" : " is not a regular file");
  }
  const auto journal = files().info(path + "-journal");
  if (journal && !journal->is_file()) {
    throw invalid_argument(subject, ": '...-journal' beside it is not a regular file");
  }
  return info.has_value();
}

}  // namespace

std::uint64_t size_of_file(Connection& store) {
  sqlite3_file* file = file_of(store);
  sqlite3_int64 size = 0;
  store.check(file->pMethods->xFileSize(file, &size));
  return static_cast<std::uint64_t>(std::max<sqlite3_int64>(size, 0));
}

std::unique_ptr<Connection> open_to_read(const std::string& path, const std::string& subject,
                                         const Waiting& waiting) {
  if (!refuse_special_files(path, subject)) return nullptr;
  auto store = std::make_unique<Connection>(path, Access::Read, subject, waiting);
  refuse_foreign(*store);
  store->run("PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY; BEGIN");
  return has_our_tables(*store) ? std::move(store) : nullptr;
}

std::unique_ptr<Connection> open_to_write(const std::string& path, const std::string& subject,
                                          const Waiting& waiting) {
  if (!refuse_special_files(path, subject)) {
    files().make_private_folders(path.substr(0, std::max<std::size_t>(path.rfind('/'), 1)));
  }
  auto store = std::make_unique<Connection>(path, Access::Write, subject, waiting);
  refuse_foreign(*store);
  // synchronous=EXTRA also syncs the folder after the journal is gone: only then is the save done.
  store->run(
      "PRAGMA synchronous=EXTRA; PRAGMA secure_delete=FAST; PRAGMA cell_size_check=ON; "
      "PRAGMA temp_store=MEMORY");
  if (size_of_file(*store) == 0) begin_file(*store);
  store->run("BEGIN EXCLUSIVE");
  if (!has_our_tables(*store)) {
    // In a transaction of its own, short enough to go to the file in order: whoever looks at the
    // first bytes finds nothing or a store.
    make_tables(*store);
    store->run("COMMIT; BEGIN EXCLUSIVE");
    if (!has_our_tables(*store)) refuse(*store, "it was emptied just now");
  }
  return store;
}

}  // namespace tfjs::platform::sqlite
