#include "tfjs/io/model_management.h"

#include <map>

#include "tfjs/io/folder_listing.h"
#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;
using contract::full_model;

/// Places by name, and what went wrong with them.
class Shelf {
 public:
  std::map<std::string, ModelArtifacts> models;
  std::vector<std::string> log;
  std::function<void()> before_load = [] {};
  std::function<void(ModelArtifacts&)> on_save = [](ModelArtifacts&) {};
  bool removes = true;
  bool reads_back = true;

  IOHandlerPtr at(const std::string& name);
};

class ShelfHandler : public IOHandler {
 public:
  ShelfHandler(Shelf& shelf, std::string name) : shelf_(shelf), name_(std::move(name)) {}
  std::string description() const override { return "shelf://" + name_; }
  std::string place() const override { return description(); }
  bool can_remove() const override { return shelf_.removes; }
  bool loads_what_it_saves() const override { return shelf_.reads_back; }

  Future<ModelArtifacts> load(const LoadOptions&) override {
    return Future<ModelArtifacts>::from([&] {
      shelf_.before_load();
      shelf_.log.push_back("load " + name_);
      auto found = shelf_.models.find(name_);
      if (found == shelf_.models.end()) throw not_found("no model ", name_);
      return found->second;
    });
  }
  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions&) override {
    return Future<SaveResult>::from([&] {
      shelf_.log.push_back("save " + name_);
      ModelArtifacts kept = artifacts;
      shelf_.on_save(kept);
      shelf_.models[name_] = kept;
      return SaveResult{artifacts_info(artifacts), {}};
    });
  }
  Future<void> remove() override {
    return Future<void>::from([&] {
      shelf_.log.push_back("remove " + name_);
      shelf_.models.erase(name_);
    });
  }

 private:
  Shelf& shelf_;
  std::string name_;
};

IOHandlerPtr Shelf::at(const std::string& name) {
  return std::make_shared<ShelfHandler>(*this, name);
}

TEST(CopyModel, KeepsEveryFieldAndByte) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  const SaveResult saved = copy_model(shelf.at("a"), shelf.at("b")).get();
  expect_same_model(shelf.models["b"], full_model());
  expect_same_model(shelf.models["a"], full_model());
  EXPECT_EQ(saved.model_artifacts_info.weight_data_bytes, full_model().weight_data.size());
}

TEST(CopyModel, RefusesOnePlaceTwice) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  const Error error = error_of([&] { copy_model(shelf.at("a"), shelf.at("a")).get(); });
  EXPECT_TRUE(says(error, ErrorCode::InvalidArgument, {"the same", "shelf://a"}));
  EXPECT_TRUE(shelf.log.empty());
}

TEST(CopyModel, WritesWhatChangeMadeOfIt) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  CopyOptions options;
  options.change = [](ModelArtifacts& model) { model.fields.set("format", "changed"); };
  copy_model(shelf.at("a"), shelf.at("b"), options).get();
  EXPECT_EQ(shelf.models["b"].format(), "changed");
  EXPECT_EQ(shelf.models["a"].format(), "layers-model");
}

TEST(CopyModel, TakesUrlsAndPaths) {
  TestFolder folder;
  file_system(folder.at("a"))->save(full_model(), {}).get();
  copy_model("file://" + folder.at("a"), folder.at("b")).get();
  expect_same_model(file_system(folder.at("b"))->load({}).get(), full_model());
  EXPECT_TRUE(says(error_of([&] { copy_model(folder.at("a"), "nowhere://x").get(); }),
                   ErrorCode::InvalidArgument, {"nowhere://"}));
}

TEST(MoveModel, RemovesTheSourceLast) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  move_model(shelf.at("a"), shelf.at("b")).get();
  EXPECT_EQ(shelf.models.count("a"), 0u);
  expect_same_model(shelf.models["b"], full_model());
  EXPECT_EQ(shelf.log,
            (std::vector<std::string>{"load a", "save b", "load b", "load a", "remove a"}));
}

TEST(MoveModel, RefusesASourceThatCannotRemoveBeforeItWrites) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  shelf.removes = false;
  EXPECT_TRUE(says(error_of([&] { move_model(shelf.at("a"), shelf.at("b")).get(); }),
                   ErrorCode::Unsupported, {"shelf://a", "copy"}));
  EXPECT_TRUE(shelf.log.empty());
}

TEST(MoveModel, RefusesADestinationThatCannotBeReadBack) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  shelf.reads_back = false;
  EXPECT_TRUE(says(error_of([&] { move_model(shelf.at("a"), shelf.at("b")).get(); }),
                   ErrorCode::Unsupported, {"shelf://b", "read back"}));
  EXPECT_TRUE(shelf.log.empty());
}

TEST(MoveModel, KeepsTheSourceWhenTheCopyDiffers) {
  const std::vector<std::function<void(ModelArtifacts&)>> lies = {
      [](ModelArtifacts& model) { model.model_topology = Json::object(); },
      [](ModelArtifacts& model) { model.weight_specs.pop_back(); },
      [](ModelArtifacts& model) { model.weight_specs[0].source = Json::object(); },
      [](ModelArtifacts& model) { model.fields.erase("somethingNew"); },
      [](ModelArtifacts& model) { model.fields.set("added", 1); },
      [](ModelArtifacts& model) {
        model.weight_data = WeightData({Bytes::copy_of("another byte string")});
      },
      [](ModelArtifacts& model) {
        std::string bytes = text_of(model.weight_data);
        bytes.back() ^= 1;
        model.weight_data = WeightData({Bytes::take(bytes)});
      }};
  for (const auto& lie : lies) {
    Shelf shelf;
    shelf.models["a"] = full_model();
    shelf.on_save = lie;
    EXPECT_TRUE(says(error_of([&] { move_model(shelf.at("a"), shelf.at("b")).get(); }),
                     ErrorCode::CorruptData, {"shelf://b", "shelf://a was kept"}));
    expect_same_model(shelf.models["a"], full_model());
  }
}

TEST(MoveModel, KeepsASourceThatChangedMeanwhile) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  shelf.on_save = [&](ModelArtifacts&) { shelf.models["a"] = small_model(7); };
  EXPECT_TRUE(says(error_of([&] { move_model(shelf.at("a"), shelf.at("b")).get(); }),
                   ErrorCode::Unavailable, {"shelf://a", "changed"}));
  expect_same_model(shelf.models["a"], small_model(7));
  expect_same_model(shelf.models["b"], full_model());
}

TEST(MoveModel, ComparesWeightsCutInOtherPieces) {
  Shelf shelf;
  shelf.models["a"] = full_model();
  shelf.on_save = [](ModelArtifacts& model) {
    const std::string bytes = text_of(model.weight_data);
    model.weight_data =
        WeightData({Bytes::copy_of(bytes.substr(0, 3)), Bytes::copy_of(bytes.substr(3, 10)),
                    Bytes::copy_of(bytes.substr(13))});
  };
  move_model(shelf.at("a"), shelf.at("b")).get();
  EXPECT_EQ(shelf.models.count("a"), 0u);
}

TEST(MoveModel, MovesBetweenFoldersWithTheirFiles) {
  TestFolder folder;
  file_system(folder.at("a"))->save(full_model(), {.shard_bytes = 9}).get();
  folder.put("a/notes.txt", "stay");
  move_model(folder.at("a"), folder.at("deep/b")).get();
  EXPECT_EQ(folder.list("a"), std::vector<std::string>{"notes.txt"});
  expect_same_model(file_system(folder.at("deep/b"))->load({}).get(), full_model());
}

TEST(RemoveModel, RemovesTheModelsFilesOnly) {
  TestFolder folder;
  file_system(folder.at("a"))->save(full_model(), {}).get();
  folder.put("a/notes.txt", "stay");
  remove_model("file://" + folder.at("a")).get();
  EXPECT_EQ(folder.list("a"), std::vector<std::string>{"notes.txt"});
  EXPECT_EQ(error_of([&] { remove_model("file://" + folder.at("a")).get(); }).code(),
            ErrorCode::NotFound);
}

TEST(ListModels, AsksEveryStore) {
  Router router;
  const auto store = [&router](const std::string& scheme, std::vector<std::string> names) {
    router.register_store(scheme, [scheme, names] {
      std::vector<StoredModel> models;
      for (const std::string& name : names) {
        models.push_back({scheme + name, {.weight_data_bytes = name.size()}});
      }
      return Future<std::vector<StoredModel>>::of(models);
    });
  };
  EXPECT_TRUE(list_models(router).get().empty());
  store("one://", {"a", "bc"});
  store("two://", {"a"});
  const auto models = list_models(router).get();
  ASSERT_EQ(models.size(), 3u);
  EXPECT_EQ(models.at("one://bc").weight_data_bytes, 2u);
  EXPECT_EQ(models.count("two://a"), 1u);
}

TEST(ListModels, PassesAStoresErrorOn) {
  Router router;
  router.register_store("bad://", [] {
    return Future<std::vector<StoredModel>>::from(
        []() -> std::vector<StoredModel> { throw corrupt_data("the store is damaged"); });
  });
  EXPECT_EQ(error_of([&] { list_models(router).get(); }).code(), ErrorCode::CorruptData);
}

TEST(ListModelsInFolder, FindsFoldersWithAModel) {
  TestFolder folder;
  file_system(folder.at("b"))->save(full_model(), {.shard_bytes = 20}).get();
  file_system(folder.at("a"))->save(small_model(1), {}).get();
  platform::files().make_folder(folder.at("empty"));
  folder.put("notes.txt", "x");
  const std::vector<StoredModel> models = list_models_in_folder(folder.path() + "/");
  ASSERT_EQ(models.size(), 2u);
  EXPECT_EQ(models[0].url, "file://" + folder.at("a"));
  EXPECT_EQ(models[1].url, "file://" + folder.at("b"));
  EXPECT_EQ(models[1].info.weight_data_bytes, full_model().weight_data.size());
  EXPECT_GT(models[1].info.date_saved_ms, 1500000000000);
}

TEST(ListModelsInFolder, GivesTheFoldersOwnModel) {
  TestFolder folder;
  file_system(folder.path())->save(small_model(1), {}).get();
  const std::vector<StoredModel> models = list_models_in_folder(folder.path());
  ASSERT_EQ(models.size(), 1u);
  EXPECT_EQ(models[0].url, "file://" + folder.path());
}

TEST(ListModelsInFolder, WarnsOfAModelThatCannotBeRead) {
  TestFolder folder;
  file_system(folder.at("good"))->save(small_model(1), {}).get();
  platform::files().make_folder(folder.at("bad"));
  folder.put("bad/model.json", "{");
  std::vector<std::string> warnings;
  const std::vector<StoredModel> models = list_models_in_folder(
      folder.path(), [&](const std::string& message) { warnings.push_back(message); });
  EXPECT_EQ(models.size(), 1u);
  ASSERT_EQ(warnings.size(), 1u);
  EXPECT_NE(warnings[0].find("bad"), std::string::npos);
}

TEST(ListModelsInFolder, SaysThatThereIsNoFolder) {
  TestFolder folder;
  EXPECT_EQ(error_of([&] { list_models_in_folder(folder.at("none")); }).code(),
            ErrorCode::NotFound);
}

}  // namespace
}  // namespace tfjs::io
