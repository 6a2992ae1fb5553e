// Handlers without a place: artifacts that are in memory already, and a function that takes them.
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

namespace {

class MemoryHandler : public IOHandler {
 public:
  explicit MemoryHandler(ModelArtifacts artifacts) : artifacts_(std::move(artifacts)) {}

  std::string description() const override { return "artifacts in memory"; }
  bool can_save() const override { return false; }

  Future<ModelArtifacts> load(const LoadOptions& options) override {
    return Future<ModelArtifacts>::from([&] {
      options.cancel.check("load");
      const std::uint64_t size = artifacts_.weight_data.size();
      ModelArtifacts artifacts = artifacts_;
      if (!options.read_weights) artifacts.weight_data = WeightData();
      if (options.on_progress) options.on_progress({.bytes_done = size, .bytes_total = size});
      return artifacts;
    });
  }

 private:
  ModelArtifacts artifacts_;
};

class SaveFunctionHandler : public IOHandler {
 public:
  explicit SaveFunctionHandler(std::function<Future<SaveResult>(const ModelArtifacts&)> save)
      : save_(std::move(save)) {}

  std::string description() const override { return "a save function"; }
  bool can_load() const override { return false; }

  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options) override {
    try {
      options.cancel.check("save");
      return save_(artifacts);
    } catch (...) {
      return Future<SaveResult>::failed(std::current_exception());
    }
  }

 private:
  std::function<Future<SaveResult>(const ModelArtifacts&)> save_;
};

}  // namespace

IOHandlerPtr from_memory(ModelArtifacts artifacts) {
  return std::make_shared<MemoryHandler>(std::move(artifacts));
}

IOHandlerPtr with_save_handler(std::function<Future<SaveResult>(const ModelArtifacts&)> save) {
  if (!save) throw invalid_argument("with_save_handler: the function is empty");
  return std::make_shared<SaveFunctionHandler>(std::move(save));
}

IOHandlerPtr with_save_handler_sync(std::function<SaveResult(const ModelArtifacts&)> save) {
  if (!save) throw invalid_argument("with_save_handler_sync: the function is empty");
  return with_save_handler([save = std::move(save)](const ModelArtifacts& artifacts) {
    return Future<SaveResult>::from([&] { return save(artifacts); });
  });
}

}  // namespace tfjs::io
