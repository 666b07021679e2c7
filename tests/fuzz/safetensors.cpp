// SPDX-License-Identifier: BSL-1.0
// libFuzzer: whatever the bytes, the reader of safetensors refuses them or keeps its promises. The corpus is beside this file.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude tests/fuzz/safetensors.cpp
//   ./a.out -dict=tests/fuzz/safetensors.dict -max_len=2048 -max_total_time=60 corpus tests/fuzz/corpus/safetensors
#include <cstdlib>
#include <vector>

#include <sanitizer/allocator_interface.h>

#include <aquatint/interop/save_safetensors.hpp>

using namespace aquatint;

namespace {

thread_local Size allocations = 0;   // of the thread that reads: the fuzzer watches memory in a thread of its own

void expect(bool promise) {
    if (!promise) std::abort();
}

Result<Safetensors> open_without_heap(const Byte* bytes, Size size) {
    const Size before = allocations;
    const Result<Safetensors> file = safetensors(bytes, size);
    if (file.problem) expect(file.problem.message().length > 0);
    expect(allocations == before);
    return file;
}

/// What is read is written and read again: the same tensors, and the same bytes the next time.
void round_trip(const std::vector<TensorView>& tensors) {
    const Result<Size> size = save_safetensors(nullptr, 0, tensors);
    expect(bool(size));
    std::vector<Byte> bytes(*size), again(*size);
    expect(*save_safetensors(bytes.data(), bytes.size(), tensors) == bytes.size());
    const Result<Safetensors> file = open_without_heap(bytes.data(), bytes.size());
    expect(file && file->size() == tensors.size());
    std::vector<TensorView> read;
    for (const TensorView& tensor : *file) {
        const TensorView& original = tensors[read.size()];
        expect(words(tensor.name) == words(original.name) && tensor.dtype == original.dtype && tensor.shape == original.shape);
        expect(tensor.bytes == 0 || std::memcmp(tensor.data, original.data, tensor.bytes) == 0);
        read.push_back(tensor);
    }
    expect(*save_safetensors(again.data(), again.size(), read) == again.size());
    expect(bytes == again);
}

void judge(const Byte* bytes, Size size) {
    const Result<Safetensors> file = open_without_heap(bytes, size);
    if (!file) return;
    std::vector<TensorView> tensors;
    Size covered = 0;
    for (const TensorView& tensor : *file) {
        expect(tensor.data >= bytes && tensor.bytes <= static_cast<Size>(bytes + size - tensor.data));
        covered += tensor.bytes;
        tensors.push_back(tensor);
        std::vector<float> floats(tensor.bytes / 4);
        const Error problem = tensor.read(tensor.shape, floats.data());
        expect(!problem || tensor.dtype != Dtype::f32 || problem.rule == refusal::not_finite);
    }
    expect(tensors.size() == file->size());
    expect(covered + 8 + read_little_endian<UInt64>(bytes) == size);
    if (tensors.size() <= 64)
        for (const TensorView& tensor : tensors) {
            const Result<TensorView> found = file->find(words(tensor.name));
            expect(found && found->data == tensor.data && found->bytes == tensor.bytes && found->shape == tensor.shape);
        }
    char text[16];
    if (const Result<JsonText> format = file->metadata("format")) format->copy(text, sizeof text);
    round_trip(tensors);
}

}  // namespace

extern "C" int LLVMFuzzerInitialize(int*, char***) {
    __sanitizer_install_malloc_and_free_hooks([](const volatile void*, Size) { ++allocations; }, [](const volatile void*) {});
    return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const Byte* bytes, Size size) {
    judge(bytes, size);
    // The length of the header rarely survives a mutation: the same bytes again, with the length that ends at the last brace.
    std::vector<Byte> mended(bytes, bytes + size);
    Size end = size;
    while (end > 8 && mended[end - 1] != '}') --end;
    if (end <= 8) return 0;
    for (Size i = 0; i < 8; ++i) mended[i] = static_cast<Byte>(static_cast<UInt64>(end - 8) >> 8 * i);
    judge(mended.data(), mended.size());
    return 0;
}
