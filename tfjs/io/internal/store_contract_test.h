// What every store of several models must do, beside what handler_contract_test.h asks of each of
// its handlers. One call in a native test file (it starts threads):
//
//   const bool registered = test_store_contract("LocalStorage", [] { ...returns a TestStore... });
#pragma once

#include <gtest/gtest.h>

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

struct TestStore {
  std::function<IOHandlerPtr(const std::string& name)> handler;
  std::function<std::vector<StoredModel>()> list;
};
/// Makes an empty store.
using MakeStore = std::function<TestStore()>;

namespace contract {

inline void save(const TestStore& store, const std::string& name, const ModelArtifacts& model) {
  store.handler(name)->save(model, {}).get();
}

inline void expect_stored(const TestStore& store, const std::string& name,
                          const ModelArtifacts& model) {
  expect_same_model(store.handler(name)->load({}).get(), model);
}

inline std::vector<std::string> names_in(const TestStore& store) {
  std::vector<std::string> names;
  for (const StoredModel& model : store.list()) {
    names.push_back(model.url.substr(model.url.find("://") + 3));
  }
  return names;
}

inline void empty_store_lists_nothing(const TestStore& store) {
  EXPECT_TRUE(store.list().empty());
}

inline void replacing_a_model_keeps_the_others(const TestStore& store) {
  save(store, "a", small_model(1));
  save(store, "b", full_model());
  save(store, "c", small_model(3, 600000));
  save(store, "b", small_model(2, 700000));
  expect_stored(store, "a", small_model(1));
  expect_stored(store, "b", small_model(2, 700000));
  expect_stored(store, "c", small_model(3, 600000));
}

inline void removing_a_model_keeps_the_others(const TestStore& store) {
  save(store, "a", small_model(1, 600000));
  save(store, "b", small_model(2, 700000));
  save(store, "c", small_model(3));
  store.handler("a")->remove().get();
  expect_stored(store, "b", small_model(2, 700000));
  expect_stored(store, "c", small_model(3));
  EXPECT_EQ(names_in(store), (std::vector<std::string>{"b", "c"}));
}

inline void names_are_taken_as_they_stand(const TestStore& store) {
  const std::vector<std::string> names = {"a",    "a/b",   "a/b/",     "/a",   "A",
                                          "a b",  "a%20b", "\xc3\xa9", "../x", "x'\"`;--",
                                          "a\nb", "%",     "_",        "://"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    save(store, names[i], small_model(static_cast<float>(i)));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    expect_stored(store, names[i], small_model(static_cast<float>(i)));
    store.handler(names[i])->remove().get();
  }
  EXPECT_TRUE(store.list().empty());
}

inline void list_says_what_was_saved(const TestStore& store) {
  const ModelArtifactsInfo saved =
      store.handler("m/1")->save(full_model(), {}).get().model_artifacts_info;
  save(store, "b", small_model(2));
  const std::vector<StoredModel> models = store.list();
  ASSERT_EQ(models.size(), 2u);
  EXPECT_EQ(names_in(store), (std::vector<std::string>{"b", "m/1"}));
  const ModelArtifactsInfo& info = models[1].info;
  EXPECT_EQ(info.date_saved_ms, saved.date_saved_ms);
  EXPECT_EQ(info.model_topology_type, "JSON");
  EXPECT_EQ(info.model_topology_bytes, saved.model_topology_bytes);
  EXPECT_EQ(info.weight_specs_bytes, saved.weight_specs_bytes);
  EXPECT_EQ(info.weight_data_bytes, full_model().weight_data.size());
  const IOHandlerPtr handler = default_router().load_handler(models[1].url);
  EXPECT_EQ(handler->description(), models[1].url);
}

inline void places_differ(const TestStore& store) {
  EXPECT_NE(store.handler("a")->place(), store.handler("b")->place());
  EXPECT_EQ(store.handler("a")->place(), store.handler("a")->place());
}

/// All values of a model are one number; anything else is a mix of two saves.
inline void expect_whole(const ModelArtifacts& model) {
  const double number = model.model_topology.at("value", "topology").as_number("value");
  for (const NamedTensor& weight : decode_weights(model.weight_specs, model.weight_data)) {
    for (float value : weight.tensor.data<float>()) ASSERT_EQ(value, number) << weight.name;
  }
}

inline void threads_save_and_load_at_once(const TestStore& store) {
  constexpr int kThreads = 3;
  constexpr int kRounds = 12;
  save(store, "shared", small_model(0, 5000));
  std::mutex mutex;
  std::vector<std::string> errors;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&, thread] {
      try {
        const std::string own = cat("own", thread);
        for (int i = 0; i < kRounds; ++i) {
          const auto value = static_cast<float>(100 * thread + i);
          save(store, "shared", small_model(value, 5000));
          expect_whole(store.handler("shared")->load({}).get());
          save(store, own, small_model(value));
          expect_stored(store, own, small_model(value));
          store.list();
          if (i % 3 == 0) store.handler(own)->remove().get();
        }
      } catch (const Error& error) {
        const std::lock_guard lock(mutex);
        errors.emplace_back(error.what());
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(errors, std::vector<std::string>{});
  EXPECT_EQ(names_in(store), (std::vector<std::string>{"own0", "own1", "own2", "shared"}));
}

class StoreContractTest : public testing::Test {
 public:
  StoreContractTest(void (*check)(const TestStore&), MakeStore make)
      : check_(check), make_(std::move(make)) {}
  void TestBody() override { check_(make_()); }

 private:
  void (*check_)(const TestStore&);
  MakeStore make_;
};

}  // namespace contract

/// Registers the suite `name`: a test for each sentence of the contract.
inline bool test_store_contract(const char* name, const MakeStore& make) {
  using namespace contract;
  const std::vector<std::pair<const char*, void (*)(const TestStore&)>> checks = {
      {"EmptyStoreListsNothing", empty_store_lists_nothing},
      {"ReplacingAModelKeepsTheOthers", replacing_a_model_keeps_the_others},
      {"RemovingAModelKeepsTheOthers", removing_a_model_keeps_the_others},
      {"NamesAreTakenAsTheyStand", names_are_taken_as_they_stand},
      {"ListSaysWhatWasSaved", list_says_what_was_saved},
      {"PlacesDiffer", places_differ},
      {"ThreadsSaveAndLoadAtOnce", threads_save_and_load_at_once}};
  for (const auto& entry : checks) {
    const auto check = entry.second;
    testing::RegisterTest(
        name, entry.first, nullptr, nullptr, __FILE__, __LINE__,
        [check, make]() -> StoreContractTest* { return new StoreContractTest(check, make); });
  }
  return true;
}

}  // namespace tfjs::io
