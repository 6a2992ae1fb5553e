# What `cmake --install` puts where: headers, the library, the command, and the files by which find_package(tfjs) and
# pkg-config find them.
include(CMakePackageConfigHelpers)
set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/tfjs)

install(DIRECTORY ${PROJECT_SOURCE_DIR}/tfjs/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/tfjs
        FILES_MATCHING PATTERN "*.h" PATTERN "*.def" PATTERN "internal" EXCLUDE PATTERN "kernels" EXCLUDE
        PATTERN "native" EXCLUDE PATTERN "web" EXCLUDE PATTERN "testing" EXCLUDE)
install(TARGETS tfjs EXPORT tfjs_targets)
if(TARGET tfjs_command)
  install(TARGETS tfjs_command)
endif()
install(EXPORT tfjs_targets FILE tfjsTargets.cmake NAMESPACE tfjs:: DESTINATION ${package_dir})

configure_package_config_file(${PROJECT_SOURCE_DIR}/cmake/tfjsConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/tfjsConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/tfjsConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tfjsConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/tfjsConfigVersion.cmake
        DESTINATION ${package_dir})

set(TFJS_PC_REQUIRES)
foreach(pair CURL:libcurl SQLITE:sqlite3 ZLIB:zlib)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 library)
  list(GET pair 1 package)
  if(TFJS_WITH_${library})
    string(APPEND TFJS_PC_REQUIRES ", ${package}")
  endif()
endforeach()
configure_file(${PROJECT_SOURCE_DIR}/cmake/tfjs.pc.in ${CMAKE_CURRENT_BINARY_DIR}/tfjs.pc @ONLY)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/tfjs.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR})
