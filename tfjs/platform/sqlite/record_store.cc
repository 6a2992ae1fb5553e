// Every call opens the file, does its work in one transaction, and closes it: nothing is shared
// between threads, and what a program holds open cannot keep others waiting.
#include "tfjs/platform/record_store.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/platform/files.h"
#include "tfjs/platform/sqlite/blob.h"
#include "tfjs/platform/sqlite/connection.h"
#include "tfjs/platform/sqlite/layout.h"

namespace tfjs::platform {

namespace {

using sqlite::BlobInfo;
using sqlite::Connection;
using sqlite::Statement;

constexpr std::int64_t kMostRecordId = std::int64_t{1} << 42;
constexpr std::int64_t kFreePagesWorthGiving = 64;              // of 64 KiB
constexpr std::size_t kMostTextBytes = std::size_t{512} << 20;  // SQLite's limit is 10^9

void check_part(std::string_view part, std::string_view what) {
  if (part.empty()) throw invalid_argument("a record's ", what, " must not be empty");
  if (part.find('\0') != std::string_view::npos) {
    throw invalid_argument("a record's ", what, " must not hold a NUL: ", quoted(part));
  }
}

void check_key(const RecordKey& key) {
  check_part(key.space, "space");
  check_part(key.name, "name");
}

/// Binds a text to its place: one that was damaged into another record's is found out.
std::string text_sha256(const RecordKey& key, std::string_view name, std::string_view value) {
  Sha256 hash;
  for (std::string_view part : {std::string_view(key.space), std::string_view(key.name), name}) {
    hash.update(std::as_bytes(std::span(part)));
    hash.update(std::as_bytes(std::span("", 1)));
  }
  hash.update(std::as_bytes(std::span(value)));
  return hex(hash.finish());
}

void check_text(const Connection& store, const RecordKey& key, std::string_view name,
                std::string_view value, std::string_view sha256) {
  if (text_sha256(key, name, value) == sha256) return;
  throw corrupt_data(store.subject(), ": the text ", quoted(name), " of record ", quoted(key.name),
                     " is damaged: it does not have the SHA-256 it was stored with");
}

struct Row {
  std::int64_t id = 0;
  std::int64_t blob_size = 0;
  std::string blob_sha256;
};

/// As it stands in the file, in which anything may be.
std::optional<Row> find_row(Connection& store, const RecordKey& key) {
  Statement select(store,
                   "SELECT id, blob_size, CAST(blob_sha256 AS TEXT) FROM records WHERE space = ?1 "
                   "AND name = ?2");
  select.bind(1, key.space).bind(2, key.name);
  if (!select.step()) return std::nullopt;
  return Row{select.number(0), select.number(1), std::string(select.text(2))};
}

bool is_id(std::int64_t id) {
  return id >= 1 && id <= kMostRecordId;
}

/// The largest number in the answer to `sql` up to ?1, or 0.
std::int64_t largest(Connection& store, const char* sql, std::int64_t most) {
  Statement select(store, sql);
  select.bind(1, most).step();
  return std::max<std::int64_t>(select.number(0), 0);
}

/// A number that no row goes by, also none that a damaged record left behind.
std::int64_t new_id(Connection& store) {
  const std::int64_t last = std::max({
      largest(store, "SELECT max(id) FROM records WHERE id <= ?1", kMostRecordId),
      largest(store, "SELECT max(record) FROM texts WHERE record <= ?1", kMostRecordId),
      largest(store, "SELECT max(id) >> 20 FROM pieces WHERE id < ?1",
              sqlite::first_piece_id(kMostRecordId + 1)),
  });
  if (last == kMostRecordId) {
    throw corrupt_data(store.subject(), ": the store is damaged: it has a record number ", last);
  }
  return last + 1;
}

void remove_rows(Connection& store, std::int64_t record) {
  if (!is_id(record)) return;  // a damaged record, which has none
  Statement(store, "DELETE FROM texts WHERE record = ?1").bind(1, record).step();
  sqlite::remove_blob(store, record);
}

void put_texts(Connection& store, std::int64_t record, const RecordKey& key,
               const RecordTexts& texts) {
  Statement insert(store, "INSERT INTO texts(record, name, value, sha256) VALUES(?1, ?2, ?3, ?4)");
  insert.bind(1, record);
  for (const auto& [name, value] : texts) {
    insert.bind(2, name).bind(3, value).bind(4, text_sha256(key, name, value)).step();
    insert.reset();
  }
}

RecordTexts get_texts(Connection& store, std::int64_t record, const RecordKey& key) {
  Statement select(store, "SELECT name, value, sha256 FROM texts WHERE record = ?1");
  select.bind(1, record);
  RecordTexts texts;
  while (select.step()) {
    const std::string name(select.text(0));
    const std::string_view value = select.text(1);
    check_text(store, key, name, value, select.text(2));
    texts.emplace(name, value);
  }
  return texts;
}

/// Shortens the file when most of it is free, as after the removal of a large record. Others may
/// want to go on: a failure is no failure of the removal, and the next one tries again.
void give_back_room(Connection& store) {
  try {
    for (;;) {
      const std::int64_t free_pages = store.number("PRAGMA freelist_count");
      if (free_pages < kFreePagesWorthGiving) return;
      if (free_pages < store.number("PRAGMA page_count") / 2) return;
      store.run("PRAGMA incremental_vacuum(1024)");
      if (store.number("PRAGMA freelist_count") >= free_pages) return;
    }
  } catch (const Error&) {
  }
}

class SqliteRecordStore : public RecordStore {
 public:
  SqliteRecordStore(std::string path, double wait_seconds)
      : path_(std::move(path)), wait_seconds_(wait_seconds) {}

  const std::string& path() const override { return path_; }
  void put(const RecordKey& key, const RecordTexts& texts, const std::vector<Bytes>& blob,
           const PutRecordOptions& options) override;
  std::optional<Record> get(const RecordKey& key, const GetRecordOptions& options) override;
  std::vector<RecordSummary> list(const std::string& space, const std::string& text) override;
  bool remove(const RecordKey& key) override;

 private:
  std::string shown() const { return quoted(path_, 4096); }
  std::string shown(const RecordKey& key) const {
    return cat(shown(), ": record ", quoted(key.name), " of ", quoted(key.space));
  }
  sqlite::Waiting waiting(const CancelToken& cancel = {}) const { return {wait_seconds_, cancel}; }

  std::string path_;
  double wait_seconds_;
};

void SqliteRecordStore::put(const RecordKey& key, const RecordTexts& texts,
                            const std::vector<Bytes>& blob, const PutRecordOptions& options) {
  check_key(key);
  for (const auto& [name, value] : texts) {
    check_part(name, "text's name");
    if (value.size() > kMostTextBytes) {
      throw invalid_argument("record ", quoted(key.name), ": the text ", quoted(name), " has ",
                             value.size(), " bytes; at most ", kMostTextBytes, " can be stored");
    }
  }
  const auto store = sqlite::open_to_write(path_, shown(), waiting(options.cancel));
  const std::optional<Row> old = find_row(*store, key);
  const std::int64_t id = new_id(*store);
  const BlobInfo info = sqlite::write_blob(*store, id, blob, options);
  put_texts(*store, id, key, texts);
  // The old pages are given free last: ones freed before would go into the journal when the new
  // blob takes them.
  if (old) remove_rows(*store, old->id);
  Statement(*store,
            "INSERT OR REPLACE INTO records(space, name, id, blob_size, blob_sha256) "
            "VALUES(?1, ?2, ?3, ?4, ?5)")
      .bind(1, key.space)
      .bind(2, key.name)
      .bind(3, id)
      .bind(4, static_cast<std::int64_t>(info.size))
      .bind(5, info.sha256)
      .step();
  options.cancel.check("save");
  store->run("COMMIT");
}

std::optional<Record> SqliteRecordStore::get(const RecordKey& key,
                                             const GetRecordOptions& options) {
  check_key(key);
  options.cancel.check("load");
  const auto store = sqlite::open_to_read(path_, shown(), waiting(options.cancel));
  if (!store) return std::nullopt;
  store->set_subject(shown(key));
  const std::optional<Row> row = find_row(*store, key);
  if (!row) return std::nullopt;
  if (!is_id(row->id) || row->blob_size < 0) {
    throw corrupt_data(store->subject(), " is damaged: it has the number ", row->id, " and ",
                       row->blob_size, " bytes");
  }
  const BlobInfo info{static_cast<std::uint64_t>(row->blob_size), row->blob_sha256};
  Record record{get_texts(*store, row->id, key), info.size, {}};
  if (!options.read_blob) return record;
  if (info.size > options.max_blob_size) {
    throw invalid_argument(store->subject(), " has ", info.size, " bytes, more than the limit of ",
                           options.max_blob_size);
  }
  record.blob = sqlite::read_blob(*store, row->id, info, options);
  return record;
}

std::vector<RecordSummary> SqliteRecordStore::list(const std::string& space,
                                                   const std::string& text) {
  check_part(space, "space");
  check_part(text, "text's name");
  const auto store = sqlite::open_to_read(path_, shown(), waiting());
  if (!store) return {};
  Statement select(*store,
                   "SELECT r.name, t.value, t.sha256 FROM records r LEFT JOIN texts t "
                   "ON t.record = r.id AND t.name = ?2 WHERE r.space = ?1 ORDER BY r.name");
  select.bind(1, space).bind(2, text);
  std::vector<RecordSummary> summaries;
  while (select.step()) {
    RecordSummary summary{std::string(select.text(0)), ""};
    if (!select.is_null(1)) {
      summary.text = select.text(1);
      check_text(*store, {space, summary.name}, text, summary.text, select.text(2));
    }
    summaries.push_back(std::move(summary));
  }
  return summaries;
}

bool SqliteRecordStore::remove(const RecordKey& key) {
  check_key(key);
  // Looks first without making a file that is absent.
  if (!sqlite::open_to_read(path_, shown(), waiting())) return false;
  const auto store = sqlite::open_to_write(path_, shown(), waiting());
  const std::optional<Row> row = find_row(*store, key);
  if (!row) return false;
  remove_rows(*store, row->id);
  Statement(*store, "DELETE FROM records WHERE space = ?1 AND name = ?2")
      .bind(1, key.space)
      .bind(2, key.name)
      .step();
  store->run("COMMIT");
  give_back_room(*store);
  return true;
}

}  // namespace

std::unique_ptr<RecordStore> record_store(const std::string& path, double wait_seconds) {
  if (!(wait_seconds >= 0)) {
    throw invalid_argument("a store can be waited for 0 seconds or more, not ", wait_seconds);
  }
  return std::make_unique<SqliteRecordStore>(files().resolve(path), wait_seconds);
}

}  // namespace tfjs::platform
