// SPDX-License-Identifier: BSL-1.0
// A dense layer of one row and 32 outputs: matvec against the loop for this very shape. It has four accumulators that never leave their
// registers, a broadcast input serves all of them, and scales were multiplied before. Unlike matvec it looks at no code and no size.
#pragma once

#include "measured.hpp"

#include <aquatint/aquatint.hpp>

#include <immintrin.h>

namespace dense_row {

using namespace aquatint;

inline constexpr Size outputs = 32;

template <unsigned Bits, unsigned InputBits, Size Inputs>
struct Layer {
    using Input = Uniform<InputBits, Asymmetric>;
    using Output = Uniform<8, Asymmetric>;
    static constexpr Output::Levels output_levels{0.3f, 100};

    Packed<Quantizer<Uniform<Bits>, PerChannel>, outputs, Inputs> weights;
    alignas(64) Byte frame[Inputs];
    alignas(64) Int32 sums[outputs];
    alignas(64) float scales[outputs];   // of the sums
    alignas(64) float bias[outputs];
    alignas(64) Byte codes[outputs];

    void fill() {
        unsigned state = 1;
        const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 16; };
        for (Byte& code : weights.codes) code = static_cast<Byte>(next());
        for (auto& levels : weights.levels) levels.scale = 0.001f + 0.0001f * static_cast<float>(next() % 64);
        for (Byte& code : frame) code = static_cast<Byte>(next() % Input::codes);
        for (float& number : bias) number = static_cast<float>(next() % 100) - 50.0f;
        for (Size output = 0; output < outputs; ++output) scales[output] = weights.levels[output].scale * 0.02f;
        sums_by_library();   // so that the dynamic linker has looked up what both call
        codes_by_library();
    }
    auto input() const { return coded<Input>(frame, {0.02f, 0}); }

    __attribute__((always_inline)) inline void sum_by_hand(__m256i (&total)[4]) const {
        for (__m256i& sum : total) sum = _mm256_setzero_si256();
        const __m256i ones = _mm256_set1_epi16(1);
        const auto broadcast = [&](Size input) {
            Int32 cell;
            __builtin_memcpy(&cell, frame + input, 4);
            return _mm256_set1_epi32(cell);
        };
        const auto* packed = reinterpret_cast<const __m256i*>(weights.codes);
        constexpr Size panel = Inputs * 16 * Bits / 8 / 32;   // vectors
        if constexpr (Bits == 8) {
            for (Size first = 0; first < Inputs; first += 32, packed += 16)
#pragma GCC unroll 8
                for (Size cell = 0; cell < 8; ++cell) {
                    const __m256i input = broadcast(first + 4 * cell);
#pragma GCC unroll 4
                    for (Size at = 0; at < 4; ++at) {
                        const __m256i pairs = _mm256_maddubs_epi16(input, packed[at / 2 * panel + 2 * cell + at % 2]);
                        total[at] = _mm256_add_epi32(total[at], _mm256_madd_epi16(pairs, ones));
                        asm("" : "+x"(total[at]));
                    }
                }
        } else {   // digits moved up to 0 ... 15; four products of two fit 16 bits
            const __m256i eights = _mm256_set1_epi8(static_cast<char>(0x88)), fifteens = _mm256_set1_epi8(15);
            __m256i inputs{};
            for (Size i = 0; i < Inputs; i += 32)
                inputs = _mm256_add_epi64(inputs, _mm256_sad_epu8(_mm256_load_si256(reinterpret_cast<const __m256i*>(frame + i)),
                                                                  _mm256_setzero_si256()));
            const __m128i halves = _mm_add_epi64(_mm256_castsi256_si128(inputs), _mm256_extracti128_si256(inputs, 1));
            const int raised = 8 * (_mm_cvtsi128_si32(halves) + _mm_extract_epi32(halves, 2));
            for (__m256i& sum : total) sum = _mm256_set1_epi32(-raised);
            for (Size first = 0; first < Inputs; first += 16, packed += 4) {
                __m256i partial[4]{};
#pragma GCC unroll 4
                for (Size cell = 0; cell < 4; ++cell) {
                    const __m256i input = broadcast(first + 4 * cell);
#pragma GCC unroll 2
                    for (Size half = 0; half < 2; ++half) {
                        const __m256i moved = _mm256_xor_si256(packed[half * panel + cell], eights);
                        const __m256i digits[] = {_mm256_and_si256(moved, fifteens),
                                                  _mm256_and_si256(_mm256_srli_epi16(moved, 4), fifteens)};
#pragma GCC unroll 2
                        for (Size at = 0; at < 2; ++at) {
                            const __m256i pairs = _mm256_maddubs_epi16(input, digits[at]);
                            __m256i& sum = partial[2 * half + at];
                            sum = cell == 0 ? pairs : _mm256_add_epi16(sum, pairs);
                            asm("" : "+x"(sum));
                        }
                    }
                }
                for (Size at = 0; at < 4; ++at) total[at] = _mm256_add_epi32(total[at], _mm256_madd_epi16(partial[at], ones));
            }
        }
    }
    unsigned long long sums_by_library() {
        if (matvec(weights, input(), sums)) return 0;
        return checksum(sums);
    }
    unsigned long long sums_by_hand() {
        __m256i total[4];
        sum_by_hand(total);
        for (Size at = 0; at < 4; ++at) _mm256_store_si256(reinterpret_cast<__m256i*>(sums) + at, total[at]);
        return checksum(sums);
    }
    unsigned long long codes_by_library() {
        if (matvec(weights, input(), coded<Output>(codes, output_levels), {.bias = bias})) return 0;
        return checksum(codes);
    }
    unsigned long long codes_by_hand() {
        __m256i total[4];
        sum_by_hand(total);
        const __m256 inverse = _mm256_set1_ps(1.0f / output_levels.scale);
        const __m256 low = _mm256_set1_ps(-100), high = _mm256_set1_ps(155);
        for (Size at = 0; at < 4; ++at) {
            const __m256 value =
                _mm256_fmadd_ps(_mm256_cvtepi32_ps(total[at]), _mm256_load_ps(scales + 8 * at), _mm256_load_ps(bias + 8 * at));
            const __m256 steps = _mm256_min_ps(_mm256_max_ps(_mm256_mul_ps(value, inverse), low), high);
            total[at] = _mm256_add_epi32(_mm256_cvtps_epi32(steps), _mm256_set1_epi32(100));
        }
        const __m256i bytes = _mm256_packus_epi16(_mm256_packs_epi32(total[0], total[1]), _mm256_packs_epi32(total[2], total[3]));
        _mm256_store_si256(reinterpret_cast<__m256i*>(codes),
                           _mm256_permutevar8x32_epi32(bytes, _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7)));
        return checksum(codes);
    }

private:
    /// Small beside the layer, since it is counted with it.
    template <class Number>
    static unsigned long long checksum(const Number (&numbers)[outputs]) {
        unsigned long long words[sizeof numbers / 8], sum = 0;
        __builtin_memcpy(words, numbers, sizeof numbers);
        for (const unsigned long long word : words) sum = sum * 3 ^ word;
        return sum;
    }
};

}  // namespace dense_row
