# Compiler settings shared by every target of the project, and the libraries it stands on.
add_library(tfjs_options INTERFACE)
target_compile_features(tfjs_options INTERFACE cxx_std_20)
target_compile_options(tfjs_options INTERFACE
  -Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers)
if(TFJS_SANITIZE)
  target_compile_options(tfjs_options INTERFACE
    -fsanitize=${TFJS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(tfjs_options INTERFACE -fsanitize=${TFJS_SANITIZE})
endif()

# tfjs_highway: Google's Highway, SIMD written once. Natively the library of Debian's libhwy-dev. With Emscripten its
# headers alone serve (static dispatch); they are linked into the build tree, because /usr/include as a whole must not
# be on Emscripten's search path.
add_library(tfjs_highway INTERFACE)
if(EMSCRIPTEN)
  target_compile_options(tfjs_options INTERFACE -fwasm-exceptions -msimd128)
  target_link_options(tfjs_options INTERFACE -fwasm-exceptions)
  find_path(TFJS_HIGHWAY_INCLUDE hwy/highway.h PATHS /usr/include REQUIRED NO_CMAKE_FIND_ROOT_PATH)
  set(highway_headers ${CMAKE_CURRENT_BINARY_DIR}/highway_headers)
  file(MAKE_DIRECTORY ${highway_headers})
  file(CREATE_LINK ${TFJS_HIGHWAY_INCLUDE}/hwy ${highway_headers}/hwy SYMBOLIC)
  target_include_directories(tfjs_highway SYSTEM INTERFACE ${highway_headers})
  target_compile_definitions(tfjs_highway INTERFACE HWY_COMPILE_ONLY_STATIC)
else()
  find_package(Threads REQUIRED)
  find_package(hwy CONFIG REQUIRED)
  target_link_libraries(tfjs_highway INTERFACE hwy::hwy)
  target_link_libraries(tfjs_options INTERFACE Threads::Threads)
endif()

# The libraries of the options TFJS_WITH_..., and the targets of those in use.
set(TFJS_LIBRARIES curl sqlite zlib)
set(TFJS_LIBRARY_TARGETS)
if(TFJS_WITH_CURL)
  find_package(CURL 7.81 REQUIRED)
  list(APPEND TFJS_LIBRARY_TARGETS CURL::libcurl)
endif()
if(TFJS_WITH_SQLITE)
  find_package(SQLite3 3.35 REQUIRED)
  list(APPEND TFJS_LIBRARY_TARGETS SQLite::SQLite3)
endif()
if(TFJS_WITH_ZLIB)
  find_package(ZLIB REQUIRED)
  list(APPEND TFJS_LIBRARY_TARGETS ZLIB::ZLIB)
endif()
