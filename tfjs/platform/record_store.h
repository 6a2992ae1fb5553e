// Records kept in one file that several threads and processes read and write at once. A record has
// a name in a namespace ("space"), a few named texts, and a blob of any size. It is replaced as a
// whole or not at all, also by a process that is killed.
//
// record_store() is that of the platform: SQLite natively (sqlite/), none in builds without it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/base/progress.h"

namespace tfjs::platform {

/// Neither is empty or holds a NUL.
struct RecordKey {
  std::string space;
  std::string name;
};

using RecordTexts = std::map<std::string, std::string>;

struct Record {
  RecordTexts texts;
  std::uint64_t blob_size = 0;
  Bytes blob;  ///< in one piece, aligned to 64 bytes; empty when it was not asked for
};

/// A record as list() gives it.
struct RecordSummary {
  std::string name;
  std::string text;  ///< the one that was asked for; empty when the record has none of that name
};

struct GetRecordOptions {
  bool read_blob = true;
  bool verify = true;  ///< compare the blob with the SHA-256 it was stored with
  std::uint64_t max_blob_size = UINT64_MAX;
  ProgressFn on_progress = {};  ///< bytes of the blob
  CancelToken cancel = {};
};

struct PutRecordOptions {
  ProgressFn on_progress = {};  ///< bytes of the blob
  CancelToken cancel = {};
};

/// All functions may be called by several threads. While a record is being put, others wait.
///
/// Errors of all: CorruptData naming the file: it is not a record store, or damaged; Unsupported:
/// made by a newer version; InvalidArgument: a folder or a special file is at the path; Unavailable
/// naming the file: no permission, I/O error, disk full, or others used it for as long as it was
/// waited for; Cancelled.
class RecordStore {
 public:
  virtual ~RecordStore() = default;

  /// The absolute path of the file, links resolved.
  virtual const std::string& path() const = 0;

  /// Adds or replaces a record, whose blob is the pieces of `blob` in order. It is on the disk when
  /// this returns; after an error the old record is as it was. The file is made when it is absent,
  /// and so are its parent folders, for the owner alone. Errors: InvalidArgument: a text of more
  /// than 512 MiB, a blob of more than 4 TiB.
  virtual void put(const RecordKey& key, const RecordTexts& texts, const std::vector<Bytes>& blob,
                   const PutRecordOptions& options) = 0;

  /// Nothing when there is no such record or no file. Errors: CorruptData naming the record when it
  /// is damaged; InvalidArgument when the blob is larger than the limit.
  virtual std::optional<Record> get(const RecordKey& key, const GetRecordOptions& options) = 0;

  /// All records of a space by name, each with one of its texts; none when there is no file.
  virtual std::vector<RecordSummary> list(const std::string& space, const std::string& text) = 0;

  /// Removes a record; false when there was none. Its room is given back where that pays.
  virtual bool remove(const RecordKey& key) = 0;
};

/// The store in the file `path`, which need not exist: nothing is opened before it is used.
/// `wait_seconds` is how long a call waits for others who are using the store.
/// Errors: InvalidArgument for an empty path or one with a NUL; NotFound for one through a file;
/// Unsupported, naming the option, where the library was built without TFJS_WITH_SQLITE.
std::unique_ptr<RecordStore> record_store(const std::string& path, double wait_seconds = 60);

}  // namespace tfjs::platform
