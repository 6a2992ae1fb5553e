#include "tfjs/io/handlers/stores.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cstdlib>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/store_contract_test.h"
#include "tfjs/io/model_record.h"
#include "tfjs/platform/record_store.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;

using MakeModel = IOHandlerPtr (*)(const std::string& name, const StoreOptions& options);
using ListStore = Future<std::vector<StoredModel>> (*)(const StoreOptions& options);

MakePlace place_of(MakeModel make) {
  return [make] {
    const auto folder = std::make_shared<TestFolder>();
    return [folder, make] { return make("a/model", {.store = folder->at("new/models.db")}); };
  };
}

MakeStore store_of(MakeModel make, ListStore list) {
  return [make, list] {
    const auto folder = std::make_shared<TestFolder>();
    const StoreOptions options{.store = folder->at("models.db")};
    return TestStore{
        [folder, make, options](const std::string& name) { return make(name, options); },
        [folder, list, options] { return list(options).get(); }};
  };
}

const bool kLocalStorage = test_handler_contract("LocalStorageHandler", place_of(local_storage));
const bool kIndexedDb = test_handler_contract("IndexedDbHandler", place_of(indexed_db));
const bool kLocalStorageStore =
    test_store_contract("LocalStorageStore", store_of(local_storage, list_local_storage));
const bool kIndexedDbStore =
    test_store_contract("IndexedDbStore", store_of(indexed_db, list_indexed_db));

/// Sets an environment variable, or removes it (nullptr), until destroyed.
class Environment {
 public:
  Environment(const char* name, const char* value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before;
    set(value);
  }
  Environment(const Environment&) = delete;
  Environment& operator=(const Environment&) = delete;
  ~Environment() { set(before_ ? before_->c_str() : nullptr); }

 private:
  void set(const char* value) { value == nullptr ? ::unsetenv(name_) : ::setenv(name_, value, 1); }

  const char* name_;
  std::optional<std::string> before_;
};

TEST(DefaultStorePath, GoesByTheEnvironment) {
  const Environment store("TFJS_STORE", nullptr);
  const Environment data("XDG_DATA_HOME", nullptr);
  const Environment home("HOME", "/people/ann");
  EXPECT_EQ(default_store_path(), "/people/ann/.local/share/tfjs/models.db");
  {
    const Environment relative("XDG_DATA_HOME", "data");
    EXPECT_EQ(default_store_path(), "/people/ann/.local/share/tfjs/models.db");
  }
  const Environment absolute("XDG_DATA_HOME", "/data");
  EXPECT_EQ(default_store_path(), "/data/tfjs/models.db");
  const Environment named("TFJS_STORE", "my.db");
  EXPECT_EQ(default_store_path(), "my.db");
}

TEST(DefaultStorePath, SaysWhatToSetWhereThereIsNoHome) {
  const Environment store("TFJS_STORE", nullptr);
  const Environment data("XDG_DATA_HOME", nullptr);
  const Environment home("HOME", nullptr);
  EXPECT_TRUE(
      says(error_of([] { default_store_path(); }), ErrorCode::Unavailable, {"HOME", "TFJS_STORE"}));
}

TEST(Stores, AreFoundByTheirUrls) {
  const TestFolder folder;
  const Environment store("TFJS_STORE", folder.at("models.db").c_str());
  default_router().save_handler("localstorage://a/b")->save(small_model(1), {}).get();
  expect_same_model(default_router().load_handler("localstorage://a/b")->load({}).get(),
                    small_model(1));
  std::vector<std::string> urls;
  for (const auto& entry : default_router().stores()) {
    for (const StoredModel& model : entry.second().get()) urls.push_back(model.url);
  }
  EXPECT_EQ(urls, std::vector<std::string>{"localstorage://a/b"});
}

TEST(Stores, AreApartInOneFile) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  browser_local_storage("m", options)->save(small_model(1), {}).get();
  browser_indexed_db("indexeddb://m", options)->save(small_model(2), {}).get();
  expect_same_model(local_storage("m", options)->load({}).get(), small_model(1));
  expect_same_model(indexed_db("m", options)->load({}).get(), small_model(2));
  local_storage("m", options)->remove().get();
  expect_same_model(indexed_db("m", options)->load({}).get(), small_model(2));
  EXPECT_TRUE(list_local_storage(options).get().empty());
  EXPECT_EQ(folder.list(), std::vector<std::string>{"models.db"});
}

TEST(Stores, AreTheSamePlaceByAnyPath) {
  const TestFolder folder;
  const std::string plain = indexed_db("m", {.store = folder.at("models.db")})->place();
  EXPECT_EQ(indexed_db("m", {.store = folder.at("./models.db")})->place(), plain);
  EXPECT_NE(local_storage("m", {.store = folder.at("models.db")})->place(), plain);
}

TEST(Stores, RefuseNamesThatCannotBe) {
  const auto refusal = [](const std::string& name) {
    return error_of([&] { local_storage(name); });
  };
  EXPECT_TRUE(says(refusal(""), ErrorCode::InvalidArgument, {"localstorage://", "name"}));
  EXPECT_TRUE(says(refusal("localstorage://"), ErrorCode::InvalidArgument, {"name"}));
  EXPECT_TRUE(says(refusal(std::string("a\0b", 3)), ErrorCode::InvalidArgument, {"NUL"}));
  EXPECT_TRUE(says(refusal("a\xff"), ErrorCode::InvalidArgument, {"UTF-8"}));
  EXPECT_TRUE(says(refusal(std::string(1025, 'a')), ErrorCode::InvalidArgument, {"1024", "1025"}));
  EXPECT_NE(local_storage(std::string(1024, 'a')), nullptr);
}

TEST(Stores, AreNotMadeByReading) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("deep/models.db")};
  const IOHandlerPtr handler = indexed_db("m", options);
  EXPECT_TRUE(says(error_of([&] { handler->load({}).get(); }), ErrorCode::NotFound,
                   {"'indexeddb://m'", "deep/models.db"}));
  EXPECT_TRUE(says(error_of([&] { handler->remove().get(); }), ErrorCode::NotFound,
                   {"'indexeddb://m'", "deep/models.db"}));
  EXPECT_TRUE(list_indexed_db(options).get().empty());
  EXPECT_TRUE(folder.list().empty());
}

TEST(Stores, MakeTheirFoldersForTheOwnerAlone) {
  const TestFolder folder;
  indexed_db("m", {.store = folder.at("a/b/models.db")})->save(small_model(1), {}).get();
  for (const char* made : {"a", "a/b"}) {
    struct stat status = {};
    ASSERT_EQ(::stat(folder.at(made).c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 0777, 0700u) << made;
  }
}

TEST(Stores, KeepTheOrderOfFieldsAndTheTextOfSpecs) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  ModelArtifacts model = small_model(1);
  model.fields = Json::Object();
  for (const char* key : {"zebra", "format", "7", "apple"}) model.fields.set(key, key);
  model.weight_specs[0].source = parse_json(
      R"({"shape":[3,2],"new":{"b":1,"a":2},"name":"d/kernel","dtype":"float32"})", "spec");
  indexed_db("m", options)->save(model, {}).get();
  const ModelArtifacts loaded = indexed_db("m", options)->load({}).get();
  EXPECT_EQ(write_json(loaded.fields), write_json(model.fields));
  EXPECT_EQ(write_json(to_json(loaded.weight_specs[0])), write_json(model.weight_specs[0].source));
  EXPECT_EQ(loaded.origin, "indexeddb://m");
}

TEST(Stores, HoldTheWeightsToTheLimit) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  indexed_db("m", options)->save(small_model(1), {}).get();
  EXPECT_TRUE(
      says(error_of([&] { indexed_db("m", options)->load({.max_weight_bytes = 31}).get(); }),
           ErrorCode::InvalidArgument, {"32 bytes", "31"}));
  indexed_db("m", options)->load({.max_weight_bytes = 32}).get();
}

TEST(Stores, GiveTheWeightsInOneAlignedPiece) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  indexed_db("m", options)->save(small_model(1, 2000000), {}).get();
  const WeightData data = indexed_db("m", options)->load({}).get().weight_data;
  ASSERT_EQ(data.pieces().size(), 1u);
  EXPECT_TRUE(data.pieces()[0].is_aligned(64));
}

/// Puts a record by hand, as a damaged or strange program might.
void put(const std::string& path, const platform::RecordTexts& texts, std::string_view blob) {
  platform::record_store(path)->put({"indexeddb", "m"}, texts, {Bytes::copy_of(blob)}, {});
}

const platform::RecordTexts kGoodTexts = {
    {"info", R"({"dateSaved":"2026-03-01T09:05:00.000Z","modelTopologyType":"JSON",)"
             R"("modelTopologyBytes":2,"weightSpecsBytes":47,"weightDataBytes":4})"},
    {"model_topology", "{}"},
    {"weight_specs", R"([{"name":"w","shape":[1],"dtype":"float32"}])"},
    {"model_metadata", "{}"}};

TEST(StoreLoad, NamesFileAndModelOfARecordThatCannotBe) {
  const TestFolder folder;
  const std::string path = folder.at("models.db");
  const auto refusal = [&] {
    return error_of([&] { indexed_db("m", {.store = path})->load({}).get(); });
  };
  put(path, kGoodTexts, "1234");
  indexed_db("m", {.store = path})->load({}).get();

  for (const char* name : {"model_topology", "weight_specs", "model_metadata"}) {
    platform::RecordTexts texts = kGoodTexts;
    texts[name] = "5";
    put(path, texts, "1234");
    EXPECT_TRUE(says(refusal(), ErrorCode::CorruptData, {path, "indexeddb://m", name}));
    texts.erase(name);
    put(path, texts, "1234");
    EXPECT_TRUE(says(refusal(), ErrorCode::CorruptData, {path, "indexeddb://m", name, "missing"}));
  }
  put(path, kGoodTexts, "123");
  EXPECT_TRUE(says(refusal(), ErrorCode::CorruptData, {path, "indexeddb://m", "'w'"}));
}

TEST(StoreLoad, WarnsOfSurplusBytes) {
  const TestFolder folder;
  put(folder.at("models.db"), kGoodTexts, "12345");
  std::string warning;
  indexed_db("m", {.store = folder.at("models.db")})
      ->load({.on_warning = [&](const std::string& text) { warning = text; }})
      .get();
  EXPECT_NE(warning.find("1 bytes after the last weight"), std::string::npos) << warning;
}

TEST(StoreList, ReadsTheDate) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  put(options.store, kGoodTexts, "1234");
  const std::vector<StoredModel> models = list_indexed_db(options).get();
  ASSERT_EQ(models.size(), 1u);
  EXPECT_EQ(models[0].info.date_saved_ms, 1772355900000);
}

TEST(StoreList, NamesTheModelWhoseInfoIsDamaged) {
  const TestFolder folder;
  const StoreOptions options{.store = folder.at("models.db")};
  for (const char* info : {"", "[]", "{}", R"({"dateSaved":"yesterday"})"}) {
    platform::RecordTexts texts = kGoodTexts;
    texts["info"] = info;
    put(options.store, texts, "1234");
    EXPECT_TRUE(says(error_of([&] { list_indexed_db(options).get(); }), ErrorCode::CorruptData,
                     {options.store, "indexeddb://m"}));
  }
  indexed_db("m", options)->remove().get();
  EXPECT_TRUE(list_indexed_db(options).get().empty());
}

}  // namespace
}  // namespace tfjs::io
