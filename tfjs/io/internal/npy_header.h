// The text header of .npy files: a Python dict literal of three keys.
#pragma once

#include <string>
#include <string_view>

#include "tfjs/core/shape.h"

namespace tfjs::io::internal {

struct NpyHeader {
  char byte_order = '|';  ///< '<', '>', '=' or '|'
  char kind = 'f';        ///< NumPy's letter: f i u b c
  int item_size = 4;      ///< bytes of an element
  bool is_fortran_order = false;
  Shape shape;
};

/// Reads "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }": the three keys in any
/// order, each once, nothing else but white space. Errors: CorruptData naming `what`; Unsupported
/// for a descr that is a list (records) or of a kind that is not a plain number (objects, text,
/// dates).
NpyHeader parse_npy_header(std::string_view text, const std::string& what);

}  // namespace tfjs::io::internal
