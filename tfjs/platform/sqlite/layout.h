// The tables of a record store, and opening a file that must have exactly these.
//
//   records  a row for each record: its key, the number that its other rows go by, its blob's size
//            and SHA-256
//   texts    the texts of a record, each with the SHA-256 of its key and itself
//   pieces   the blobs, cut into pieces that SQLite can hold
#pragma once

#include <cstdint>
#include <memory>

#include "tfjs/platform/sqlite/connection.h"

namespace tfjs::platform::sqlite {

constexpr int kPieceBits = 20;                             // pieces a record may have, as a power
constexpr std::size_t kPieceBytes = std::size_t{4} << 20;  // of each but a blob's last

/// Rows of `pieces` have this id + 0, 1, 2, ... for a record's pieces in order.
constexpr std::int64_t first_piece_id(std::int64_t record) {
  return record << kPieceBits;
}

/// The store in the file at `path`, in a transaction that reads. Nothing when there is no store
/// yet: no file, or an empty one. Errors: see RecordStore.
std::unique_ptr<Connection> open_to_read(const std::string& path, const std::string& subject,
                                         const Waiting& waiting);

/// The store in the file at `path`, made when it is absent, in a transaction that nobody else reads
/// or writes beside.
std::unique_ptr<Connection> open_to_write(const std::string& path, const std::string& subject,
                                          const Waiting& waiting);

/// The size of the whole file in bytes.
std::uint64_t size_of_file(Connection& store);

}  // namespace tfjs::platform::sqlite
