// SPDX-License-Identifier: BSL-1.0
// Planted: a parser that trusts a length, behind two bytes of magic. The fuzzer has to get there and the sanitizer to see it.
#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size < 3 || data[0] != 'A' || data[1] != 'Q') return 0;
    [[maybe_unused]] volatile std::uint8_t last = data[2 + data[2]];
    return 0;
}
