# How this build tree compiles: language, output folders, ccache. Nothing here reaches a project that includes ours,
# except through the directory scope of this project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(NOT EMSCRIPTEN)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
  endif()
endif()

if(TFJS_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
  find_program(TFJS_CCACHE_PROGRAM ccache)
  mark_as_advanced(TFJS_CCACHE_PROGRAM)
  if(TFJS_CCACHE_PROGRAM)
    # The sloppiness is what ccache asks for to cache files with precompiled headers. Relative to the base folder, what
    # one checkout compiled serves every other.
    set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros CCACHE_BASEDIR=${PROJECT_SOURCE_DIR}
      CCACHE_NOHASHDIR=1 ${TFJS_CCACHE_PROGRAM})
  endif()
endif()

if(EMSCRIPTEN)
  # Debian's Emscripten finds the parts of its optimizer through NODE_PATH.
  set(CMAKE_CXX_LINKER_LAUNCHER ${CMAKE_COMMAND} -E env NODE_PATH=/usr/share/nodejs)
  # Node 18 and later have a fetch() of their own that Emscripten 3.1.6 takes for a browser's.
  # JSON of the deepest kind there is, 2048 levels, wants more stack than Node gives (the package takes 512).
  set(CMAKE_CROSSCOMPILING_EMULATOR node --no-experimental-fetch --stack-size=3900)
endif()
