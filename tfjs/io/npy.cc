#include "tfjs/io/npy.h"

#include <algorithm>
#include <complex>
#include <cstring>
#include <limits>
#include <optional>
#include <random>
#include <type_traits>
#include <utility>

#include "tfjs/base/checked.h"
#include "tfjs/base/error.h"
#include "tfjs/base/float16.h"
#include "tfjs/io/internal/npy_header.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {

namespace {

using internal::NpyHeader;

constexpr std::string_view kMagic = "\x93NUMPY";
constexpr std::size_t kHeaderAlignment = 64;
constexpr std::size_t kMaxHeader = std::size_t{1} << 20;

struct Half {
  std::uint16_t bits;
};

/// The elements as they are in the file.
struct Source {
  const std::byte* data = nullptr;
  std::int64_t count = 0;
  bool is_swapped = false;  ///< big-endian
  const std::string& what;
};

template <class T>
T load(const Source& source, std::int64_t i) {
  std::byte bytes[sizeof(T)];
  std::memcpy(bytes, source.data + i * static_cast<std::int64_t>(sizeof(T)), sizeof(T));
  if (source.is_swapped) {
    // The parts of a complex number are swapped each by itself.
    constexpr std::size_t kPart = std::is_same_v<T, std::complex<float>> ? 4 : sizeof(T);
    for (std::size_t at = 0; at < sizeof(T); at += kPart) {
      std::reverse(bytes + at, bytes + at + kPart);
    }
  }
  T value;
  std::memcpy(&value, bytes, sizeof value);
  return value;
}

template <class To, class From>
To convert(From value, const Source& source) {
  if constexpr (std::is_same_v<From, Half>) {
    return float16_to_float(value.bits);
  } else if constexpr (std::is_same_v<To, std::uint8_t>) {
    return value != 0;  // bool
  } else if constexpr (std::is_same_v<To, std::int32_t> && sizeof(From) >= 4) {
    if (!std::in_range<std::int32_t>(value)) {
      throw invalid_argument(source.what, ": npy value ", value,
                             " does not fit int32, the only integer type of models");
    }
    return static_cast<std::int32_t>(value);
  } else {
    return static_cast<To>(value);
  }
}

/// Offsets, in elements, of a Fortran-ordered array's elements taken in C order.
class FortranOrder {
 public:
  explicit FortranOrder(const Shape& shape) : dims_(shape.dims()), index_(dims_.size(), 0) {
    std::int64_t stride = 1;
    for (std::int64_t dim : dims_) {
      strides_.push_back(stride);
      stride *= dim;
    }
  }

  std::int64_t next() {
    const std::int64_t offset = offset_;
    for (std::size_t axis = dims_.size(); axis-- > 0;) {
      offset_ += strides_[axis];
      if (++index_[axis] < dims_[axis]) break;
      offset_ -= strides_[axis] * dims_[axis];
      index_[axis] = 0;
    }
    return offset;
  }

 private:
  std::vector<std::int64_t> dims_;
  std::vector<std::int64_t> index_;
  std::vector<std::int64_t> strides_;
  std::int64_t offset_ = 0;
};

template <class To, class From>
Tensor read_elements(const NpyHeader& header, const Source& source) {
  if (static_cast<std::uint64_t>(source.count) >
      std::numeric_limits<std::size_t>::max() / 2 / sizeof(To)) {
    throw unavailable(source.what, ": ", header.shape, " is too large for this machine's memory");
  }
  const std::size_t size = static_cast<std::size_t>(source.count) * sizeof(To);
  Bytes bytes = Bytes::make(size, [&](std::span<std::byte> out) {
    auto* to = reinterpret_cast<To*>(out.data());
    if (header.is_fortran_order) {
      FortranOrder order(header.shape);
      for (std::int64_t i = 0; i < source.count; ++i) {
        to[i] = convert<To>(load<From>(source, order.next()), source);
      }
    } else {
      for (std::int64_t i = 0; i < source.count; ++i) {
        to[i] = convert<To>(load<From>(source, i), source);
      }
    }
  });
  return Tensor::from_bytes(DTypeOf<To>::value, header.shape, std::move(bytes));
}

Tensor convert_elements(const NpyHeader& header, const Source& source) {
  switch (header.kind) {
    case 'f':
      if (header.item_size == 2) return read_elements<float, Half>(header, source);
      if (header.item_size == 4) return read_elements<float, float>(header, source);
      return read_elements<float, double>(header, source);
    case 'i':
      if (header.item_size == 1) return read_elements<std::int32_t, std::int8_t>(header, source);
      if (header.item_size == 2) return read_elements<std::int32_t, std::int16_t>(header, source);
      if (header.item_size == 4) return read_elements<std::int32_t, std::int32_t>(header, source);
      return read_elements<std::int32_t, std::int64_t>(header, source);
    case 'u':
      if (header.item_size == 1) return read_elements<std::int32_t, std::uint8_t>(header, source);
      if (header.item_size == 2) return read_elements<std::int32_t, std::uint16_t>(header, source);
      if (header.item_size == 4) return read_elements<std::int32_t, std::uint32_t>(header, source);
      return read_elements<std::int32_t, std::uint64_t>(header, source);
    case 'b':
      return read_elements<std::uint8_t, std::uint8_t>(header, source);
    default:
      return read_elements<std::complex<float>, std::complex<float>>(header, source);
  }
}

/// The dtype whose elements in memory are those of the file as they are.
std::optional<DType> same_dtype(const NpyHeader& header) {
  if (header.kind == 'f' && header.item_size == 4) return DType::Float32;
  if (header.kind == 'i' && header.item_size == 4) return DType::Int32;
  if (header.kind == 'c') return DType::Complex64;
  return std::nullopt;
}

/// Where the header's text is, after magic, version and its length.
std::string_view header_text(const Bytes& file, const std::string& what) {
  const std::string_view text = file.text();
  if (!text.starts_with(kMagic)) {
    throw corrupt_data(what, " is no npy file: it does not start with \"\\x93NUMPY\"");
  }
  const std::size_t version_at = kMagic.size();
  if (text.size() < version_at + 2) throw corrupt_data(what, ": the npy file ends in its header");
  const int major = static_cast<unsigned char>(text[version_at]);
  if (major < 1 || major > 3) {
    throw unsupported(what, ": npy version ", major, " is not known, only 1, 2 and 3");
  }
  const std::size_t length_size = major == 1 ? 2 : 4;
  const std::size_t text_at = version_at + 2 + length_size;
  if (text.size() < text_at) throw corrupt_data(what, ": the npy file ends in its header");
  std::uint32_t length = 0;
  std::memcpy(&length, file.data() + version_at + 2, length_size);
  if (length > kMaxHeader || length > text.size() - text_at) {
    throw corrupt_data(what, ": npy header of ", length, " bytes, but the file has ", text.size());
  }
  return text.substr(text_at, length);
}

std::int64_t checked_count(const NpyHeader& header, std::size_t present, const std::string& what) {
  std::int64_t count = 0;
  try {
    count = header.shape.size();
  } catch (const Error& error) {
    throw corrupt_data(what, ": npy header: ", error.what());
  }
  const auto needed = checked_multiply(count, header.item_size);
  if (!needed || static_cast<std::uint64_t>(*needed) != present) {
    throw corrupt_data(what, ": npy ", header.shape, " of ", header.item_size,
                       "-byte elements needs ", needed ? cat(*needed) : "more than 2^63",
                       " bytes, but ", present, " follow the header");
  }
  return count;
}

}  // namespace

Tensor parse_npy(const Bytes& file, const std::string& what) {
  const std::string_view text = header_text(file, what);
  const NpyHeader header = internal::parse_npy_header(text, what);
  const auto data_at = static_cast<std::size_t>(text.data() - file.text().data()) + text.size();
  const Bytes data = file.slice(data_at, file.size() - data_at);
  const std::int64_t count = checked_count(header, data.size(), what);

  const bool is_swapped = header.byte_order == '>' && header.item_size > 1;
  const std::optional<DType> same = same_dtype(header);
  if (same && !is_swapped && !header.is_fortran_order) {
    return Tensor::from_bytes(*same, header.shape, data);
  }
  return convert_elements(header, {data.data(), count, is_swapped, what});
}

Bytes write_npy(const Tensor& tensor) {
  std::string_view descr;
  switch (tensor.dtype()) {
    case DType::Float32:
      descr = "<f4";
      break;
    case DType::Int32:
      descr = "<i4";
      break;
    case DType::Bool:
      descr = "|b1";
      break;
    case DType::Complex64:
      descr = "<c8";
      break;
    case DType::String:
      throw unsupported("npy: string tensors cannot be written, only numbers");
  }
  std::string shape;
  for (std::int64_t dim : tensor.shape().dims()) shape += cat(shape.empty() ? "" : ", ", dim);
  if (tensor.rank() == 1) shape.push_back(',');
  std::string header =
      cat("{'descr': '", descr, "', 'fortran_order': False, 'shape': (", shape, "), }");
  const std::size_t prefix = kMagic.size() + 4;
  const std::size_t unpadded = prefix + header.size() + 1;
  header.append((kHeaderAlignment - unpadded % kHeaderAlignment) % kHeaderAlignment, ' ');
  header.push_back('\n');
  if (header.size() > 65535) throw unsupported("npy: shape ", tensor.shape(), " is too long");

  std::string start(kMagic);
  start.append({'\x01', '\x00', static_cast<char>(header.size() & 255),
                static_cast<char>(header.size() >> 8)});
  start.append(header);
  const Bytes& elements = tensor.bytes();
  return Bytes::make(start.size() + elements.size(), [&](std::span<std::byte> out) {
    std::memcpy(out.data(), start.data(), start.size());
    if (!elements.empty()) {
      std::memcpy(out.data() + start.size(), elements.data(), elements.size());
    }
  });
}

Tensor read_npy_file(const std::string& path) {
  return parse_npy(platform::files().map(path), path);
}

void write_npy_file(const std::string& path, const Tensor& tensor) {
  // Beside the file and then moved over it: a tensor read from it may still be a view of the old
  // one.
  platform::Files& files = platform::files();
  const std::string target = files.resolve(path);
  const auto info = files.info(target);
  if (info && !info->is_file()) {
    throw invalid_argument("cannot write ", quoted(path, 4096), ": not a regular file");
  }
  const std::string temporary = cat(target, ".tfjs-", std::random_device()(), ".tmp");
  auto writer = files.create_file(temporary);
  try {
    writer->write(write_npy(tensor).span());
    writer->close();
    if (info) files.copy_permissions(target, temporary);
    files.rename(temporary, target);
  } catch (const Error&) {
    if (files.info(temporary)) files.remove_file(temporary);
    throw;
  }
}

}  // namespace tfjs::io
