// Transfers that go on where they broke off, and servers whose second part is not of the first:
// versions of one file are never joined.
#include "tfjs/io/handlers/curl/http_test_support.h"

namespace tfjs::io {
namespace {

class HttpResume : public HttpModelTest {
 protected:
  /// A model whose weight file breaks off once, after 1000 bytes.
  HttpModel serve_broken(TestFiles::Validators validators, bool has_integrity = false) {
    HttpModel model = serve({.has_integrity = has_integrity});
    files.put("/m/w0.bin", model.weights, validators);
    lie_once("/m/w0.bin", [](TestResponse r) { return r.close_after_body(1000); });
    return model;
  }
  /// The same with a strong ETag; the answer to the second request, honestly bytes 1000-3999, is
  /// changed.
  HttpModel serve_second(Change change, bool has_integrity = false) {
    HttpModel model = serve({.has_integrity = has_integrity});
    server.on("/m/w0.bin", [files = files, change](const TestRequest& request) {
      TestResponse honest = files.answer(request);
      if (request.nth == 0) return honest.close_after_body(1000);
      return request.nth == 1 ? change(honest) : honest;
    });
    return model;
  }
  /// The third request is made, and asks for the whole file.
  void expect_started_again() const {
    ASSERT_EQ(requests().size() % 3, 0u);
    EXPECT_TRUE(requests().end()[-2].has_header("Range"));
    EXPECT_FALSE(requests().back().has_header("Range"));
  }
  /// A model whose weight file changes when its first transfer breaks off.
  void serve_changing(bool has_integrity) {
    serve({.has_integrity = has_integrity});
    const std::string changed = make_http_model({.first_value = 5000}).weights;
    server.on("/m/w0.bin", [files = files, changed](const TestRequest& request) mutable {
      TestResponse honest = files.answer(request);
      if (request.nth > 0) return honest;
      files.put("/m/w0.bin", changed);
      return honest.close_after_body(1000);
    });
  }
  std::optional<std::string> header_of_file(std::string_view name) const {
    return platform::testing::find_header(files.answer(requests().at(0)).headers, name);
  }
  std::vector<TestRequest> requests() const { return server.requests("/m/w0.bin"); }
};

/// Bytes that would be seen if they were joined.
const std::string kOtherBytes(3000, 'x');

TEST_F(HttpResume, GoesOnWithAStrongEtag) {
  const HttpModel model = serve_broken({.has_etag = true});
  expect_loads(model, patient(1));
  ASSERT_EQ(requests().size(), 2u);
  EXPECT_FALSE(requests()[0].has_header("Range"));
  EXPECT_EQ(requests()[1].header("Range"), "bytes=1000-");
  EXPECT_EQ(requests()[1].header("If-Range"), header_of_file("ETag"));
}

TEST_F(HttpResume, GoesOnWithADate) {
  const HttpModel model = serve_broken({.has_etag = false, .has_date = true});
  expect_loads(model, patient(1));
  ASSERT_EQ(requests().size(), 2u);
  EXPECT_EQ(requests()[1].header("Range"), "bytes=1000-");
  EXPECT_EQ(requests()[1].header("If-Range"), header_of_file("Last-Modified"));
}

TEST_F(HttpResume, GoesOnSeveralTimes) {
  const HttpModel model = serve();
  server.on("/m/w0.bin", [files = files](const TestRequest& request) {
    TestResponse honest = files.answer(request);
    return request.nth < 3 ? honest.reset_after_body(1000) : honest;
  });
  expect_loads(model, patient(3));
}

TEST_F(HttpResume, StartsAgainWithoutAValidator) {
  const HttpModel model = serve_broken({.has_etag = false});
  expect_loads(model, patient(1));
  ASSERT_EQ(requests().size(), 2u);
  EXPECT_FALSE(requests()[1].has_header("Range"));
}

TEST_F(HttpResume, StartsAgainWithAWeakEtag) {
  const HttpModel model = serve();
  lie_once("/m/w0.bin", [=](TestResponse) {
    return respond(200, model.weights).header("ETag", "W/\"v1\"").close_after_body(1000);
  });
  expect_loads(model, patient(1));
  ASSERT_EQ(requests().size(), 2u);
  EXPECT_FALSE(requests()[1].has_header("Range"));
  EXPECT_FALSE(requests()[1].has_header("If-Range"));
}

TEST_F(HttpResume, AFileThatChangedComesWhole) {
  serve_changing(false);
  expect_loads(make_http_model({.first_value = 5000}), patient(1));
}

TEST_F(HttpResume, AFileThatChangedIsCaughtByItsHash) {
  serve_changing(true);
  EXPECT_TRUE(says(load_error(patient(1)), ErrorCode::CorruptData, {"w0.bin", "SHA-256"}));
}

TEST_F(HttpResume, AnotherRangeStartsAgain) {
  for (const char* range :
       {"bytes 1000-3999/5000", "bytes 0-2999/4000", "bytes 1001-3999/4000", "bytes 2000-3999/4000",
        "bytes", "bytes */4000", "bytes 1000-3999", "bytes 1000-3999/*x", "1000-3999/4000",
        "bytes 1000-99999999999999999999/4000", "bytes -1-3999/4000", "lines 1000-3999/4000"}) {
    const HttpModel model = serve_second([range](TestResponse r) {
      r.body = kOtherBytes;
      return r.set_header("Content-Range", range);
    });
    EXPECT_TRUE(text_of(load(patient(2)).weight_data) == model.weights) << range;
    expect_started_again();
  }
}

TEST_F(HttpResume, NoRangeStartsAgain) {
  const HttpModel model = serve_second([](TestResponse r) {
    r.body = kOtherBytes;
    return r.remove_header("Content-Range");
  });
  expect_loads(model, patient(2));
  expect_started_again();
}

TEST_F(HttpResume, AnotherEtagStartsAgain) {
  const HttpModel model = serve_second([](TestResponse r) {
    r.body = kOtherBytes;
    return r.set_header("ETag", "\"v2\"");
  });
  expect_loads(model, patient(2));
  expect_started_again();
}

TEST_F(HttpResume, SeveralPartsStartAgain) {
  const HttpModel model = serve_second([](TestResponse r) {
    r.body = "--b\r\nContent-Range: bytes 1000-3999/4000\r\n\r\nx\r\n--b--\r\n";
    r.remove_header("Content-Range");
    return r.set_header("Content-Type", "multipart/byteranges; boundary=b");
  });
  expect_loads(model, patient(2));
  expect_started_again();
}

TEST_F(HttpResume, ACodedPartStartsAgain) {
  const HttpModel model = serve_second([](TestResponse r) {
    r.body = kOtherBytes;
    return r.header("Content-Encoding", "gzip");
  });
  expect_loads(model, patient(2));
  expect_started_again();
}

TEST_F(HttpResume, ARangeThatIsRefusedStartsAgain) {
  const HttpModel model = serve_second(
      [](TestResponse) { return respond(416).header("Content-Range", "bytes */4000"); });
  expect_loads(model, patient(2));
  expect_started_again();
}

TEST_F(HttpResume, APartThatEndsBeforeTheFileIsNotItsEnd) {
  const HttpModel model = serve_second([](TestResponse r) {
    r.body.resize(1000);
    return r.set_header("Content-Range", "bytes 1000-1999/4000");
  });
  expect_loads(model, patient(3));
}

TEST_F(HttpResume, AServerWithoutRangesStartsAgain) {
  const HttpModel model = serve();
  files.put("/m/w0.bin", model.weights, {.takes_ranges = false});
  lie_once("/m/w0.bin", [](TestResponse r) { return r.close_after_body(1000); });
  expect_loads(model, patient(1));
}

TEST_F(HttpResume, AWrongPartIsCaughtByTheHash) {
  serve_second(
      [](TestResponse r) {
        r.body = kOtherBytes;
        return r;
      },
      true);
  EXPECT_TRUE(says(load_error(patient(1)), ErrorCode::CorruptData, {"w0.bin", "SHA-256"}));
}

TEST_F(HttpResume, BytesBeyondTheRangeAreNotTheFile) {
  for (bool has_integrity : {false, true}) {
    const HttpModel model = serve_second(
        [](TestResponse r) {
          r.body += std::string(std::size_t{4} << 20, 'x');
          return r;
        },
        has_integrity);
    try {
      expect_loads(model, patient(2));
    } catch (const Error& error) {
      EXPECT_TRUE(says(error, error.code(), {"w0.bin"}));
    }
  }
}

TEST_F(HttpResume, ProgressNeverGoesBack) {
  const HttpModel model = serve_second([](TestResponse) { return respond(416); });
  std::vector<std::uint64_t> done;
  HttpOptions options = patient(2);
  options.on_progress = [&](const Progress& progress) {
    EXPECT_TRUE(done.empty() || done.back() <= progress.bytes_done);
    EXPECT_LE(progress.bytes_done, 4000u);
    done.push_back(progress.bytes_done);
  };
  expect_loads(model, options);
  ASSERT_FALSE(done.empty());
  EXPECT_EQ(done.back(), 4000u);
}

}  // namespace
}  // namespace tfjs::io
