# SPDX-License-Identifier: BSL-1.0
# How this project's own programs are compiled. Nothing here reaches a consumer.

include(CheckCXXCompilerFlag)

set(AQUATINT_MARCH native CACHE STRING "Processor to compile tests, benchmarks and examples for; empty: the compiler's default")
set(AQUATINT_SANITIZE "" CACHE STRING "Sanitizers of tests, benchmarks and examples, as in address,undefined")
option(AQUATINT_PORTABLE "Compile tests, benchmarks and examples without any compiler extension" OFF)

set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

set(aquatint_gnu_like OFF)
if(CMAKE_CXX_COMPILER_ID MATCHES "GNU|Clang" AND NOT MSVC)
    set(aquatint_gnu_like ON)
endif()

# Language and warnings; everything that is the same for every processor.
set(aquatint_flags)
if(aquatint_gnu_like)
    set(aquatint_flags -Wall -Wextra -Wpedantic -Wconversion -Wsign-conversion -Wshadow -Wundef)
elseif(MSVC)
    set(aquatint_flags /W4 /permissive- /Zc:preprocessor /utf-8)
endif()
if(AQUATINT_PORTABLE)
    list(APPEND aquatint_flags -DAQUATINT_PORTABLE=1)
endif()

set(aquatint_march)
if(AQUATINT_MARCH AND aquatint_gnu_like)
    string(MAKE_C_IDENTIFIER "aquatint_march_${AQUATINT_MARCH}" known)
    check_cxx_compiler_flag(-march=${AQUATINT_MARCH} ${known})
    if(${known})
        set(aquatint_march -march=${AQUATINT_MARCH})
    else()
        message(WARNING "-march=${AQUATINT_MARCH} is unknown to ${CMAKE_CXX_COMPILER}; compiling for its default processor")
    endif()
endif()

add_library(aquatint_any_processor INTERFACE)
target_link_libraries(aquatint_any_processor INTERFACE aquatint::aquatint)
target_compile_options(aquatint_any_processor INTERFACE ${aquatint_flags})
if(AQUATINT_SANITIZE)
    set(sanitize -fsanitize=${AQUATINT_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
    if(AQUATINT_SANITIZE MATCHES "address" AND CMAKE_CXX_COMPILER_ID MATCHES "Clang")
        # The address sanitizer sees where pointers lead, and nothing here calls through a pointer of another type. These checks stand
        # at every access and every function, and take half of the time that a kernel needs to compile.
        list(APPEND sanitize -fno-sanitize=null,object-size,pointer-overflow,function)
    endif()
    target_compile_options(aquatint_any_processor INTERFACE ${sanitize})
    target_link_options(aquatint_any_processor INTERFACE ${sanitize})
endif()

add_library(aquatint_development INTERFACE)
target_link_libraries(aquatint_development INTERFACE aquatint_any_processor)
target_compile_options(aquatint_development INTERFACE ${aquatint_march})

# A compiler command for checks that compile one file by hand. Its warnings are errors.
set(aquatint_compile ${CMAKE_CXX_COMPILER})
if(CMAKE_CXX_COMPILER_TARGET AND CMAKE_CXX_COMPILE_OPTIONS_TARGET)
    list(APPEND aquatint_compile ${CMAKE_CXX_COMPILE_OPTIONS_TARGET}${CMAKE_CXX_COMPILER_TARGET})
endif()
list(APPEND aquatint_compile -std=c++20 ${aquatint_flags} ${aquatint_march} -Werror -I${PROJECT_SOURCE_DIR}/include)

# aquatint_program(NAME SOURCE...): an example or a benchmark.
function(aquatint_program name)
    add_executable(${name} ${ARGN})
    target_link_libraries(${name} PRIVATE aquatint_development)
endfunction()

# aquatint_runs(TARGET POSITION COMMAND...): `cmake --build ... --target TARGET` runs these commands by position, from the project's
# folder. TARGET is run_demo or run_bench; a command that is a target of this project is built first.
function(aquatint_runs target position)
    set_property(GLOBAL APPEND PROPERTY aquatint_${target} ${position})
    set_property(GLOBAL PROPERTY aquatint_${target}_${position} ${ARGN})
endfunction()

function(aquatint_add_run_target target)
    get_property(positions GLOBAL PROPERTY aquatint_${target})
    list(SORT positions COMPARE NATURAL)
    set(commands)
    foreach(position IN LISTS positions)
        get_property(command GLOBAL PROPERTY aquatint_${target}_${position})
        list(APPEND commands COMMAND ${command})
    endforeach()
    if(NOT commands)
        set(commands COMMAND ${CMAKE_COMMAND} -E echo "${target}: there is nothing to run" COMMAND ${CMAKE_COMMAND} -E false)
    endif()
    add_custom_target(${target} ${commands} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR} COMMENT ${target} USES_TERMINAL VERBATIM)
endfunction()

# aquatint_add_folders(PARENT): every folder of PARENT that has a CMakeLists.txt.
function(aquatint_add_folders parent)
    file(GLOB lists CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${parent}/*/CMakeLists.txt)
    foreach(list IN LISTS lists)
        cmake_path(GET list PARENT_PATH folder)
        add_subdirectory(${folder})
    endforeach()
endfunction()
