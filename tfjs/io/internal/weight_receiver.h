// Where weight files go that come over a network, several at a time: all into one buffer, each to
// its final place, so that nothing is copied once more and a tensor that crosses two files is still
// one piece of memory.
//
// A file's place is known when the lengths of all files before it are: from model.json's integrity
// entries, from the server, or because they have been received. Until then its bytes must wait.
// When the sizes of the weights themselves are unknown (strings, without integrity), each file gets
// a buffer of its own.
//
// Hashing costs as much as receiving, so it is done beside it, a little behind, from the final
// place.
//
// Never more memory than the model's specs account for: what a server says or sends beyond that is
// an error.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tfjs/base/sha256.h"
#include "tfjs/io/io_handler.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/worker.h"

namespace tfjs::io::internal {

class WeightReceiver {
 public:
  /// Bytes after the last weight that are taken, to be warned of.
  static constexpr std::uint64_t kMostSurplus = std::uint64_t{1} << 20;

  /// `names` are those of the files in messages, `json_name` that of model.json.
  /// Errors: CorruptData: integrity lengths that the specs contradict; InvalidArgument: more than
  /// options.max_weight_bytes.
  WeightReceiver(const ModelJson& model, std::vector<std::string> names,
                 const std::string& json_name, const LoadOptions& options);

  /// File `index` begins, for the first time or anew. `note` is added to messages about it.
  /// Errors: CorruptData: a length that the model contradicts, or that moves files already placed.
  void begin(std::size_t index, std::optional<std::uint64_t> length, std::string note);
  /// False while bytes of the file must wait for the lengths of files before it.
  bool has_place(std::size_t index) const;
  /// Errors: CorruptData: more bytes than the file or the model may have; Unavailable: no memory.
  void take(std::size_t index, std::span<const std::byte> data);
  /// All of the file has come. Errors: CorruptData: another length than model.json says, or another
  /// SHA-256 of this or an earlier file.
  void finish(std::size_t index);

  std::optional<std::uint64_t> expected_length(std::size_t index) const {
    return files_[index].integrity.byte_length;
  }
  /// Of all files; never goes back. The total is what is known of it.
  Progress progress() const { return progress_; }

  /// The weights, once every file is finished. Errors: CorruptData: another SHA-256 than model.json
  /// says.
  WeightData data();
  /// One file of them.
  Bytes content(std::size_t index) const;
  /// The notes of the files, for a message about all weights.
  std::string notes() const;

 private:
  struct File {
    std::string name;
    FileIntegrity integrity;
    std::optional<std::uint64_t> length;  ///< as far as known
    std::uint64_t received = 0;
    std::uint64_t most_received = 0;      ///< of any attempt
    std::optional<std::uint64_t> offset;  ///< in the one buffer, once bytes lie there
    std::shared_ptr<std::byte> own;       ///< or a buffer of its own
    std::uint64_t own_size = 0;
    Sha256 hash;               ///< the worker's, until it has waited
    std::uint64_t hashed = 0;  ///< bytes given to the worker
    std::string found;         ///< the SHA-256; the worker's until is_hashed
    std::atomic<bool> is_hashed = false;
    std::string note;

    std::uint64_t size() const { return length ? *length : received; }
  };

  std::optional<std::uint64_t> place_of(std::size_t index) const;
  std::uint64_t accounted() const;
  /// Errors: CorruptData when `more` bytes of `file` would be too many.
  void check_accounted(const File& file, std::uint64_t more) const;
  std::byte* room_for(std::size_t index, std::uint64_t bytes);
  const std::byte* bytes_of(const File& file) const;
  void give_to_hash(File& file);
  void check_hash(const File& file) const;
  void make_buffer();
  void take_memory_ahead(std::uint64_t position);
  void grow_own(File& file, std::uint64_t size);

  std::deque<File> files_;
  std::vector<const File*> unchecked_;  ///< finished, but their hashes are not compared yet
  std::string json_name_;
  bool verify_ = true;
  bool is_joint_ = true;
  std::uint64_t most_ = 0;  ///< bytes of all files
  std::string most_reason_;
  std::shared_ptr<std::byte> buffer_;
  std::uint64_t buffer_size_ = 0;
  std::uint64_t memory_taken_ = 0;  ///< of the buffer, ahead of the bytes that come
  Progress progress_;
  platform::Worker memory_worker_;
  platform::Worker worker_;  ///< last: it ends before what it reads goes
};

}  // namespace tfjs::io::internal
