#include <gtest/gtest.h>

#include "tfjs/io/internal/test_support.h"
#include "tfjs/io/router.h"

namespace tfjs::io {
namespace {

TEST(FromMemory, GivesItsArtifacts) {
  const IOHandlerPtr handler = from_memory(small_model(3));
  const ModelArtifacts model = handler->load({}).get();
  EXPECT_EQ(model.model_topology, small_model(3).model_topology);
  EXPECT_EQ(text_of(model.weight_data), text_of(small_model(3).weight_data));
  EXPECT_TRUE(handler->load({.read_weights = false}).get().weight_data.empty());
}

TEST(FromMemory, CannotSave) {
  const IOHandlerPtr handler = from_memory(small_model(3));
  EXPECT_FALSE(handler->can_save());
  EXPECT_TRUE(says(error_of([&] { handler->save(small_model(3), {}).get(); }),
                   ErrorCode::Unsupported, {"artifacts in memory", "save"}));
}

TEST(WithSaveHandler, HandsTheArtifactsToItsFunction) {
  std::uint64_t seen = 0;
  const IOHandlerPtr handler = with_save_handler([&](const ModelArtifacts& model) {
    seen = model.weight_data.size();
    return Future<SaveResult>::of({artifacts_info(model)});
  });
  EXPECT_EQ(handler->save(small_model(1), {}).get().model_artifacts_info.weight_data_bytes, 32u);
  EXPECT_EQ(seen, 32u);
  EXPECT_FALSE(handler->can_load());
  EXPECT_EQ(error_of([&] { handler->load({}).get(); }).code(), ErrorCode::Unsupported);
}

TEST(WithSaveHandler, PassesOnWhatItsFunctionThrows) {
  const IOHandlerPtr handler = with_save_handler(
      [](const ModelArtifacts&) -> Future<SaveResult> { throw unavailable("no room"); });
  EXPECT_TRUE(says(error_of([&] { handler->save(small_model(1), {}).get(); }),
                   ErrorCode::Unavailable, {"no room"}));
}

TEST(SyncForms, AreSettledWhenTheyReturn) {
  EXPECT_TRUE(from_memory_sync(small_model(3))->load({}).is_ready());
  const IOHandlerPtr handler = with_save_handler_sync(
      [](const ModelArtifacts& model) { return SaveResult{artifacts_info(model)}; });
  const Future<SaveResult> saved = handler->save(small_model(1), {});
  ASSERT_TRUE(saved.is_ready());
  EXPECT_EQ(saved.get().model_artifacts_info.weight_data_bytes, 32u);
}

TEST(SyncForms, PassOnWhatTheirFunctionThrows) {
  const IOHandlerPtr handler = with_save_handler_sync(
      [](const ModelArtifacts&) -> SaveResult { throw unavailable("no room"); });
  EXPECT_TRUE(says(error_of([&] { handler->save(small_model(1), {}).get(); }),
                   ErrorCode::Unavailable, {"no room"}));
  EXPECT_EQ(error_of([] { with_save_handler_sync({}); }).code(), ErrorCode::InvalidArgument);
}

}  // namespace
}  // namespace tfjs::io
