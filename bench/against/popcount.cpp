// SPDX-License-Identifier: BSL-1.0
// Rivals for signs times signs: the best that we can do by counting bits, once in vectors, once by the processor's instruction.
// Inputs come as bytes, as they come to us; making bits of them is timed.
#include "enter.hpp"
#include "layout.hpp"

#include <bit>
#include <immintrin.h>

namespace bench { namespace {

/// A lane is an output, so nothing is summed across lanes. Nibbles of both operands are split beforehand, weights once for all,
/// inputs once a call: a word is then two exclusive ors, two table lookups and two additions of bytes, no shift and no mask.
class VectorCount {
    static constexpr Size lanes = 8, vectors = 2, width = lanes * vectors, tile_rows = 4;
    static constexpr Size bytes_hold = 31;   // words, each of which adds at most 8 to a byte
    static constexpr UInt32 low = 0x0f0f0f0fu;

public:
    static bool can(const Work& work) { return is_sign_product(work, width); }

    explicit VectorCount(const std::shared_ptr<const Work>& given)
        : work(given), words(given->shape.inputs / 32), inputs(2 * given->shape.rows * words),
          sums(given->shape.rows * given->shape.outputs) {
        const std::vector<UInt32> whole = sign_panels(*given, width);
        for (Size at = 0; at < whole.size(); at += width)   // [word][half][outputs]
            for (const int shift : {0, 4})
                for (Size i = 0; i < width; ++i) weights.push_back(whole[at + i] >> shift & low);
    }

    void run() {
        const Byte* codes = work->codes.data();
        for (Size i = 0; i < inputs.size(); i += 2, codes += 32) {
            const __m256i bits = _mm256_slli_epi16(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(codes)), 7);
            const UInt32 word = static_cast<UInt32>(_mm256_movemask_epi8(bits));
            inputs[i] = word & low;
            inputs[i + 1] = word >> 4 & low;
        }
        for_each_tile<tile_rows>(work->shape, width, [&]<Size Rows>(Size first, Size row) { tile<Rows>(first, row); });
    }
    Verdict check() const { return check_sums(*work, sums.data(), Reference::signs); }

private:
    std::shared_ptr<const Work> work;
    Size words;
    std::vector<UInt32> weights, inputs;
    std::vector<Int32> sums;

    template <Size Rows>
    void tile(Size first, Size row) {
        const __m256i ones =
            _mm256_setr_epi8(0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4, 0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3, 4);
        __m256i different[Rows][vectors]{};
        for (Size begin = 0; begin < words; begin += bytes_hold) {
            __m256i bytes[Rows][vectors]{};
            const Size end = std::min(words, begin + bytes_hold);
            for (Size part = 2 * begin; part < 2 * end; ++part) {
                const auto* panel = reinterpret_cast<const __m256i*>(weights.data() + first * words * 2 + part * width);
                __m256i weight[vectors];
                for (Size v = 0; v < vectors; ++v) {
                    weight[v] = _mm256_loadu_si256(panel + v);
                    asm("" : "+x"(weight[v]));   // once, not by every exclusive or
                }
                for (Size r = 0; r < Rows; ++r) {
                    const __m256i input = _mm256_set1_epi32(static_cast<int>(inputs[(row + r) * words * 2 + part]));
                    for (Size v = 0; v < vectors; ++v) {
                        bytes[r][v] = _mm256_add_epi8(bytes[r][v], _mm256_shuffle_epi8(ones, _mm256_xor_si256(weight[v], input)));
                        asm("" : "+x"(bytes[r][v]));
                    }
                }
            }
            for (Size r = 0; r < Rows; ++r)
                for (Size v = 0; v < vectors; ++v) {
                    const __m256i pairs = _mm256_maddubs_epi16(bytes[r][v], _mm256_set1_epi8(1));
                    different[r][v] = _mm256_add_epi32(different[r][v], _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
                }
        }
        const __m256i all = _mm256_set1_epi32(static_cast<int>(work->shape.inputs));
        for (Size r = 0; r < Rows; ++r)
            for (Size v = 0; v < vectors; ++v) {
                Int32* to = sums.data() + (row + r) * work->shape.outputs + first + v * lanes;
                const __m256i sum = _mm256_sub_epi32(all, _mm256_slli_epi32(different[r][v], 1));
                _mm256_storeu_si256(reinterpret_cast<__m256i*>(to), sum);
            }
    }
};

/// Words of 64 bits, two rows by four outputs in registers.
class WordCount {
    static constexpr Size width = 4, tile_rows = 2;

public:
    static bool can(const Work& work) { return is_sign_product(work, width); }

    explicit WordCount(const std::shared_ptr<const Work>& given)
        : work(given), words(given->shape.inputs / 64), inputs(given->shape.rows * words),
          sums(given->shape.rows * given->shape.outputs) {
        const std::vector<UInt32> halves = sign_panels(*given, width);
        for (Size at = 0; at < halves.size(); at += 2 * width)
            for (Size i = 0; i < width; ++i) weights.push_back(halves[at + i] | UInt64{halves[at + width + i]} << 32);
    }

    void run() {
        const Byte* codes = work->codes.data();
        for (UInt64& word : inputs) {
            word = signs_of(codes) | UInt64{signs_of(codes + 32)} << 32;
            codes += 64;
        }
        for_each_tile<tile_rows>(work->shape, width, [&]<Size Rows>(Size first, Size row) { tile<Rows>(first, row); });
    }
    Verdict check() const { return check_sums(*work, sums.data(), Reference::signs); }

private:
    std::shared_ptr<const Work> work;
    Size words;
    std::vector<UInt64> weights, inputs;
    std::vector<Int32> sums;

    template <Size Rows>
    void tile(Size first, Size row) {
        UInt64 different[Rows][width]{};
        const UInt64* panel = weights.data() + first * words;
        for (Size word = 0; word < words; ++word, panel += width)
            for (Size r = 0; r < Rows; ++r)
                for (Size i = 0; i < width; ++i) {
                    UInt64 bits = inputs[(row + r) * words + word] ^ panel[i];
                    asm("" : "+r"(bits));   // stays a scalar: the vector form is the other rival
                    different[r][i] += static_cast<UInt64>(std::popcount(bits));
                }
        for (Size r = 0; r < Rows; ++r)
            for (Size i = 0; i < width; ++i)
                sums[(row + r) * work->shape.outputs + first + i] =
                    static_cast<Int32>(work->shape.inputs) - 2 * static_cast<Int32>(different[r][i]);
    }
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    if (VectorCount::can(*work)) enter(contestants, "popcount", Role::rival, std::make_shared<VectorCount>(work));
    if (WordCount::can(*work)) enter(contestants, "popcnt", Role::rival, std::make_shared<WordCount>(work));
}

const bool joined = enlist({"popcount", join});

}}   // namespace bench
