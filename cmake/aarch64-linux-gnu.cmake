# SPDX-License-Identifier: BSL-1.0
# A toolchain file: programs for 64-bit ARM under Linux, run by an emulator. On Debian: g++-aarch64-linux-gnu qemu-user-static.
# Clang cross-compiles with the libraries of the same packages: -DCMAKE_CXX_COMPILER=clang++.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR aarch64)

set(CMAKE_CXX_COMPILER aarch64-linux-gnu-g++ CACHE STRING "A compiler for aarch64")
set(CMAKE_CXX_COMPILER_TARGET aarch64-linux-gnu)   # for a compiler of many targets

find_program(AQUATINT_QEMU NAMES qemu-aarch64-static qemu-aarch64 REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${AQUATINT_QEMU} -L /usr/aarch64-linux-gnu)
