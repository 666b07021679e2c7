# SPDX-License-Identifier: BSL-1.0
# What the tests need beyond a compiler, as include directories: the system's copy where there is one, else the pinned release.

include(FetchContent)

# Headers only: neither the dependency's own build system nor its link options (Debian's xsimd asks for a library xtl) are used.
function(aquatint_header_dependency package header include_dir repository tag)
    find_path(aquatint_${package}_include_dir ${package}/${header})
    if(aquatint_${package}_include_dir)
        set(include_dirs ${aquatint_${package}_include_dir})
    else()
        message(STATUS "${package} is not installed; fetching ${tag} from ${repository}")
        FetchContent_Declare(${package} GIT_REPOSITORY ${repository} GIT_TAG ${tag} GIT_SHALLOW ON SOURCE_SUBDIR headers-only)
        FetchContent_MakeAvailable(${package})
        set(include_dirs ${${package}_SOURCE_DIR}/${include_dir})
    endif()
    if(CMAKE_CROSSCOMPILING)   # the system's folder also holds the C library of this machine's processor
        set(alone ${PROJECT_BINARY_DIR}/dependencies/${package})
        file(MAKE_DIRECTORY ${alone})
        file(CREATE_LINK ${include_dirs}/${package} ${alone}/${package} SYMBOLIC)
        set(include_dirs ${alone})
    endif()
    add_library(aquatint_${package} INTERFACE)
    target_include_directories(aquatint_${package} SYSTEM INTERFACE ${include_dirs})
endfunction()

aquatint_header_dependency(doctest doctest.h . https://github.com/doctest/doctest.git v2.4.12)
aquatint_header_dependency(xsimd xsimd.hpp include https://github.com/xtensor-stack/xsimd.git 13.2.0)
