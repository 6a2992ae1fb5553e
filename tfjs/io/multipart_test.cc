#include "tfjs/io/multipart.h"

#include <gtest/gtest.h>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/model_json.h"

namespace tfjs::io {
namespace {

constexpr const char* kType = "multipart/form-data; boundary=B";

std::string joined(const std::vector<Bytes>& pieces) {
  std::string out;
  for (const Bytes& piece : pieces) out += piece.text();
  return out;
}

std::string part(const std::string& name, const std::string& content) {
  return cat("--B\r\nContent-Disposition: form-data; name=\"", name, "\"; filename=\"", name,
             "\"\r\nContent-Type: application/octet-stream\r\n\r\n", content, "\r\n");
}

std::vector<FormPart> parse_body(const std::string& body, const std::string& type = kType) {
  return parse_form(Bytes::copy_of(body), type);
}

ModelArtifacts read_body(const std::string& body) {
  return read_model_form(Bytes::copy_of(body), kType);
}

/// model.json of `model` as stock TensorFlow.js writes it: no integrity.
std::string stock_json(const ModelArtifacts& model) {
  std::string json = write_model_json(model, {{"./model.weights.bin", 0, ""}});
  return json.replace(json.find("integrity"), 9, "unknown__");
}

TEST(EncodeForm, IsReadBackEqual) {
  const EncodedForm form =
      encode_form({{"a.json", "application/json", {Bytes::copy_of("{}")}},
                   {"b.bin",
                    "application/octet-stream",
                    {Bytes::copy_of("\r\n--"), Bytes(), Bytes::copy_of("\r\n")}}});
  const auto parts = parse_body(joined(form.body), form.content_type);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].name, "a.json");
  EXPECT_EQ(parts[0].file_name, "a.json");
  EXPECT_EQ(parts[0].content_type, "application/json");
  EXPECT_EQ(parts[0].content.text(), "{}");
  EXPECT_EQ(parts[1].content.text(), "\r\n--\r\n");
}

TEST(EncodeForm, DoesNotCopyWhatItSends) {
  const Bytes content = Bytes::copy_of("weights");
  const EncodedForm form = encode_form({{"w", "x/y", {content}}});
  EXPECT_EQ(form.body[1].data(), content.data());
}

TEST(EncodeForm, HasABoundaryOfItsOwnEachTime) {
  EXPECT_NE(encode_form({}).content_type, encode_form({}).content_type);
}

TEST(EncodeForm, RefusesNamesThatWouldEndTheirHeader) {
  for (const char* name : {"", "a\"b", "a\r\nb", "a\\b", "\xc3\xa9"}) {
    EXPECT_EQ(error_of([&] {
                encode_form({{name, "x/y", {}}});
              }).code(),
              ErrorCode::InvalidArgument);
  }
}

TEST(ParseForm, ReadsWhatBrowsersWrite) {
  const auto parts = parse_body(
      "--B\r\ncontent-disposition: form-data; name=\"a%22\"; filename=\"x;y=\\\"z.bin\"\r\n"
      "X-Other: 1\r\n\r\n1\r\n--B  \r\nContent-Disposition:form-data;name=b\r\n\r\n\r\n--B--\r\n");
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].name, "a%22");
  EXPECT_EQ(parts[0].file_name, "x;y=\"z.bin");
  EXPECT_EQ(parts[0].content.text(), "1");
  EXPECT_EQ(parts[1].name, "b");
  EXPECT_EQ(parts[1].file_name, "");
  EXPECT_TRUE(parts[1].content.empty());
}

TEST(ParseForm, TakesAnEmptyForm) {
  EXPECT_TRUE(parse_body("--B--").empty());
  EXPECT_TRUE(parse_body("--B--\r\n").empty());
}

TEST(ParseForm, ReadsQuotedBoundaries) {
  EXPECT_TRUE(parse_body("--a b--", "Multipart/Form-Data; charset=x; Boundary=\"a b\"").empty());
}

TEST(ParseForm, RefusesOtherContentTypes) {
  for (const char* type : {"", "text/html", "multipart/mixed; boundary=B", "multipart/form-data",
                           "multipart/form-data; boundary=", "multipart/form-data; boundary=\"B",
                           "multipart/form-data; "
                           "boundary=ccccccccccccccccccccccccccccccccccccccccccccccccccccccccccccc"
                           "cccccccccc"}) {
    EXPECT_EQ(error_of([&] { parse_body("--B--", type); }).code(), ErrorCode::CorruptData) << type;
  }
}

TEST(ParseForm, RefusesWhatIsNoForm) {
  const std::string good = part("a", "1");
  for (const std::string& body :
       {std::string(), std::string("--"), std::string("--B"), std::string("--C--"), "x" + good,
        good, good + "--B", good + "--B\r", good + "--B-", good + "--B--x", good + "--Bx",
        std::string("--B\r\n\r\n1\r\n--B--"), std::string("--B\r\nno header\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: attachment; name=a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a junk\r\n\r\n1\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=a\r\n"
                    "Content-Transfer-Encoding: base64\r\n\r\n1\r\n--B--")}) {
    EXPECT_EQ(error_of([&] { parse_body(body); }).code(), ErrorCode::CorruptData) << body;
  }
}

TEST(ParseForm, BoundsPartsAndHeaders) {
  std::string many;
  for (int i = 0; i < 101; ++i) many += part("a", "1");
  EXPECT_TRUE(says(error_of([&] { parse_body(many + "--B--"); }), ErrorCode::CorruptData, {"100"}));
  const std::string long_header =
      cat("--B\r\nX: ", std::string(20000, 'x'),
          "\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--B--");
  EXPECT_TRUE(
      says(error_of([&] { parse_body(long_header); }), ErrorCode::CorruptData, {"headers"}));
}

TEST(ReadModelForm, ReadsAModelWithoutCopyingItsWeights) {
  const ModelArtifacts model = small_model(5);
  const Bytes body =
      Bytes::copy_of(part("model.json", stock_json(model)) +
                     part("model.weights.bin", text_of(model.weight_data)) + "--B--\r\n");
  const ModelArtifacts read = read_model_form(body, kType);
  EXPECT_EQ(text_of(read.weight_data), text_of(model.weight_data));
  EXPECT_EQ(read.model_topology, model.model_topology);
  const std::byte* weights = read.weight_data.pieces().at(0).data();
  EXPECT_TRUE(weights > body.data() && weights < body.data() + body.size());
}

TEST(ReadModelForm, ReadsAModelWithoutWeights) {
  ModelArtifacts model = small_model(5);
  model.weight_specs.clear();
  const ModelArtifacts read = read_body(part("model.json", stock_json(model)) + "--B--");
  EXPECT_EQ(read.model_topology, model.model_topology);
}

TEST(ReadModelForm, RefusesFormsThatHoldNoWholeModel) {
  const ModelArtifacts model = small_model(5);
  const std::string json = part("model.json", stock_json(model));
  const std::string weights = part("model.weights.bin", text_of(model.weight_data));
  const auto refuses = [](const std::string& parts, const std::string& word) {
    EXPECT_TRUE(
        says(error_of([&] { read_body(parts + "--B--"); }), ErrorCode::CorruptData, {word}));
  };
  refuses("", "model.json is missing");
  refuses(weights, "model.json is missing");
  refuses(json, "d/kernel");
  refuses(json + weights + weights, "twice");
  refuses(json + weights + part("extra", ""), "'extra'");
  refuses(json + part("model.weights.bin", "short"), "d/kernel");
  refuses(part("model.json", "{}") + weights, "modelTopology");
  const std::string other = write_model_json(model, {{"other.bin", 32, std::string(64, '0')}});
  refuses(part("model.json", other) + weights, "other.bin");
  const std::string hashed =
      write_model_json(model, {{"./model.weights.bin", 32, std::string(64, '0')}});
  refuses(part("model.json", hashed) + weights, "SHA-256");
}

}  // namespace
}  // namespace tfjs::io
