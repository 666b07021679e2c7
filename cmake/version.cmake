# SPDX-License-Identifier: BSL-1.0
# The version is written once, in the macros of base/config.hpp; everything else reads it there.

function(aquatint_version result)
    set(header "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../include/aquatint/base/config.hpp")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${header}")
    file(READ "${header}" text)
    foreach(part MAJOR MINOR PATCH)
        if(NOT text MATCHES "#define AQUATINT_VERSION_${part} ([0-9]+)")
            message(FATAL_ERROR "AQUATINT_VERSION_${part} is not defined in ${header}")
        endif()
        list(APPEND numbers ${CMAKE_MATCH_1})
    endforeach()
    list(JOIN numbers "." version)
    set(${result} ${version} PARENT_SCOPE)
endfunction()
