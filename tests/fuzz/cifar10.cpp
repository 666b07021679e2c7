// SPDX-License-Identifier: BSL-1.0
// libFuzzer: whatever the bytes, the reader of CIFAR-10's files refuses them or keeps its
// promises. The corpus is beside this file.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude tests/fuzz/cifar10.cpp
//   ./a.out -max_len=10000 -max_total_time=60 corpus tests/fuzz/corpus/cifar10
#include <cstdlib>
#include <vector>

#include <aquatint/interop/cifar10.hpp>

using namespace aquatint;

extern "C" int LLVMFuzzerTestOneInput(const Byte* bytes, Size size) {
    const Result<Cifar10> pictures = cifar10(bytes, size);
    if (!pictures) {
        if (pictures.problem.message().empty()) std::abort();
        return 0;
    }
    if (pictures->size() * Cifar10::record_bytes != size) std::abort();
    std::vector<Byte> pixels(Cifar10::picture_bytes);
    for (Size i = 0; i < pictures->size(); ++i) {
        if (pictures->label(i) >= Cifar10::classes) std::abort();
        pictures->interleave(i, pixels.data());
        const Byte last = pictures->planes(i)[Cifar10::picture_bytes - 1];
        if (pixels.back() != last) std::abort();
    }
    return 0;
}
