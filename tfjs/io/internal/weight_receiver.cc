#include "tfjs/io/internal/weight_receiver.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include "tfjs/base/bytes.h"
#include "tfjs/base/error.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/platform/memory.h"

namespace tfjs::io::internal {
namespace {

constexpr std::uint64_t kHashedAtOnce = std::uint64_t{256} << 10;
/// Memory is taken so far ahead of what has come, and in such steps: a claim alone takes little.
constexpr std::uint64_t kTakenAhead = std::uint64_t{16} << 20;
constexpr std::uint64_t kTakenAtOnce = std::uint64_t{4} << 20;
constexpr std::uint64_t kFirstOwnSize = std::uint64_t{64} << 10;

std::shared_ptr<std::byte> allocate(std::uint64_t size, const std::string& json_name) {
  std::shared_ptr<std::byte> buffer = platform::allocate_buffer(size);
  if (!buffer) {
    throw unavailable(json_name, ": there is no memory for ", size, " bytes of weights");
  }
  return buffer;
}

/// The lengths that model.json gives, added up; nothing when it leaves one out.
std::optional<std::uint64_t> stated_total(const std::vector<WeightFile>& files,
                                          const std::string& json_name) {
  std::uint64_t total = 0;
  for (const WeightFile& file : files) {
    if (!file.integrity.byte_length) return std::nullopt;
    if (*file.integrity.byte_length > std::numeric_limits<std::uint64_t>::max() - total) {
      throw corrupt_data(json_name, ": the files' lengths are more than 64 bits count");
    }
    total += *file.integrity.byte_length;
  }
  return total;
}

}  // namespace

WeightReceiver::WeightReceiver(const ModelJson& model, std::vector<std::string> names,
                               const std::string& json_name, const LoadOptions& options)
    : json_name_(json_name), verify_(options.verify) {
  const WeightBytes needed = weight_bytes(model.artifacts.weight_specs, json_name);
  const std::optional<std::uint64_t> stated = stated_total(model.weight_files, json_name);
  const std::uint64_t least = std::max(needed.least, stated.value_or(0));
  if (least > options.max_weight_bytes) {
    throw invalid_argument(json_name, ": the weights have ", least, " bytes, more than ",
                           options.max_weight_bytes, " (max_weight_bytes)");
  }
  most_ = options.max_weight_bytes;
  most_reason_ = cat("more than ", most_, " bytes of weights (max_weight_bytes)");
  if (needed.is_exact && needed.least < most_ - std::min(most_, kMostSurplus)) {
    most_ = needed.least + kMostSurplus;
    most_reason_ = cat("more bytes than the model accounts for: its weights need ", needed.least);
  }
  if (stated && (*stated > most_ || *stated < needed.least)) {
    throw corrupt_data(json_name, ": the weights need ", needed.is_exact ? "" : "at least ",
                       needed.least, " bytes, but the weight files are said to have ", *stated);
  }
  is_joint_ = stated.has_value() || needed.is_exact;
  progress_.bytes_total = least;
  for (std::size_t i = 0; i < model.weight_files.size(); ++i) {
    File& file = files_.emplace_back();
    file.name = std::move(names[i]);
    file.integrity = model.weight_files[i].integrity;
    file.length = file.integrity.byte_length;
  }
}

void WeightReceiver::begin(std::size_t index, std::optional<std::uint64_t> length,
                           std::string note) {
  File& file = files_[index];
  file.note = std::move(note);
  const auto& expected = file.integrity.byte_length;
  if (length && expected && *length != *expected) {
    throw corrupt_data(file.name, " has ", *length, " bytes, but the model says ", *expected,
                       file.note);
  }
  std::optional<std::uint64_t> known = expected ? expected : length;
  const auto is_placed = [](const File& other) { return other.offset.has_value(); };
  const auto after = files_.begin() + static_cast<std::ptrdiff_t>(index) + 1;
  const bool is_followed = std::any_of(after, files_.end(), is_placed);
  if (!known && is_followed) known = file.length;
  if (is_followed && known != file.length) {
    throw corrupt_data(file.name, " changed on the server while it was loaded: it had ",
                       *file.length, " bytes", file.note);
  }
  if (file.hashed > 0) worker_.wait();
  file.length = known;
  file.received = file.hashed = 0;
  file.hash = Sha256();
  check_accounted(file, 0);
  if (is_joint_) {
    // A version larger than the one that the buffer was made for.
    if (buffer_ && accounted() > buffer_size_) make_buffer();
    return;
  }
  // A smaller one of an earlier attempt goes before a larger one comes.
  if (file.own_size < known.value_or(0)) file.own.reset();
}

bool WeightReceiver::has_place(std::size_t index) const {
  return !is_joint_ || place_of(index).has_value();
}

std::optional<std::uint64_t> WeightReceiver::place_of(std::size_t index) const {
  if (files_[index].offset) return files_[index].offset;
  std::uint64_t offset = 0;
  for (std::size_t i = 0; i < index; ++i) {
    if (!files_[i].length) return std::nullopt;
    offset += *files_[i].length;
  }
  return offset;
}

/// Bytes that the files have or are said to have.
std::uint64_t WeightReceiver::accounted() const {
  std::uint64_t total = 0;
  for (const File& file : files_) {
    if (file.size() > std::numeric_limits<std::uint64_t>::max() - total) return file.size();
    total += file.size();
  }
  return total;
}

void WeightReceiver::check_accounted(const File& file, std::uint64_t more) const {
  const std::uint64_t total = accounted();
  if (total <= most_ && more <= most_ - total) return;
  throw corrupt_data(file.name, " has ", file.length ? "" : "at least ", file.size() + more,
                     " bytes: ", most_reason_, file.note);
}

void WeightReceiver::take(std::size_t index, std::span<const std::byte> data) {
  if (data.empty()) return;
  File& file = files_[index];
  if (file.length && data.size() > *file.length - file.received) {
    throw corrupt_data(file.name, " has more than the ", *file.length, " bytes it should have",
                       file.note);
  }
  std::memcpy(room_for(index, data.size()), data.data(), data.size());
  file.received += data.size();
  if (file.received - file.hashed >= kHashedAtOnce) give_to_hash(file);
  if (file.received > file.most_received) {
    progress_.bytes_done += file.received - std::exchange(file.most_received, file.received);
    progress_.bytes_total = std::max(progress_.bytes_total, progress_.bytes_done);
  }
}

/// Memory for the next bytes of a file.
std::byte* WeightReceiver::room_for(std::size_t index, std::uint64_t bytes) {
  File& file = files_[index];
  if (!file.length) check_accounted(file, bytes);
  if (!is_joint_) {
    grow_own(file, file.received + bytes);
    return file.own.get() + file.received;
  }
  file.offset = place_of(index);
  if (!buffer_) make_buffer();
  if (*file.offset + file.received + bytes > buffer_size_) {
    throw corrupt_data(file.name, " does not fit: ", most_reason_, file.note);
  }
  take_memory_ahead(*file.offset + file.received + bytes);
  return buffer_.get() + *file.offset + file.received;
}

/// On a thread beside, for the system needs as long to hand out memory as the bytes need to come.
void WeightReceiver::take_memory_ahead(std::uint64_t position) {
  const std::uint64_t end = std::min(position + kTakenAhead, buffer_size_);
  memory_taken_ = std::max(memory_taken_, position);
  while (memory_taken_ < end) {
    const std::uint64_t size = std::min(kTakenAtOnce, buffer_size_ - memory_taken_);
    memory_worker_.run([buffer = buffer_, begin = memory_taken_, size] {
      platform::take_memory(buffer.get() + begin, size);
    });
    memory_taken_ += size;
  }
}

const std::byte* WeightReceiver::bytes_of(const File& file) const {
  return is_joint_ ? buffer_.get() + file.offset.value_or(0) : file.own.get();
}

void WeightReceiver::give_to_hash(File& file) {
  if (!verify_ || !file.integrity.sha256 || file.received == file.hashed) return;
  const std::span<const std::byte> part(bytes_of(file) + file.hashed,
                                        static_cast<std::size_t>(file.received - file.hashed));
  file.hashed = file.received;
  worker_.run([&file, part] { file.hash.update(part); });
}

/// The one buffer, with what the old one held. Memory is taken as it is written to, so that a claim
/// alone takes none.
void WeightReceiver::make_buffer() {
  const bool is_known = std::all_of(files_.begin(), files_.end(),
                                    [](const File& file) { return file.length.has_value(); });
  const std::uint64_t new_size = is_known ? accounted() : most_;
  worker_.wait();
  std::shared_ptr<std::byte> larger = allocate(new_size, json_name_);
  for (const File& file : files_) {
    if (!file.offset || file.received == 0) continue;
    std::memcpy(larger.get() + *file.offset, buffer_.get() + *file.offset, file.received);
  }
  buffer_ = std::move(larger);
  buffer_size_ = new_size;
  memory_taken_ = 0;
}

void WeightReceiver::grow_own(File& file, std::uint64_t size) {
  if (file.own && size <= file.own_size) return;
  const std::uint64_t grown = std::max({size, 2 * file.own_size, kFirstOwnSize});
  const std::uint64_t new_size = file.length ? *file.length : std::min(grown, most_);
  worker_.wait();
  std::shared_ptr<std::byte> larger = allocate(new_size, json_name_);
  if (file.own && file.received > 0) std::memcpy(larger.get(), file.own.get(), file.received);
  file.own = std::move(larger);
  file.own_size = new_size;
}

void WeightReceiver::finish(std::size_t index) {
  File& file = files_[index];
  const std::uint64_t expected = file.length.value_or(file.received);
  if (file.received != expected) {
    throw corrupt_data(file.name, " has ", file.received, " bytes, but the model says ", expected,
                       " (interrupted download?)", file.note);
  }
  file.length = file.received;
  if (!verify_ || !file.integrity.sha256) return;
  give_to_hash(file);
  worker_.run([&file] {
    file.found = hex(file.hash.finish());
    file.is_hashed.store(true);
  });
  // Those behind are looked at by and by: a damaged file ends the load before the last one.
  unchecked_.push_back(&file);
  std::vector<const File*> behind;
  for (const File* each : unchecked_) {
    if (each->is_hashed.load()) {
      check_hash(*each);
    } else {
      behind.push_back(each);
    }
  }
  unchecked_ = std::move(behind);
}

void WeightReceiver::check_hash(const File& file) const {
  if (file.found == *file.integrity.sha256) return;
  throw corrupt_data(file.name, " is damaged: its SHA-256 is ", file.found, ", but the model says ",
                     *file.integrity.sha256, file.note);
}

WeightData WeightReceiver::data() {
  worker_.wait();
  for (const File* file : std::exchange(unchecked_, {})) check_hash(*file);
  WeightData data;
  for (std::size_t i = 0; i < files_.size(); ++i) data.append(content(i));
  return data;
}

Bytes WeightReceiver::content(std::size_t index) const {
  const File& file = files_[index];
  if (file.received == 0) return {};
  const std::shared_ptr<std::byte>& owner = is_joint_ ? buffer_ : file.own;
  return Bytes(owner, {bytes_of(file), static_cast<std::size_t>(file.received)});
}

std::string WeightReceiver::notes() const {
  const auto noted = std::find_if(files_.begin(), files_.end(),
                                  [](const File& file) { return !file.note.empty(); });
  return noted == files_.end() ? "" : cat("; ", noted->name, noted->note);
}

}  // namespace tfjs::io::internal
