# Functions of tests/CMakeLists.txt.
#
# ctest has an entry per test natively, and one per program where starting a process costs much (sanitizers, Node).
# Each program then also writes gtest/<program>.xml in the build folder, from which scripts/tally.py counts its tests.
if(EMSCRIPTEN)
  include(tfjs_googletest_web)
else()
  find_package(GTest QUIET)
endif()
include(GoogleTest)

set(TFJS_TEST_ENVIRONMENT
  "ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1"
  "UBSAN_OPTIONS=print_stacktrace=1"
  "TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1")

# What every test includes, compiled once: GoogleTest's header alone is half the time of a typical test file (2.3 s to
# 1.2 s measured with g++ 12 and clang 14). Files still include what they use.
function(tfjs_test_headers)
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cc "")
  add_library(tfjs_test_headers OBJECT ${CMAKE_CURRENT_BINARY_DIR}/test_headers.cc)
  tfjs_test_settings(tfjs_test_headers)
  target_precompile_headers(tfjs_test_headers PRIVATE
    <gtest/gtest.h> <algorithm> <any> <cmath> <functional> <memory> <optional> <span> <string> <string_view> <vector>)
endfunction()

# What a precompiled header and those who use it must have in common.
function(tfjs_test_settings target)
  target_link_libraries(${target} PRIVATE tfjs_options GTest::gtest GTest::gtest_main)
  target_compile_definitions(${target} PRIVATE
    TFJS_SOURCE_DIR="${PROJECT_SOURCE_DIR}" TFJS_REAL_MODELS_DIR="${TFJS_REAL_MODELS_DIR}")
  # Tests are compiled fast; it is the library that must be. (This comes after the build type's level. Not -O0: the
  # linker takes what headers define from here for the library too.)
  target_compile_options(${target} PRIVATE -O1)
  # As the compiler has it by default: CMake would give an object library -fPIC and a program -fPIE.
  set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE OFF UNITY_BUILD ${TFJS_UNITY_TESTS})
  tfjs_cacheable_precompiled_headers(${target})
endfunction()

# tfjs_gtest(NAME LIBRARY SOURCES...) makes a test program and its ctest entries.
function(tfjs_gtest name library)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE ${library})
  tfjs_test_settings(${name})
  target_precompile_headers(${name} REUSE_FROM tfjs_test_headers)
  if(EMSCRIPTEN)
    # Linked fast: -O1 comes after the build type's level, and wasm-opt has nothing to do.
    target_link_options(${name} PRIVATE
      -O1 -sNODERAWFS=1 -sEXIT_RUNTIME=1 -sENVIRONMENT=node
      -sALLOW_MEMORY_GROWTH=1 -sINITIAL_MEMORY=64MB -sMAXIMUM_MEMORY=4GB -sTOTAL_STACK=8MB)
  endif()
  if(EMSCRIPTEN OR TFJS_SANITIZE)
    add_test(NAME ${name} COMMAND ${name} --gtest_output=xml:${CMAKE_BINARY_DIR}/gtest/${name}.xml)
    set_tests_properties(${name} PROPERTIES TIMEOUT 900 ENVIRONMENT "${TFJS_TEST_ENVIRONMENT}")
  else()
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
  endif()
endfunction()

# tfjs_unit_test(FOLDER SOURCES...) makes the program FOLDER_test of tfjs/FOLDER; it links that folder and what it sees.
function(tfjs_unit_test folder)
  tfjs_gtest(${folder}_test tfjs_${folder} ${ARGN})
  # Op calls outside of a trace reach runtime/eager.cc through a function that core only declares: below runtime
  # nobody names that library, and above it the archive may come too early on the linker's line.
  if(NOT folder MATCHES "^(base|platform|core|shape|io)$")
    target_sources(${folder}_test PRIVATE $<TARGET_OBJECTS:tfjs_runtime>)
    target_link_libraries(${folder}_test PRIVATE tfjs_runtime)
  endif()
endfunction()

# tfjs_system_test(NAME SOURCES...) makes a test program that links the whole library.
function(tfjs_system_test name)
  tfjs_gtest(${name} tfjs ${ARGN})
endfunction()

# tfjs_test_program(NAME SOURCES...) makes a program, in the folder of the command, for a script test to run.
function(tfjs_test_program name)
  add_executable(${name} ${ARGN})
  target_link_libraries(${name} PRIVATE tfjs tfjs_options)
endfunction()

# tfjs_script_test(FILE [ARGUMENTS...]) runs a .sh, .mjs or .py file, in its own folder, as the test <folder>.<name>.
# It finds in its environment TFJS (the command), TFJS_BIN_DIR, TFJS_SOURCE_DIR, TFJS_BUILD_DIR and
# TFJS_REAL_MODELS_DIR (may be empty). Exit code 77 says "skipped".
function(tfjs_script_test file)
  get_filename_component(file ${file} ABSOLUTE)
  get_filename_component(folder ${file} DIRECTORY)
  get_filename_component(group ${folder} NAME)
  get_filename_component(name ${file} NAME_WE)
  get_filename_component(kind ${file} EXT)
  if(kind STREQUAL ".mjs")
    set(interpreter node)
  elseif(kind STREQUAL ".py")
    set(interpreter python3)
  else()
    set(interpreter bash)
  endif()
  set(test ${group}.${name})
  if(ARGN)
    string(REPLACE ";" "." arguments "${ARGN}")
    set(test ${test}.${arguments})
  endif()
  set(command ${interpreter} ${file} ${ARGN})
  if(EXISTS ${folder}/package.json)
    set(command bash ${PROJECT_SOURCE_DIR}/tests/with_node_modules.sh ${command})
  endif()
  add_test(NAME ${test} COMMAND ${command} WORKING_DIRECTORY ${folder})
  set(environment ${TFJS_TEST_ENVIRONMENT}
    TFJS=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}/tfjs
    TFJS_BIN_DIR=${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    TFJS_SOURCE_DIR=${PROJECT_SOURCE_DIR}
    TFJS_BUILD_DIR=${CMAKE_BINARY_DIR}
    TFJS_REAL_MODELS_DIR=${TFJS_REAL_MODELS_DIR})
  set_tests_properties(${test} PROPERTIES
    ENVIRONMENT "${environment}" SKIP_RETURN_CODE 77 TIMEOUT 600)
endfunction()
