// Both ways the bytes are copied once, between SQLite's pages and the buffer of the caller. They
// cannot be used where they lie: SQLite puts the number of the next page in front of every 64 KiB.
#include "tfjs/platform/sqlite/blob.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "tfjs/base/error.h"
#include "tfjs/platform/memory.h"
#include "tfjs/platform/sqlite/background_sha256.h"
#include "tfjs/platform/sqlite/layout.h"
#include "tfjs/platform/worker.h"

namespace tfjs::platform::sqlite {
namespace {

constexpr std::size_t kTakenAhead = 4 * kPieceBytes;  // of memory, before bytes come into it
constexpr std::uint64_t kMostBytes = std::uint64_t{kPieceBytes} << kPieceBits;

/// Takes bytes off the front of several pieces.
class Joined {
 public:
  explicit Joined(const std::vector<Bytes>& pieces) : pieces_(pieces) {}

  /// The next `size` bytes where they lie, or in a buffer, valid until the next call, when two
  /// pieces meet in them. Each part, where it lies, goes to `hash`.
  std::span<const std::byte> take(std::size_t size, BackgroundSha256& hash) {
    const std::span<const std::byte> first = next_part(size);
    hash.add(first);
    if (first.size() == size) return first;
    buffer_.assign(first.begin(), first.end());
    while (buffer_.size() < size) {
      const std::span<const std::byte> part = next_part(size - buffer_.size());
      hash.add(part);
      buffer_.insert(buffer_.end(), part.begin(), part.end());
    }
    return buffer_;
  }

 private:
  /// At most `most` bytes, at least one.
  std::span<const std::byte> next_part(std::size_t most) {
    while (begin_ == pieces_[piece_].size()) {
      ++piece_;
      begin_ = 0;
    }
    const std::span<const std::byte> rest = pieces_[piece_].span().subspan(begin_);
    const std::span<const std::byte> part = rest.first(std::min(most, rest.size()));
    begin_ += part.size();
    return part;
  }

  const std::vector<Bytes>& pieces_;
  std::size_t piece_ = 0;
  std::size_t begin_ = 0;
  std::vector<std::byte> buffer_;
};

void report(const ProgressFn& on_progress, Progress& progress, std::size_t bytes) {
  progress.bytes_done += bytes;
  if (on_progress) on_progress(progress);
}

/// Compares the rows of a blob with its size before memory is taken for it.
void check_rows(Connection& store, std::int64_t record, std::uint64_t size) {
  std::uint64_t found = 0;
  std::int64_t id = first_piece_id(record);
  Statement rows(store,
                 "SELECT id, length(content) FROM pieces WHERE id >= ?1 AND id < ?2 ORDER BY id");
  rows.bind(1, id).bind(2, first_piece_id(record + 1));
  bool are_in_order = true;
  while (rows.step()) {
    const std::uint64_t wanted = std::min<std::uint64_t>(kPieceBytes, size - found);
    are_in_order = rows.number(0) == id++ && rows.number(1) == static_cast<std::int64_t>(wanted) &&
                   wanted > 0 && are_in_order;
    if (!are_in_order) break;
    found += wanted;
  }
  // Rows of a damaged file may claim the same pages.
  if (!are_in_order || found != size || size > size_of_file(store)) {
    throw corrupt_data(store.subject(), " is damaged: it should have ", size,
                       " bytes, but its pieces do not make that many");
  }
}

/// A row's blob, open for reading.
class OpenBlob {
 public:
  OpenBlob(Connection& store, std::int64_t id) : store_(store) {
    const int code = sqlite3_blob_open(store.get(), "main", "pieces", "content", id, 0, &blob_);
    check(code);
  }
  OpenBlob(const OpenBlob&) = delete;
  OpenBlob& operator=(const OpenBlob&) = delete;
  ~OpenBlob() { sqlite3_blob_close(blob_); }

  void move_to(std::int64_t id) { check(sqlite3_blob_reopen(blob_, id)); }
  void read(std::span<std::byte> out) {
    check(sqlite3_blob_read(blob_, out.data(), static_cast<int>(out.size()), 0));
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) store_.check(sqlite3_extended_errcode(store_.get()));
  }

  Connection& store_;
  sqlite3_blob* blob_ = nullptr;
};

/// Reads the rows of a blob into `out` and returns its SHA-256 when options.verify.
std::string fill(Connection& store, std::int64_t record, std::span<std::byte> out,
                 const GetRecordOptions& options) {
  BackgroundSha256 hash;
  Progress progress{.bytes_total = out.size()};
  platform::Worker memory;  // the system takes as long to hand it out as the bytes take to come
  std::span<std::byte> untaken = out;
  std::int64_t id = first_piece_id(record);
  OpenBlob blob(store, id);
  while (!out.empty()) {
    options.cancel.check("load");
    const std::span<std::byte> part = out.first(std::min(out.size(), kPieceBytes));
    while (!untaken.empty() && out.size() - untaken.size() < kTakenAhead) {
      const std::span<std::byte> next = untaken.first(std::min(untaken.size(), kPieceBytes));
      memory.run([next] { take_memory(next.data(), next.size()); });
      untaken = untaken.subspan(next.size());
    }
    blob.move_to(id++);
    blob.read(part);
    if (options.verify) hash.add(part);
    out = out.subspan(part.size());
    report(options.on_progress, progress, part.size());
  }
  return options.verify ? hash.finish() : "";
}

}  // namespace

BlobInfo write_blob(Connection& store, std::int64_t record, const std::vector<Bytes>& blob,
                    const PutRecordOptions& options) {
  BlobInfo info;
  for (const Bytes& piece : blob) info.size += piece.size();
  if (info.size > kMostBytes) {
    throw invalid_argument(store.subject(), ": a blob may have ", kMostBytes, " bytes, not ",
                           info.size);
  }
  BackgroundSha256 hash;
  Joined joined(blob);
  Progress progress{.bytes_total = info.size};
  std::int64_t id = first_piece_id(record);
  Statement insert(store, "INSERT INTO pieces(id, content) VALUES(?1, ?2)");
  for (std::uint64_t left = info.size; left > 0;) {
    options.cancel.check("save");
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left, kPieceBytes));
    insert.bind(1, id++).bind_blob(2, joined.take(size, hash)).step();
    insert.reset();
    left -= size;
    report(options.on_progress, progress, size);
  }
  info.sha256 = hash.finish();
  return info;
}

Bytes read_blob(Connection& store, std::int64_t record, const BlobInfo& expected,
                const GetRecordOptions& options) {
  check_rows(store, record, expected.size);
  Bytes blob;
  std::string found = sha256_hex({});
  if (expected.size > 0) {
    try {
      blob = Bytes::make(static_cast<std::size_t>(expected.size), [&](std::span<std::byte> out) {
        found = fill(store, record, out, options);
      });
    } catch (const std::bad_alloc&) {
      throw unavailable(store.subject(), ": not enough memory for its ", expected.size, " bytes");
    }
  }
  if (options.verify && found != expected.sha256) {
    throw corrupt_data(store.subject(), " is damaged: the SHA-256 of its bytes is ", found,
                       ", but was ", quoted(expected.sha256));
  }
  return blob;
}

void remove_blob(Connection& store, std::int64_t record) {
  Statement(store, "DELETE FROM pieces WHERE id >= ?1 AND id < ?2")
      .bind(1, first_piece_id(record))
      .bind(2, first_piece_id(record + 1))
      .step();
}

}  // namespace tfjs::platform::sqlite
