# SPDX-License-Identifier: BSL-1.0
# What `cmake --install` puts where. Nothing depends on the architecture, so all of it lies under include and share.

include(CMakePackageConfigHelpers)
include(GNUInstallDirs)

set(aquatint_package_dir ${CMAKE_INSTALL_DATADIR}/cmake/aquatint)

# Without dependencies, the exported targets are the whole package configuration.
install(TARGETS aquatint EXPORT aquatint FILE_SET HEADERS DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT aquatint NAMESPACE aquatint:: FILE aquatint-config.cmake DESTINATION ${aquatint_package_dir})

# Before 1.0 a minor version may break.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/aquatint-config-version.cmake
    COMPATIBILITY SameMinorVersion ARCH_INDEPENDENT)
install(FILES ${PROJECT_BINARY_DIR}/aquatint-config-version.cmake DESTINATION ${aquatint_package_dir})

configure_file(${PROJECT_SOURCE_DIR}/packaging/aquatint.pc.in ${PROJECT_BINARY_DIR}/aquatint.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/aquatint.pc DESTINATION ${CMAKE_INSTALL_DATADIR}/pkgconfig)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/licenses/aquatint)
