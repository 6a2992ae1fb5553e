// Blobs of any size as rows of `pieces`.
#pragma once

#include <string>
#include <vector>

#include "tfjs/platform/record_store.h"
#include "tfjs/platform/sqlite/connection.h"

namespace tfjs::platform::sqlite {

/// What the row of a record says of its blob.
struct BlobInfo {
  std::uint64_t size = 0;
  std::string sha256;  ///< 64 hex digits
};

/// Writes the pieces of `blob`, joined, as the blob of `record`.
/// Errors: InvalidArgument when it is too large for the store; Cancelled.
BlobInfo write_blob(Connection& store, std::int64_t record, const std::vector<Bytes>& blob,
                    const PutRecordOptions& options);

/// Reads the blob of `record` into one buffer. Errors: CorruptData when its rows do not have the
/// size, or the bytes (unless options.verify is false) not the SHA-256, of `expected`; Cancelled.
Bytes read_blob(Connection& store, std::int64_t record, const BlobInfo& expected,
                const GetRecordOptions& options);

void remove_blob(Connection& store, std::int64_t record);

}  // namespace tfjs::platform::sqlite
