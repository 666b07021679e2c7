// SPDX-License-Identifier: BSL-1.0
// A dense layer of 2,048 inputs and 64 outputs, eight-bit weights and seven-bit inputs, floats out: infer against the loop that one
// would write for this very layer. A broadcast input serves all four panels, whose sums never leave their registers.
// Allowed: 10
#include "measured.hpp"

#include <aquatint/aquatint.hpp>

#include <immintrin.h>

using namespace aquatint;

namespace {

constexpr Size inputs = 2048, outputs = 64;

struct Layer : Network<Input<Vector<inputs>, Uniform<7>>, Quantized<Precision<Uniform<8>, Uniform<7>>, Dense<outputs>>> {};

Parameters<Layer> parameters;
Arena<Layer> arena;
Byte frame[inputs];

alignas(64) Byte padded[inputs + 64];
alignas(64) float results[outputs];

unsigned long long checksum(const float* values) {
    unsigned long long sum = 0;
    for (Size i = 0; i < outputs; ++i) sum = sum * 31 + std::bit_cast<UInt32>(values[i]);
    return sum;
}

}  // namespace

void prepare() {
    auto& dense = step_of<1>(parameters);
    unsigned state = 1;
    const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 16; };
    for (Byte& code : dense.weights) code = static_cast<Byte>(next());
    for (Size output = 0; output < outputs; ++output) {
        dense.levels[output].scale = 0.001f + 0.0001f * static_cast<float>(next() % 64);
        dense.bias[output] = static_cast<Int32>(next() % 20000) - 10000;
    }
    levels_of<Layer::graph.steps[1].input_form>(parameters).scale = 0.02f;
    for (float& scale : step_of<0>(parameters).scale) scale = 0.02f;
    for (Byte& code : frame) code = static_cast<Byte>(next() % 128);
    infer(parameters, arena, frame);   // so that the dynamic linker has looked up what both call
}

extern "C" unsigned long long library() {
    return checksum(infer(parameters, arena, frame).data);
}

extern "C" unsigned long long hand_written() {
    const auto& dense = step_of<1>(parameters);
    const float input_scale = levels_of<Layer::graph.steps[1].input_form>(parameters).scale;
    constexpr int shift = shift_of<Layer, 1>;
    for (Size i = 0; i < inputs; i += 32)   // inputs past the highest code would break the bound that the sums rest on
        _mm256_store_si256(
            reinterpret_cast<__m256i*>(padded + i),
            _mm256_min_epu8(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(frame + i)), _mm256_set1_epi8(127)));
    const __m256i ones = _mm256_set1_epi16(1);
    const __m256 unit = _mm256_set1_ps(input_scale), fraction = _mm256_set1_ps(1.0f / (1 << shift));
    __m256i sums[outputs / 8]{};
    const auto* weights = reinterpret_cast<const __m256i*>(dense.weights);
    constexpr Size panel = inputs * 16 / 32;   // vectors
    for (Size first = 0; first < inputs; first += 32, weights += 16)
#pragma GCC unroll 8
        for (Size cell = 0; cell < 8; ++cell) {
            Int32 four;
            __builtin_memcpy(&four, padded + first + cell * 4, 4);
            const __m256i input = _mm256_set1_epi32(four);
#pragma GCC unroll 8
            for (Size at = 0; at < outputs / 8; ++at) {
                const __m256i pairs = _mm256_maddubs_epi16(input, weights[at / 2 * panel + 2 * cell + at % 2]);
                sums[at] = _mm256_add_epi32(sums[at], _mm256_madd_epi16(pairs, ones));
                asm("" : "+x"(sums[at]));
            }
        }
    for (Size at = 0; at < outputs / 8; ++at) {
        const auto* bias = reinterpret_cast<const __m256i*>(dense.bias + at * 8);
        const __m256i sum = _mm256_add_epi32(_mm256_slli_epi32(sums[at], shift), _mm256_loadu_si256(bias));
        const __m256 scale = _mm256_mul_ps(_mm256_mul_ps(_mm256_loadu_ps(&dense.levels[at * 8].scale), unit), fraction);
        _mm256_store_ps(results + at * 8, _mm256_mul_ps(_mm256_cvtepi32_ps(sum), scale));
    }
    return checksum(results);
}
