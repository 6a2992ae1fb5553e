// NumPy's .npy files: versions 1.0, 2.0 and 3.0 in, 1.0 out.
#pragma once

#include <string>

#include "tfjs/base/bytes.h"
#include "tfjs/core/tensor.h"

namespace tfjs::io {

/// Little- or big-endian f4 f8 f2 i1 i2 i4 i8 u1 u2 u4 u8 b1 c8, C or Fortran order; converted to
/// the tensor dtypes (floats to float32, integers to int32 when they fit). Errors: CorruptData
/// naming `what`: bad magic, header, shape, byte count; Unsupported for other dtypes (objects);
/// InvalidArgument for an integer that does not fit int32.
Tensor parse_npy(const Bytes& file, const std::string& what);

/// Version 1.0, C order; '<f4', '<i4', '|b1' or '<c8'. Errors: Unsupported for string tensors.
Bytes write_npy(const Tensor& tensor);

Tensor read_npy_file(const std::string& path);
void write_npy_file(const std::string& path, const Tensor& tensor);

}  // namespace tfjs::io
