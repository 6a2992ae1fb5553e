// multipart/form-data (RFC 7578), the body of the request by which TensorFlow.js saves a model: the
// writing side joins nothing, the reading side believes nothing.
//
//   // in a server: content_type is the request's header of that name
//   ModelArtifacts model = tf::io::read_model_form(body, content_type);
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/bytes.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io {

/// A file to send. Names and type are ASCII without quotes and line breaks.
struct FormFile {
  std::string name;  ///< of the part, and of the file
  std::string content_type;
  std::vector<Bytes> content;  ///< pieces of one byte string
};

struct EncodedForm {
  std::string content_type;  ///< "multipart/form-data; boundary=..."
  std::vector<Bytes> body;   ///< pieces; those of the files are the files' own
};

/// Errors: InvalidArgument for a name or type that cannot be written.
EncodedForm encode_form(const std::vector<FormFile>& files);

struct FormPart {
  std::string name;
  std::string file_name;     ///< "" when there is none
  std::string content_type;  ///< "" when there is none
  Bytes content;             ///< a view of the body
};

/// Errors: CorruptData: another content type; no boundary; a body that does not begin with it or
/// ends without it; a part without name, or with more than 16 KiB of headers; more than 100 parts;
/// a part with a Content-Transfer-Encoding.
std::vector<FormPart> parse_form(const Bytes& body, std::string_view content_type);

/// The model that a stock TensorFlow.js or this library sent: the part "model.json", and the part
/// "model.weights.bin" unless the model has no weight bytes. The weights are views of `body`.
/// Errors: as parse_form; CorruptData: a part missing, twice, or of another name; what
/// parse_model_json and weight_ranges refuse; lengths and, when options.verify, SHA-256 that are
/// not those of model.json.
ModelArtifacts read_model_form(const Bytes& body, std::string_view content_type,
                               const LoadOptions& options = {});

}  // namespace tfjs::io
