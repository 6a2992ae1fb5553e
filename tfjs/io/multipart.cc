#include "tfjs/io/multipart.h"

#include <algorithm>
#include <array>
#include <optional>
#include <random>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_json.h"
#include "tfjs/platform/http_text.h"

namespace tfjs::io {
namespace {

using platform::is_same_word;
using platform::trimmed;

constexpr std::string_view kFormType = "multipart/form-data";
constexpr std::string_view kJsonPart = "model.json";
constexpr std::string_view kWeightsPart = "model.weights.bin";
constexpr std::string_view kWhat = "multipart/form-data";  // in messages
constexpr std::size_t kMostHeaderBytes = std::size_t{16} << 10;
constexpr std::size_t kMostParts = 100;
constexpr std::size_t kLongestBoundary = 70;  // RFC 2046, 5.1.1

/// 128 random bits: weights do not contain them by chance, and nobody can foresee them.
std::string make_boundary() {
  std::random_device random;
  std::string boundary = "tfjs-cpp-";
  for (int i = 0; i < 32; ++i) boundary.push_back("0123456789abcdef"[random() % 16]);
  return boundary;
}

void check_written(std::string_view text) {
  const bool is_fine = std::all_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f &&
           c != '"' && c != '\\';
  });
  if (!is_fine || text.empty()) {
    throw invalid_argument(kWhat, ": ", quoted(text), " cannot name a part");
  }
}

/// One parameter of a header: `; name="file.bin"`.
struct Parameter {
  std::string name;
  std::string value;
};

/// Takes the next parameter off `rest`; nothing when `rest` goes on with something else.
std::optional<Parameter> take_parameter(std::string_view& rest) {
  rest = trimmed(rest);
  if (!rest.starts_with(';')) return std::nullopt;
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  Parameter parameter;
  parameter.name = trimmed(rest.substr(1, equals - 1));
  rest.remove_prefix(equals + 1);
  if (!rest.starts_with('"')) {
    const std::string_view value = rest.substr(0, rest.find_first_of("; \t"));
    parameter.value = value;
    rest.remove_prefix(value.size());
    return parameter;
  }
  std::size_t at = 1;
  while (at < rest.size() && rest[at] != '"') {
    // A browser writes a quote as %22, others as \".
    if (rest[at] == '\\' && at + 1 < rest.size() && (rest[at + 1] == '"' || rest[at + 1] == '\\')) {
      ++at;
    }
    parameter.value.push_back(rest[at++]);
  }
  if (at >= rest.size()) return std::nullopt;
  rest.remove_prefix(at + 1);
  return parameter;
}

std::string boundary_of(std::string_view content_type) {
  const std::string_view kind = trimmed(content_type.substr(0, content_type.find(';')));
  if (!is_same_word(kind, kFormType)) {
    throw corrupt_data("the content type must be ", kFormType, ", got ", quoted(content_type));
  }
  std::string_view rest = content_type;
  rest.remove_prefix(std::min(rest.size(), rest.find(';')));
  while (const auto parameter = take_parameter(rest)) {
    if (!is_same_word(parameter->name, "boundary")) continue;
    const std::string& boundary = parameter->value;
    if (!boundary.empty() && boundary.size() <= kLongestBoundary) return boundary;
    throw corrupt_data(kWhat, ": a boundary must have 1 to ", kLongestBoundary, " letters, got ",
                       boundary.size());
  }
  throw corrupt_data("the content type names no boundary: ", quoted(content_type));
}

/// Reads a body from its start; every failure says at which byte.
class FormReader {
 public:
  FormReader(const Bytes& body, std::string_view content_type)
      : body_(body), text_(body.text()), delimiter_(cat("\r\n--", boundary_of(content_type))) {}

  std::vector<FormPart> read() {
    // The first delimiter needs no line break before it.
    const std::string_view first = std::string_view(delimiter_).substr(2);
    if (!text_.starts_with(first)) fail("the body does not begin with its boundary");
    at_ = first.size();
    std::vector<FormPart> parts;
    while (!take_end()) {
      if (parts.size() == kMostParts) fail(cat("more than ", kMostParts, " parts"));
      parts.push_back(read_part());
    }
    return parts;
  }

 private:
  [[noreturn]] void fail(const std::string& reason) const {
    throw corrupt_data(kWhat, ": ", reason, " (at byte ", at_, " of ", text_.size(), ")");
  }

  /// After a delimiter: "--" ends the form, a line break begins a part.
  bool take_end() {
    std::string_view rest = text_.substr(at_);
    if (rest.starts_with("--")) {
      if (!trimmed(rest.substr(2)).empty()) fail("more bytes after the end of the form");
      return true;
    }
    const std::size_t spaces = std::min(rest.find_first_not_of(" \t"), rest.size());
    rest.remove_prefix(spaces);
    if (!rest.starts_with("\r\n")) fail("no line break after a boundary (interrupted upload?)");
    at_ += spaces + 2;
    return false;
  }

  FormPart read_part() {
    FormPart part;
    const std::size_t headers_end = at_ + kMostHeaderBytes;
    for (std::string_view line = take_line(headers_end); !line.empty();
         line = take_line(headers_end)) {
      take_header(line, part);
    }
    if (part.name.empty()) fail("a part without a name");
    const std::size_t end = text_.find(delimiter_, at_);
    if (end == std::string_view::npos) {
      fail(cat("part ", quoted(part.name), " has no end (interrupted upload?)"));
    }
    part.content = body_.slice(at_, end - at_);
    at_ = end + delimiter_.size();
    return part;
  }

  std::string_view take_line(std::size_t limit) {
    const std::size_t end = text_.substr(0, std::min(limit, text_.size())).find("\r\n", at_);
    if (end == std::string_view::npos) fail("the headers of a part do not end");
    const std::string_view line = text_.substr(at_, end - at_);
    at_ = end + 2;
    return line;
  }

  void take_header(std::string_view line, FormPart& part) const {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) fail(cat("no header: ", quoted(line)));
    const std::string_view name = trimmed(line.substr(0, colon));
    const std::string_view value = trimmed(line.substr(colon + 1));
    if (is_same_word(name, "Content-Disposition")) {
      take_disposition(value, part);
    } else if (is_same_word(name, "Content-Type")) {
      part.content_type = value;
    } else if (is_same_word(name, "Content-Transfer-Encoding") && !is_same_word(value, "binary") &&
               !is_same_word(value, "8bit") && !is_same_word(value, "7bit")) {
      fail(cat("parts must be sent as they are, not as ", quoted(value)));
    }
  }

  void take_disposition(std::string_view value, FormPart& part) const {
    std::string_view rest = value;
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    if (!is_same_word(trimmed(value.substr(0, value.find(';'))), "form-data")) {
      fail(cat("a part is no form-data: ", quoted(value)));
    }
    while (const auto parameter = take_parameter(rest)) {
      if (is_same_word(parameter->name, "name")) part.name = parameter->value;
      if (is_same_word(parameter->name, "filename")) part.file_name = parameter->value;
    }
    if (!trimmed(rest).empty()) fail(cat("not understood: ", quoted(value)));
  }

  const Bytes& body_;
  std::string_view text_;
  std::string delimiter_;
  std::size_t at_ = 0;
};

/// The parts of a saved model.
class FormWeights : public internal::WeightSource {
 public:
  explicit FormWeights(const std::vector<FormPart>& parts) {
    for (const FormPart& part : parts) {
      const bool is_json = part.name == kJsonPart;
      if (!is_json && part.name != kWeightsPart) {
        throw corrupt_data(kWhat, ": a model has no part ", quoted(part.name), ", only ", kJsonPart,
                           " and ", kWeightsPart);
      }
      const FormPart*& place = is_json ? json_ : weights_;
      if (place != nullptr) throw corrupt_data(kWhat, ": part ", quoted(part.name), " comes twice");
      place = &part;
    }
    if (json_ == nullptr) throw corrupt_data(kWhat, ": part ", kJsonPart, " is missing");
  }

  const Bytes& json() const { return json_->content; }
  std::string shown(const std::string& path) const override { return path; }

  Bytes open(const std::string& path) const override {
    if (path != kWeightsPart) {
      throw corrupt_data(kJsonPart, " names the weight file ", quoted(path), ", but ", kWeightsPart,
                         " is what a form carries");
    }
    // Left out for a model without weight bytes; one that has some misses them when they are read.
    return weights_ == nullptr ? Bytes() : weights_->content;
  }

 private:
  const FormPart* json_ = nullptr;
  const FormPart* weights_ = nullptr;
};

}  // namespace

EncodedForm encode_form(const std::vector<FormFile>& files) {
  const std::string boundary = make_boundary();
  EncodedForm form;
  form.content_type = cat(kFormType, "; boundary=", boundary);
  std::string between = cat("--", boundary);
  for (const FormFile& file : files) {
    check_written(file.name);
    check_written(file.content_type);
    form.body.push_back(Bytes::take(cat(between, "\r\nContent-Disposition: form-data; name=\"",
                                        file.name, "\"; filename=\"", file.name,
                                        "\"\r\nContent-Type: ", file.content_type, "\r\n\r\n")));
    form.body.insert(form.body.end(), file.content.begin(), file.content.end());
    between = cat("\r\n--", boundary);
  }
  form.body.push_back(Bytes::take(between + "--\r\n"));
  return form;
}

std::vector<FormPart> parse_form(const Bytes& body, std::string_view content_type) {
  return FormReader(body, content_type).read();
}

ModelArtifacts read_model_form(const Bytes& body, std::string_view content_type,
                               const LoadOptions& options) {
  const std::vector<FormPart> parts = parse_form(body, content_type);
  const FormWeights source(parts);
  const std::string json_name(kJsonPart);
  ModelJson model = parse_model_json(source.json().text(), json_name, options.json_limits);
  return internal::read_model(std::move(model), source, json_name, options);
}

}  // namespace tfjs::io
