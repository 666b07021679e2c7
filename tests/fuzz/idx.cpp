// SPDX-License-Identifier: BSL-1.0
// libFuzzer: whatever the bytes, the reader of IDX files refuses them or keeps its promises. The corpus is beside this file.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude tests/fuzz/idx.cpp
//   ./a.out -max_len=512 -max_total_time=60 corpus tests/fuzz/corpus/idx
#include <cstdlib>
#include <vector>

#include <aquatint/interop/idx.hpp>

using namespace aquatint;

extern "C" int LLVMFuzzerTestOneInput(const Byte* bytes, Size size) {
    const Result<TensorView> array = idx(bytes, size);
    if (!array) {
        if (array.problem.message().empty()) std::abort();
        return 0;
    }
    Size counted = 0;
    const bool ends_with_the_file = array->data + array->bytes == bytes + size;
    if (!ends_with_the_file || array->shape.count_bytes(traits(array->dtype).bits, counted) != nullptr || counted != array->bytes)
        std::abort();
    std::vector<Byte> values(array->bytes);
    const Error problem = array->read(array->shape, values.data());
    if (bool(problem) == (array->dtype == Dtype::u8)) std::abort();
    return 0;
}
