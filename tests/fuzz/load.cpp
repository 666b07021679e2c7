// SPDX-License-Identifier: BSL-1.0
// libFuzzer: whatever the bytes, load refuses a file or its parameters are fit for inference. The corpus is beside this file.
//   clang++ -std=c++20 -O1 -g -fsanitize=fuzzer,address,undefined -fno-sanitize-recover=all -Iinclude tests/fuzz/load.cpp -o fuzz
//   ./fuzz -max_len=4096 -max_total_time=60 corpus tests/fuzz/corpus/load
#include <cstdlib>
#include <cstring>
#include <vector>

#include <aquatint/io/load.hpp>
#include <aquatint/layer/layers.hpp>
#include <aquatint/policy/policies.hpp>

using namespace aquatint;

namespace {

template <class Weight, class Activation = Uniform<8>, class Carried = Uniform<8>>
using Numbers = Precision<Weight, Activation, Carry<Carried>>;

struct Integers : Network<Input<Image<3, 3, 2>, Uniform<8>>, Quantized<Numbers<Ternary>, Conv<3, Kernel<2>>, Relu>,
                          Quantized<Numbers<LearnedBasis<3, Offset>, LearnedBasis<2>>, Conv<2, Kernel<1>>, TwoSlopes>, Flatten,
                          Quantized<Numbers<Log2<5>, Uniform<6>>, Dense<2>>> {};
struct Sums : Network<Input<Image<4, 4, 2>>, Conv<4, Kernel<3>, Groups<2>>, BatchNorm, PRelu,
                      Quantized<Numbers<Uniform<4, Asymmetric>>, Residual<Depthwise<Kernel<3>>>, Residual<Conv<4, Kernel<3>>>,
                                MaxPool<Kernel<2>>, Concat<Conv<2, Kernel<1>>, Sequential<>>>,
                      BatchNorm, GlobalAverage, Dense<3>, Softmax> {};
struct Planes
    : Network<Input<Image<3, 3, 2>, Uniform<8>>, Quantized<Numbers<LearnedBasis<2, Offset>>, Depthwise<Kernel<3>>, Conv<3>>,
              Quantized<Numbers<AdaptiveBinary, AdaptiveBinary, Real>, Residual<Conv<3, Kernel<3>>>>, Flatten, Dense<2>> {};

void expect(bool promise) {
    if (!promise) std::abort();
}

/// A file that is accepted is its own copy, and runs.
template <class Net>
void judge(const Byte* bytes, Size size) {
    static Parameters<Net> parameters;
    static Arena<Net> arena;
    if (const Error problem = load({bytes, size}, parameters)) {
        expect(problem.message().length > 0);
        return;
    }
    expect(std::memcmp(static_cast<const void*>(&parameters), bytes + FileFrame::parameters, sizeof parameters) == 0);
    const Error replayed = load({bytes, size}, parameters, arena);
    expect(!replayed || std::strcmp(replayed.rule, refusal::replay) == 0);
}

/// The bytes as what follows the header: as long as the file has to be, under a header and a checksum that are right.
template <class Net>
void judge_contents(const Byte* bytes, Size size) {
    alignas(64) static Byte file[saved_size<Net>];
    std::memset(file, 0, sizeof file);
    std::memcpy(file + FileFrame::parameters, bytes, size < sizeof file - 64 ? size : sizeof file - 64);
    write_header(file_frame<Net>, file);
    judge<Net>(file, sizeof file);
}

/// Changes rarely keep the bytes between the sections zero: they are not taken from the input, so that values are what is tried.
template <class Net>
void judge_values(const Byte* bytes, Size size) {
    Byte body[saved_size<Net> - 64]{};
    Size used = 0;
    const auto take = [&](Size begin, Size count) {
        for (Size i = 0; i < count && used < size; ++i) body[begin + i] = bytes[used++];
    };
    for (Size i = 0; i < layout<Net>.count; ++i) take(layout<Net>.sections[i].offset, layout<Net>.sections[i].bytes);
    take(file_frame<Net>.input() - 64, file_frame<Net>.input_bytes);
    judge_contents<Net>(body, sizeof body);
}

template <class Net>
void judge_all(const Byte* bytes, Size size) {
    const std::vector<Byte> alone(bytes, bytes + size);
    judge<Net>(alone.data(), alone.size());
    judge_contents<Net>(bytes, size);
    judge_values<Net>(bytes, size);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const Byte* bytes, Size size) {
    if (size == 0) return 0;
    switch (bytes[0] % 3) {
    case 0: judge_all<Integers>(bytes + 1, size - 1); break;
    case 1: judge_all<Sums>(bytes + 1, size - 1); break;
    default: judge_all<Planes>(bytes + 1, size - 1); break;
    }
    return 0;
}
