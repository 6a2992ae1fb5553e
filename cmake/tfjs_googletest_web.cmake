# GoogleTest for Emscripten, compiled from Debian's package of its sources with the flags of the tests.
find_path(TFJS_GTEST_SOURCE src/gtest-all.cc PATHS /usr/src/googletest/googletest NO_CMAKE_FIND_ROOT_PATH)
if(TFJS_GTEST_SOURCE)
  add_library(tfjs_gtest_web STATIC ${TFJS_GTEST_SOURCE}/src/gtest-all.cc ${TFJS_GTEST_SOURCE}/src/gtest_main.cc)
  target_include_directories(tfjs_gtest_web SYSTEM
    PUBLIC ${TFJS_GTEST_SOURCE}/include PRIVATE ${TFJS_GTEST_SOURCE})
  target_compile_definitions(tfjs_gtest_web PUBLIC GTEST_HAS_PTHREAD=0)
  target_compile_options(tfjs_gtest_web PRIVATE -w)
  target_link_libraries(tfjs_gtest_web PUBLIC tfjs_options)
  add_library(GTest::gtest ALIAS tfjs_gtest_web)
  add_library(GTest::gtest_main ALIAS tfjs_gtest_web)
endif()
