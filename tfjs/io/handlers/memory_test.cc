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

}  // namespace
}  // namespace tfjs::io
