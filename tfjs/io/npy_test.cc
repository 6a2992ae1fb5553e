#include "tfjs/io/npy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <complex>

#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

/// A file of version 1.0 with this header text, not padded.
std::string npy(std::string_view header, std::string_view data) {
  std::string file = "\x93NUMPY";
  file.append({'\x01', '\x00', static_cast<char>(header.size() & 255),
               static_cast<char>(header.size() >> 8)});
  return cat(file, header, data);
}

std::string header(std::string_view descr, std::string_view shape,
                   std::string_view order = "False") {
  return cat("{'descr': '", descr, "', 'fortran_order': ", order, ", 'shape': ", shape, ", }\n");
}

Tensor parse_text(std::string_view file) {
  return parse_npy(Bytes::copy_of(file), "x.npy");
}

template <class T>
std::vector<T> values(const Tensor& tensor) {
  const auto data = tensor.data<T>();
  return {data.begin(), data.end()};
}

template <class T>
std::string raw(std::initializer_list<T> elements, bool is_swapped = false) {
  std::string out;
  for (const T& element : elements) {
    std::string bytes(reinterpret_cast<const char*>(&element), sizeof element);
    if (is_swapped) std::reverse(bytes.begin(), bytes.end());
    out += bytes;
  }
  return out;
}

void expect_npy_refused(std::string_view file, ErrorCode code,
                        const std::vector<std::string>& parts) {
  std::vector<std::string> all = parts;
  all.push_back("x.npy");
  EXPECT_TRUE(says(error_of([&] { parse_text(file); }), code, all));
}

TEST(WriteNpy, WritesWhatNumPyWrites) {
  const Bytes file = write_npy(Tensor::of<float>({1, 2, 3}, {3}));
  const std::string text(file.text());
  EXPECT_EQ(text.substr(0, 10), std::string("\x93NUMPY\x01\x00\x76\x00", 10));
  EXPECT_EQ(text.substr(10, 60), "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }   ");
  EXPECT_EQ(text[127], '\n');
  EXPECT_EQ(text.size(), 128u + 12u);
}

TEST(WriteNpy, IsReadBackForEveryDtype) {
  const std::vector<Tensor> tensors = {
      Tensor::of<float>({1, -2.5f}, {1, 2, 1}), Tensor::of<std::int32_t>({1, -2}, {2}),
      Tensor::of<std::uint8_t>({1, 0}, {2}), Tensor::of<std::complex<float>>({{1, 2}}, {}),
      Tensor::zeros({0, 3})};
  for (const Tensor& tensor : tensors) {
    const Tensor read = parse_npy(write_npy(tensor), "x.npy");
    EXPECT_EQ(read.spec(), tensor.spec());
    EXPECT_EQ(read.bytes().text(), tensor.bytes().text());
  }
}

TEST(WriteNpy, RefusesStrings) {
  EXPECT_EQ(error_of([] { write_npy(Tensor::of({"a"}, {1})); }).code(), ErrorCode::Unsupported);
}

TEST(ParseNpy, ConvertsNumbersOfEverySize) {
  EXPECT_EQ(
      values<float>(parse_text(npy(header("<f2", "(2,)"), raw<std::uint16_t>({0x3C00, 0xC100})))),
      (std::vector<float>{1, -2.5f}));
  EXPECT_EQ(values<float>(parse_text(npy(header("<f8", "(2,)"), raw<double>({0.1, -3})))),
            (std::vector<float>{0.1f, -3}));
  EXPECT_EQ(values<std::int32_t>(parse_text(npy(header("|i1", "(2,)"), raw<std::int8_t>({-1, 5})))),
            (std::vector<std::int32_t>{-1, 5}));
  EXPECT_EQ(values<std::int32_t>(parse_text(npy(header("|u1", "(1,)"), raw<std::uint8_t>({200})))),
            (std::vector<std::int32_t>{200}));
  EXPECT_EQ(values<std::int32_t>(parse_text(npy(header("<i2", "(1,)"), raw<std::int16_t>({-300})))),
            (std::vector<std::int32_t>{-300}));
  EXPECT_EQ(
      values<std::int32_t>(parse_text(npy(header("<u2", "(1,)"), raw<std::uint16_t>({65535})))),
      (std::vector<std::int32_t>{65535}));
  EXPECT_EQ(values<std::int32_t>(parse_text(npy(header("<i8", "(1,)"), raw<std::int64_t>({-7})))),
            (std::vector<std::int32_t>{-7}));
  EXPECT_EQ(values<std::int32_t>(parse_text(npy(header("<u4", "(1,)"), raw<std::uint32_t>({7})))),
            (std::vector<std::int32_t>{7}));
  EXPECT_EQ(values<std::uint8_t>(parse_text(npy(header("|b1", "(2,)"), raw<std::uint8_t>({0, 2})))),
            (std::vector<std::uint8_t>{0, 1}));
}

TEST(ParseNpy, SwapsBigEndianElements) {
  EXPECT_EQ(values<float>(parse_text(npy(header(">f4", "(2,)"), raw<float>({1.5f, -2}, true)))),
            (std::vector<float>{1.5f, -2}));
  EXPECT_EQ(
      values<std::int32_t>(parse_text(npy(header(">i8", "(1,)"), raw<std::int64_t>({-7}, true)))),
      (std::vector<std::int32_t>{-7}));
  const Tensor complex = parse_text(npy(header(">c8", "()"), raw<float>({1, 2}, true)));
  EXPECT_EQ(complex.data<std::complex<float>>()[0], (std::complex<float>{1, 2}));
}

TEST(ParseNpy, TurnsFortranOrderIntoRows) {
  const Tensor tensor =
      parse_text(npy(header("<i4", "(2, 3)", "True"), raw<std::int32_t>({1, 4, 2, 5, 3, 6})));
  EXPECT_EQ(tensor.shape(), (Shape{2, 3}));
  EXPECT_EQ(values<std::int32_t>(tensor), (std::vector<std::int32_t>{1, 2, 3, 4, 5, 6}));
}

TEST(ParseNpy, RefusesIntegersBeyondInt32) {
  expect_npy_refused(npy(header("<i8", "(1,)"), raw<std::int64_t>({std::int64_t{1} << 31})),
                     ErrorCode::InvalidArgument, {"2147483648", "int32"});
  expect_npy_refused(npy(header("<u4", "(1,)"), raw<std::uint32_t>({0xFFFFFFFF})),
                     ErrorCode::InvalidArgument, {"4294967295"});
}

TEST(ParseNpy, ReadsVersions2And3) {
  for (char version : {'\x02', '\x03'}) {
    const std::string text = header("<i4", "(1,)");
    std::string file = "\x93NUMPY";
    file.append({version, '\x00', static_cast<char>(text.size()), '\x00', '\x00', '\x00'});
    EXPECT_EQ(values<std::int32_t>(parse_text(file + text + raw<std::int32_t>({9}))),
              (std::vector<std::int32_t>{9}));
  }
}

TEST(ParseNpy, ReadsHeadersInAnyLayout) {
  EXPECT_EQ(
      parse_text(npy(R"({"shape":(2L,),"fortran_order":False,"descr":"=f4"})", raw<float>({1, 2})))
          .shape(),
      Shape{2});
  EXPECT_EQ(parse_text(npy("  { 'shape' : ( ) , 'descr' : 'f4', 'fortran_order' : True }  ",
                           raw<float>({1})))
                .shape(),
            Shape{});
}

TEST(ParseNpy, RefusesWhatIsNoNpyFile) {
  expect_npy_refused("", ErrorCode::CorruptData, {"no npy file"});
  expect_npy_refused("\x93NUMPX\x01\x00", ErrorCode::CorruptData, {"no npy file"});
  expect_npy_refused("\x93NUMPY", ErrorCode::CorruptData, {"ends in its header"});
  expect_npy_refused("\x93NUMPY\x01", ErrorCode::CorruptData, {"ends in its header"});
  expect_npy_refused(std::string_view("\x93NUMPY\x01\x00\x05", 9), ErrorCode::CorruptData,
                     {"ends"});
  expect_npy_refused(std::string_view("\x93NUMPY\x04\x00\x05\x00{", 11), ErrorCode::Unsupported,
                     {"version 4"});
  expect_npy_refused(std::string_view("\x93NUMPY\x02\x00\xFF\xFF\xFF\xFF{}", 14),
                     ErrorCode::CorruptData, {"4294967295"});
}

TEST(ParseNpy, RefusesBrokenHeaders) {
  for (const char* text :
       {"", "{", "[]", "{'descr': '<f4'", "{'descr': <f4}", "{'descr': '<f4'} x",
        "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': [1]}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (1 2)}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
        "{'descr': '<f4', 'fortran_order': False}",
        "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': ()}",
        "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'more': 1}"}) {
    expect_npy_refused(npy(text, "\0\0\0\0"), ErrorCode::CorruptData, {"header"});
  }
}

TEST(ParseNpy, RefusesOtherDtypes) {
  for (const char* descr : {"|O", "<U5", "|S3", "<f16", "<c16", "<M8[ns]", "", "<f", "<x4", "f3"}) {
    expect_npy_refused(npy(header(descr, "(1,)"), "12345678"), ErrorCode::Unsupported,
                       {quoted(descr)});
  }
  expect_npy_refused(npy("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': ()}", "1234"),
                     ErrorCode::Unsupported, {"records"});
}

TEST(ParseNpy, RefusesAnotherNumberOfBytes) {
  expect_npy_refused(npy(header("<f4", "(2,)"), "1234567"), ErrorCode::CorruptData, {"8", "7"});
  expect_npy_refused(npy(header("<f4", "(2,)"), "123456789"), ErrorCode::CorruptData, {"8", "9"});
  expect_npy_refused(npy(header("<f4", "(1000000000000, 1000000000000)"), "1234"),
                     ErrorCode::CorruptData, {"header"});
  expect_npy_refused(npy(header("<f8", "(2000000000000000000,)"), "1234"), ErrorCode::CorruptData,
                     {"2^63"});
}

TEST(NpyFiles, ReplaceAFileThatIsBeingRead) {
  const TestFolder folder;
  write_npy_file(folder.at("a.npy"), Tensor::full({100, 1000}, 1));
  const Tensor old = read_npy_file(folder.at("a.npy"));
  write_npy_file(folder.at("a.npy"), Tensor::of<float>({2}, {1}));
  EXPECT_EQ(old.data<float>()[99999], 1);
  EXPECT_EQ(values<float>(read_npy_file(folder.at("a.npy"))), (std::vector<float>{2}));
  EXPECT_EQ(folder.list(), (std::vector<std::string>{"a.npy"}));
}

TEST(NpyFiles, RefuseFoldersAndMissingFiles) {
  const TestFolder folder;
  EXPECT_EQ(error_of([&] { read_npy_file(folder.at("a.npy")); }).code(), ErrorCode::NotFound);
  EXPECT_EQ(error_of([&] { read_npy_file(folder.path()); }).code(), ErrorCode::InvalidArgument);
  EXPECT_EQ(error_of([&] { write_npy_file(folder.path(), Tensor::scalar(1)); }).code(),
            ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace tfjs::io
