// SPDX-License-Identifier: BSL-1.0
// libFuzzer: whatever the bytes, the reader of .npy files refuses them or keeps its promises. The corpus is beside this file.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude tests/fuzz/npy.cpp
//   ./a.out -dict=tests/fuzz/npy.dict -max_len=512 -max_total_time=60 corpus tests/fuzz/corpus/npy
#include <cstdlib>
#include <vector>

#include <aquatint/interop/npy.hpp>

using namespace aquatint;

extern "C" int LLVMFuzzerTestOneInput(const Byte* bytes, Size size) {
    const Result<TensorView> array = npy(bytes, size);
    if (!array) {
        if (array.problem.message().empty()) std::abort();
        return 0;
    }
    Size counted = 0;
    const bool ends_with_the_file = array->data + array->bytes == bytes + size;
    if (!ends_with_the_file || array->shape.count_bytes(traits(array->dtype).bits, counted) != nullptr || counted != array->bytes)
        std::abort();
    std::vector<float> floats(array->bytes / 4);
    const Error problem = array->read(array->shape, floats.data(), NotFinite::accepted);
    if (bool(problem) == (array->dtype == Dtype::f32)) std::abort();
    return 0;
}
