# SPDX-License-Identifier: BSL-1.0
# A toolchain file: programs for 32-bit ARM under Linux, run by an emulator. On Debian: g++-arm-linux-gnueabihf qemu-user-static.
set(CMAKE_SYSTEM_NAME Linux)
set(CMAKE_SYSTEM_PROCESSOR arm)

set(CMAKE_CXX_COMPILER arm-linux-gnueabihf-g++ CACHE STRING "A compiler for arm")

find_program(AQUATINT_QEMU NAMES qemu-arm-static qemu-arm REQUIRED)
set(CMAKE_CROSSCOMPILING_EMULATOR ${AQUATINT_QEMU} -L /usr/arm-linux-gnueabihf)
