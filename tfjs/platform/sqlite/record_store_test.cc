#include "tfjs/platform/record_store.h"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tfjs/base/error.h"
#include "tfjs/base/sha256.h"
#include "tfjs/platform/files.h"

namespace tfjs::platform {
namespace {

const RecordKey kKey{"space", "name"};

class RecordStoreTest : public ::testing::Test {
 protected:
  RecordStoreTest() {
    char pattern[] = "/tmp/tfjs_record_store_XXXXXX";
    root_ = files().resolve(::mkdtemp(pattern));
    path_ = at("store.db");
  }
  ~RecordStoreTest() override { files().remove_tree(root_); }

  std::string at(const std::string& name) const { return root_ + "/" + name; }
  std::unique_ptr<RecordStore> store(double wait_seconds = 60) const {
    return record_store(path_, wait_seconds);
  }
  void put(const RecordKey& key, std::string_view blob, const RecordTexts& texts = {}) const {
    store()->put(key, texts, {Bytes::copy_of(blob)}, {});
  }
  /// The blob, or "absent".
  std::string get(const RecordKey& key, const GetRecordOptions& options = {}) const {
    const auto record = store()->get(key, options);
    return record ? std::string(record->blob.text()) : "absent";
  }
  std::string content() const { return std::string(files().read(path_, 1 << 28).text()); }

  /// Changes the file as another program would.
  void run(const std::string& sql, const std::string& path) const {
    sqlite3* db = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &db), SQLITE_OK);
    char* message = nullptr;
    EXPECT_EQ(sqlite3_exec(db, sql.c_str(), nullptr, nullptr, &message), SQLITE_OK) << message;
    sqlite3_free(message);
    sqlite3_close(db);
  }
  void run(const std::string& sql) const { run(sql, path_); }

  template <class Work>
  void expect_error(Work work, ErrorCode code, const std::vector<std::string>& parts) const {
    try {
      work();
      ADD_FAILURE() << "nothing was thrown";
    } catch (const Error& error) {
      EXPECT_EQ(error.code(), code) << error.what();
      for (const std::string& part : parts) {
        EXPECT_NE(std::string(error.what()).find(part), std::string::npos)
            << "no " << part << " in: " << error.what();
      }
    }
  }
  /// Everything that can be asked of the store gives this error.
  void expect_refused(ErrorCode code, const std::vector<std::string>& parts) const {
    expect_error([&] { get(kKey); }, code, parts);
    expect_error([&] { store()->list("space", "t"); }, code, parts);
    expect_error([&] { store()->remove(kKey); }, code, parts);
    expect_error([&] { put(kKey, "x"); }, code, parts);
  }

  std::string root_;
  std::string path_;
};

std::string pattern(std::size_t size) {
  std::string text(size, '\0');
  for (std::size_t i = 0; i < size; ++i) text[i] = static_cast<char>(i * 7 + i / 251);
  return text;
}

TEST_F(RecordStoreTest, GivesBackTextsAndBlobsOfAnySize) {
  const RecordTexts texts = {{"a", ""}, {"b", pattern(200000)}, {"c", "\xc3\xa9"}};
  constexpr std::size_t kPiece = std::size_t{4} << 20;
  for (std::size_t size : {std::size_t{0}, std::size_t{1}, std::size_t{70000}, kPiece - 1, kPiece,
                           kPiece + 1, 2 * kPiece + 5}) {
    put(kKey, pattern(size), texts);
    const auto record = store()->get(kKey, {});
    ASSERT_TRUE(record);
    EXPECT_EQ(record->texts, texts);
    EXPECT_EQ(record->blob_size, size);
    EXPECT_TRUE(record->blob.text() == pattern(size)) << size;
  }
}

TEST_F(RecordStoreTest, JoinsThePiecesOfABlob) {
  const std::string whole = pattern((std::size_t{9} << 20) + 11);
  const Bytes bytes = Bytes::copy_of(whole);
  std::vector<Bytes> pieces;
  const std::vector<std::size_t> sizes = {0, 1, 5000000, 3, 0, 4000000};
  std::size_t begin = 0;
  for (std::size_t size : sizes) {
    pieces.push_back(bytes.slice(begin, size));
    begin += size;
  }
  pieces.push_back(bytes.slice(begin, whole.size() - begin));
  pieces.emplace_back();
  store()->put(kKey, {}, pieces, {});
  EXPECT_TRUE(get(kKey) == whole);
}

TEST_F(RecordStoreTest, KeepsSpacesApart) {
  put({"a", "n"}, "1");
  put({"b", "n"}, "2");
  EXPECT_EQ(get({"a", "n"}), "1");
  EXPECT_TRUE(store()->remove({"a", "n"}));
  EXPECT_FALSE(store()->remove({"a", "n"}));
  EXPECT_EQ(get({"a", "n"}), "absent");
  EXPECT_EQ(get({"b", "n"}), "2");
}

TEST_F(RecordStoreTest, ListsOneSpaceByName) {
  put({"s", "b"}, "", {{"t", "of b"}, {"u", ""}});
  put({"s", "a"}, "", {{"u", "of a"}});
  put({"other", "c"}, "", {{"t", "of c"}});
  const auto list = store()->list("s", "t");
  ASSERT_EQ(list.size(), 2u);
  EXPECT_EQ(list[0].name, "a");
  EXPECT_EQ(list[0].text, "");
  EXPECT_EQ(list[1].name, "b");
  EXPECT_EQ(list[1].text, "of b");
}

TEST_F(RecordStoreTest, ReadsNoBlobUnlessAsked) {
  put(kKey, pattern(100000), {{"t", "x"}});
  const auto record = store()->get(kKey, {.read_blob = false});
  EXPECT_TRUE(record->blob.empty());
  EXPECT_EQ(record->blob_size, 100000u);
  EXPECT_EQ(record->texts.at("t"), "x");
}

TEST_F(RecordStoreTest, RefusesBlobsBeyondTheLimit) {
  put(kKey, "12345");
  EXPECT_EQ(get(kKey, {.max_blob_size = 5}), "12345");
  expect_error([&] { get(kKey, {.max_blob_size = 4}); }, ErrorCode::InvalidArgument,
               {path_, "'name'", "5 bytes", "4"});
}

TEST_F(RecordStoreTest, RefusesEmptyKeysAndNuls) {
  for (const RecordKey& key : {RecordKey{"", "n"}, RecordKey{"s", ""},
                               RecordKey{std::string("a\0", 2), "n"}, RecordKey{"s", {'\0'}}}) {
    expect_error([&] { put(key, ""); }, ErrorCode::InvalidArgument, {"record"});
    expect_error([&] { get(key); }, ErrorCode::InvalidArgument, {"record"});
    expect_error([&] { store()->remove(key); }, ErrorCode::InvalidArgument, {"record"});
  }
  EXPECT_FALSE(files().info(path_));
}

TEST_F(RecordStoreTest, TakesPathsThatLookLikeUrisAsTheyStand) {
  const std::string name = at("file:x?mode=memory");
  record_store(name)->put(kKey, {}, {Bytes::copy_of("1")}, {});
  EXPECT_TRUE(files().info(name));
  expect_error([] { record_store(""); }, ErrorCode::InvalidArgument, {"empty"});
  expect_error([] { record_store(std::string("a\0b", 3)); }, ErrorCode::InvalidArgument, {"NUL"});
}

TEST_F(RecordStoreTest, IsCancelledBetweenPieces) {
  put(kKey, "old");
  const Bytes blob = Bytes::copy_of(pattern(std::size_t{9} << 20));
  PutRecordOptions options;
  options.on_progress = [&](const Progress& progress) {
    EXPECT_EQ(progress.bytes_total, blob.size());
    if (progress.bytes_done > (std::size_t{5} << 20)) options.cancel.cancel();
  };
  expect_error([&] { store()->put(kKey, {}, {blob}, options); }, ErrorCode::Cancelled, {});
  EXPECT_EQ(get(kKey), "old");
  store()->put(kKey, {}, {blob}, {});
  GetRecordOptions reading;
  reading.on_progress = [&](const Progress&) { reading.cancel.cancel(); };
  expect_error([&] { get(kKey, reading); }, ErrorCode::Cancelled, {});
}

TEST_F(RecordStoreTest, GivesRoomBackWhenMostOfItIsFree) {
  put({"s", "small"}, "1");
  const std::size_t before = content().size();
  put({"s", "large"}, pattern(std::size_t{20} << 20));
  EXPECT_TRUE(store()->remove({"s", "large"}));
  EXPECT_LT(content().size(), before + (std::size_t{6} << 20));
  EXPECT_EQ(get({"s", "small"}), "1");
}

TEST_F(RecordStoreTest, TakesNoMoreRoomForEverySave) {
  for (int i = 0; i < 3; ++i) put(kKey, pattern(5000000));
  const std::size_t before = content().size();
  for (int i = 0; i < 5; ++i) put(kKey, pattern(5000000));
  EXPECT_EQ(content().size(), before);
}

// Somebody else's transaction, from another connection.
class Holder {
 public:
  Holder(const std::string& path, const char* begin) {
    sqlite3_open(path.c_str(), &db_);
    EXPECT_EQ(sqlite3_exec(db_, begin, nullptr, nullptr, nullptr), SQLITE_OK);
  }
  Holder(const Holder&) = delete;
  Holder& operator=(const Holder&) = delete;
  ~Holder() { sqlite3_close(db_); }

 private:
  sqlite3* db_ = nullptr;
};

TEST_F(RecordStoreTest, WaitsForOthersSoLongAndNoLonger) {
  put(kKey, "old");
  const Holder writer(path_, "BEGIN EXCLUSIVE");
  const std::vector<std::string> parts = {path_, "in use", "0.01 s"};
  expect_error([&] { store(0.01)->get(kKey, {}); }, ErrorCode::Unavailable, parts);
  expect_error([&] { store(0.01)->put(kKey, {}, {}, {}); }, ErrorCode::Unavailable, parts);
  expect_error([&] { store(0.01)->list("s", "t"); }, ErrorCode::Unavailable, parts);
  expect_error([&] { store(0)->remove(kKey); }, ErrorCode::Unavailable, {path_, "in use"});
}

TEST_F(RecordStoreTest, WaitsForReadersBeforeItWrites) {
  put(kKey, "old");
  const Holder reader(path_, "BEGIN; SELECT * FROM records");
  EXPECT_EQ(store(0)->get(kKey, {})->blob.text(), "old");
  expect_error([&] { store(0.01)->put(kKey, {}, {}, {}); }, ErrorCode::Unavailable, {"in use"});
  EXPECT_EQ(store(0)->get(kKey, {})->blob.text(), "old");
}

TEST_F(RecordStoreTest, StopsWaitingWhenCancelled) {
  put(kKey, "old");
  const Holder writer(path_, "BEGIN EXCLUSIVE");
  GetRecordOptions options;
  std::thread canceller([&] { options.cancel.cancel(); });
  expect_error([&] { store(1e9)->get(kKey, options); }, ErrorCode::Cancelled, {});
  canceller.join();
}

TEST_F(RecordStoreTest, RefusesWaitsThatAreNoTime) {
  expect_error([&] { store(-1); }, ErrorCode::InvalidArgument, {"-1"});
  expect_error([&] { store(0.0 / 0.0); }, ErrorCode::InvalidArgument, {"NaN"});
}

TEST_F(RecordStoreTest, TakesAnEmptyFileForAnEmptyStore) {
  files().create_file(path_)->close();
  EXPECT_EQ(get(kKey), "absent");
  EXPECT_TRUE(store()->list("space", "t").empty());
  EXPECT_FALSE(store()->remove(kKey));
  EXPECT_EQ(content(), "");
  put(kKey, "1");
  EXPECT_EQ(get(kKey), "1");
}

TEST_F(RecordStoreTest, RefusesFoldersAndSpecialFiles) {
  files().make_folder(path_);
  expect_refused(ErrorCode::InvalidArgument, {path_, "is a folder"});
  files().remove_tree(path_);
  ASSERT_EQ(::mkfifo(path_.c_str(), 0600), 0);
  expect_refused(ErrorCode::InvalidArgument, {path_, "not a regular file"});
  files().remove_file(path_);
  put(kKey, "1");
  ASSERT_EQ(::mkfifo((path_ + "-journal").c_str(), 0600), 0);
  expect_refused(ErrorCode::InvalidArgument, {path_, "journal"});
}

TEST_F(RecordStoreTest, RefusesAPathThroughAFile) {
  files().create_file(at("file"))->close();
  expect_error([&] { record_store(at("file") + "/store.db"); }, ErrorCode::NotFound,
               {at("file"), "directory"});
}

TEST_F(RecordStoreTest, RefusesAFileThatIsNoDatabase) {
  for (const std::string& text : {std::string("hello"), std::string(200000, 'x')}) {
    const auto file = files().create_file(path_, true);
    file->write(text);
    file->close();
    expect_refused(ErrorCode::CorruptData, {path_, "not a record store"});
    EXPECT_EQ(content(), text);
  }
}

TEST_F(RecordStoreTest, LeavesTheDatabaseOfAnotherProgramAsItIs) {
  for (const char* settings : {"", "PRAGMA page_size=65536;", "PRAGMA application_id=7;"}) {
    run(cat(settings, "CREATE TABLE t(x); INSERT INTO t VALUES(1)"));
    const std::string before = content();
    expect_refused(ErrorCode::CorruptData, {path_, "not a record store", "another program"});
    EXPECT_TRUE(content() == before);
    files().remove_file(path_);
  }
}

TEST_F(RecordStoreTest, LeavesTheUnfinishedWorkOfAnotherProgramAsItIs) {
  const std::string log = path_ + "-wal";
  run("PRAGMA journal_mode=WAL; CREATE TABLE t(x)", at("other.db"));
  {
    const Holder other(at("other.db"), "INSERT INTO t VALUES(1)");
    files().link(at("other.db"), path_);
    files().link(at("other.db-wal"), log);
    files().link(at("other.db-shm"), path_ + "-shm");
    expect_refused(ErrorCode::CorruptData, {path_, "another program"});
    EXPECT_GT(files().info(log)->size, 0u);
  }
}

TEST_F(RecordStoreTest, RefusesOtherTablesThanItsOwn) {
  const std::vector<std::pair<std::string, std::string>> changes = {
      {"CREATE TABLE more(x)", "'more'"},
      {"CREATE TRIGGER t AFTER INSERT ON texts BEGIN DELETE FROM records; END", "'t'"},
      {"DROP TABLE texts; CREATE VIEW texts AS SELECT 1 AS record", "'texts'"},
      {"ALTER TABLE pieces ADD COLUMN x", "'pieces'"},
      {"CREATE INDEX i ON records(id)", "'i'"},
      {"DROP TABLE records", "'records'"},
      {"PRAGMA user_version=0", "format is 0"},
      {"PRAGMA user_version=-1", "format is -1"},
  };
  for (const auto& [sql, part] : changes) {
    put(kKey, "1");
    run(sql);
    expect_refused(ErrorCode::CorruptData, {path_, "not a record store", part});
    files().remove_file(path_);
  }
}

TEST_F(RecordStoreTest, SaysThatAStoreIsOfANewerVersion) {
  put(kKey, "1");
  run("PRAGMA user_version=2");
  expect_refused(ErrorCode::Unsupported, {path_, "newer", "2"});
}

TEST_F(RecordStoreTest, NamesTheRecordThatIsDamaged) {
  const std::vector<std::pair<std::string, std::string>> damages = {
      {"UPDATE records SET blob_size = 4", "4 bytes"},
      {"UPDATE records SET blob_size = 1000000000000000", "1000000000000000 bytes"},
      {"UPDATE records SET blob_size = -1", "-1 bytes"},
      {"UPDATE records SET blob_size = 'x'", "damaged"},
      {"UPDATE records SET id = 0", "number 0"},
      {"UPDATE records SET id = 1 << 60", "number"},
      {"UPDATE records SET id = 5", "pieces"},
      {"UPDATE records SET blob_sha256 = 'x'", "'x'"},
      {"UPDATE records SET blob_sha256 = x'00'", "SHA-256"},
      {"UPDATE pieces SET content = 'abcde'", "SHA-256"},
      {"UPDATE pieces SET content = x'6162636465'", "SHA-256"},
      {"UPDATE pieces SET content = x'616263'", "pieces"},
      {"UPDATE pieces SET content = 5", "pieces"},
      {"UPDATE pieces SET id = id + 1", "pieces"},
      {"DELETE FROM pieces", "pieces"},
      {"INSERT INTO pieces SELECT id + 1, content FROM pieces", "pieces"},
      {"UPDATE texts SET value = 'other'", "'t'"},
      {"UPDATE texts SET name = 'u'", "'u'"},
      {"UPDATE texts SET value = x'00'", "text"},
  };
  for (const auto& [sql, part] : damages) {
    put({"s", "other"}, "other", {{"t", "text"}});
    put(kKey, "12345", {{"t", "text"}});
    // The record under test alone.
    std::string one = sql;
    if (one.find("records") != std::string::npos) one += " WHERE name = 'name'";
    if (one.find("pieces") != std::string::npos) one += " WHERE id >> 20 = 2";
    if (one.find("texts") != std::string::npos) one += " WHERE record = 2";
    run(one);
    expect_error([&] { get(kKey); }, ErrorCode::CorruptData, {path_, "'name'", part});
    EXPECT_EQ(get({"s", "other"}), "other") << sql;
    // It can be replaced and removed.
    put(kKey, "new");
    EXPECT_EQ(get(kKey), "new") << sql;
    run(one);
    EXPECT_TRUE(store()->remove(kKey)) << sql;
    EXPECT_EQ(get({"s", "other"}), "other") << sql;
    files().remove_file(path_);
  }
}

TEST_F(RecordStoreTest, ListNamesTheRecordThatIsDamaged) {
  put(kKey, "", {{"t", "text"}});
  run("UPDATE texts SET value = 'other'");
  expect_error([&] { store()->list("space", "t"); }, ErrorCode::CorruptData,
               {path_, "'name'", "'t'"});
  EXPECT_TRUE(store()->list("elsewhere", "t").empty());
}

TEST_F(RecordStoreTest, GivesADamagedBlobOnlyWhenAskedNotToVerify) {
  put(kKey, "12345");
  run("UPDATE pieces SET content = x'3132333436'");
  expect_error([&] { get(kKey); }, ErrorCode::CorruptData, {path_, "'name'", "SHA-256"});
  EXPECT_EQ(get(kKey, {.verify = false}), "12346");
}

}  // namespace
}  // namespace tfjs::platform
