// Handlers of a program's own, behind schemes of its own.
#include <gtest/gtest.h>

#include <map>

#include "tfjs/io/internal/handler_contract_test.h"
#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

using contract::expect_same_model;

/// Keeps models in a map. Answers when told to, as a queue or an event loop would.
class Vault {
 public:
  Future<ModelArtifacts> load(const std::string& name) {
    Promise<ModelArtifacts> promise;
    work_.push_back([this, promise, name] {
      const auto found = models_.find(name);
      if (found == models_.end()) {
        promise.set_error(std::make_exception_ptr(not_found("the vault has no '", name, "'")));
      } else {
        promise.set_value(found->second);
      }
    });
    return promise.future();
  }

  Future<SaveResult> save(const std::string& name, const ModelArtifacts& artifacts) {
    Promise<SaveResult> promise;
    work_.push_back([this, promise, name, artifacts] {
      models_[name] = artifacts;
      promise.set_value({artifacts_info(artifacts)});
    });
    return promise.future();
  }

  void run() {
    for (const auto& work : std::exchange(work_, {})) work();
  }

 private:
  std::map<std::string, ModelArtifacts> models_;
  std::vector<std::function<void()>> work_;
};

class VaultHandler : public IOHandler {
 public:
  VaultHandler(Vault& vault, std::string name) : vault_(vault), name_(std::move(name)) {}
  std::string description() const override { return "vault://" + name_; }
  Future<ModelArtifacts> load(const LoadOptions&) override { return vault_.load(name_); }
  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions&) override {
    return vault_.save(name_, artifacts);
  }

 private:
  Vault& vault_;
  std::string name_;
};

class CustomScheme : public testing::Test {
 protected:
  CustomScheme() {
    const Route route = [this](const std::string& url) -> IOHandlerPtr {
      if (!url.starts_with("vault://")) return nullptr;
      return std::make_shared<VaultHandler>(vault_, url.substr(8));
    };
    router_.register_scheme("vault://");
    router_.register_save_router(route);
    router_.register_load_router(route);
  }

  Vault vault_;
  Router router_;
};

TEST_F(CustomScheme, SavesAndLoadsWhenItsHandlerIsDone) {
  const Future<SaveResult> saved = router_.save_handler("vault://m")->save(small_model(1), {});
  EXPECT_FALSE(saved.is_ready());
  vault_.run();
  EXPECT_EQ(saved.get().model_artifacts_info.weight_data_bytes, 32u);

  // The handler is gone by the time the model comes.
  const Future<ModelArtifacts> loaded = router_.load_handler("vault://m")->load({});
  std::size_t weights = 0;
  const Future<void> counted =
      loaded.then([&](const ModelArtifacts& model) { weights = model.weight_specs.size(); });
  EXPECT_EQ(weights, 0u);
  vault_.run();
  EXPECT_TRUE(counted.is_ready());
  EXPECT_EQ(weights, 2u);
  expect_same_model(loaded.get(), small_model(1));
}

TEST_F(CustomScheme, PassesOnErrorsThatComeLater) {
  const Future<ModelArtifacts> loaded = router_.load_handler("vault://absent")->load({});
  vault_.run();
  EXPECT_TRUE(says(error_of([&] { loaded.get(); }), ErrorCode::NotFound, {"vault", "'absent'"}));
}

TEST_F(CustomScheme, IsNamedAmongTheKnownOnes) {
  EXPECT_TRUE(says(error_of([&] { router_.load_handler("volt://m"); }), ErrorCode::InvalidArgument,
                   {"'volt://'", "vault://"}));
}

/// Overrides nothing but the load.
class Reader : public IOHandler {
 public:
  Future<ModelArtifacts> load(const LoadOptions&) override {
    return Future<ModelArtifacts>::of(small_model(4));
  }
};

TEST(CustomHandler, RefusesWhatItDoesNotOverride) {
  Reader reader;
  expect_same_model(reader.load({}).get(), small_model(4));
  EXPECT_TRUE(says(error_of([&] { reader.save(small_model(1), {}).get(); }), ErrorCode::Unsupported,
                   {"a custom IOHandler", "save"}));
  EXPECT_EQ(error_of([&] { reader.remove().get(); }).code(), ErrorCode::Unsupported);
}

TEST(DefaultRouter, AsksTheProgramsRoutesAsWell) {
  std::string asked;
  const Route route = [&asked](const std::string& url) -> IOHandlerPtr {
    if (!url.starts_with("once://")) return nullptr;
    asked = url;
    return std::make_shared<Reader>();
  };
  // The router lives as long as the program, and this test's variable does not.
  static Route current;
  current = route;
  register_load_router([](const std::string& url) { return current ? current(url) : nullptr; });
  expect_same_model(default_router().load_handler("once://x")->load({}).get(), small_model(4));
  EXPECT_EQ(asked, "once://x");
  current = nullptr;
}

}  // namespace
}  // namespace tfjs::io
