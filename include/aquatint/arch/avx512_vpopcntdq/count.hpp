// SPDX-License-Identifier: BSL-1.0
// Sums by counting bits with AVX-512 VPOPCNTDQ, BITALG, VBMI and GFNI: one instruction counts 32 bits of each of sixteen outputs.
#pragma once

#include <aquatint/arch/avx512_vnni/dot.hpp>
#include <aquatint/arch/avx512_vnni/real.hpp>
#include <aquatint/arch/scalar/count.hpp>

namespace aquatint {

template <>
inline constexpr Size v0::dot_tile_pixels<Avx512Vpopcntdq> = v0::dot_tile_pixels<Avx512Vnni>;
template <>
inline constexpr Size v0::real_tile_pixels<Avx512Vpopcntdq> = v0::real_tile_pixels<Avx512Vnni>;

inline namespace AQUATINT_TARGET {

namespace avx512 {

using UInt8x64  = unsigned char __attribute__((vector_size(64)));
using UInt32x16 = UInt32 __attribute__((vector_size(64)));

/// The bits in which sixteen words differ from one in memory, or that are set in both; it is broadcast on the way.
template <bool Differ>
AQUATINT_INLINE UInt32x16 meet(UInt32x16 words, const Byte* input) {
    struct Word {
        Byte of[4];
    };
    const Word& all = *reinterpret_cast<const Word*>(input);
    UInt32x16 bits;
    if constexpr (Differ) asm("vpxord %2%{1to16%}, %1, %0" : "=v"(bits) : "v"(words), "m"(all));
    else asm("vpandd %2%{1to16%}, %1, %0" : "=v"(bits) : "v"(words), "m"(all));
    return bits;
}
/// How many bits of each half are set.
AQUATINT_INLINE UInt16x32 count_bits(UInt32x16 words) {
    UInt16x32 counts;
    asm("vpopcntw %1, %0" : "=v"(counts) : "v"(words));
    return counts;
}
/// Products of neighbours, added in 32 bits: vpmaddwd.
AQUATINT_INLINE UInt32x16 multiply_pairs(UInt16x32 counts, UInt32x16 factors) {
    UInt32x16 sums;
    asm("vpmaddwd %2, %1, %0" : "=v"(sums) : "v"(counts), "v"(factors));
    return sums;
}
/// The bits of each byte in the order that a `bit_matrix` says.
AQUATINT_INLINE UInt8x64 permute_bits(UInt8x64 bytes, UInt64 matrix) {
    using UInt64x8 = UInt64 __attribute__((vector_size(64)));
    const UInt64x8 all = UInt64x8{} + matrix;
    UInt8x64 permuted;
    asm("vgf2p8affineqb $0, %2, %1, %0" : "=v"(permuted) : "v"(bytes), "v"(all));
    return permuted;
}
/// For a byte whose bit i is that of `from[i]`, or zero where there is none.
constexpr UInt64 bit_matrix(const int (&from)[8]) {
    UInt64 matrix = 0;
    for (int to = 0; to < 8; ++to)
        if (from[to] >= 0) matrix |= UInt64(1) << (8 * (7 - to) + from[to]);
    return matrix;
}
/// Which bytes have one of these bits.
AQUATINT_INLINE UInt64 test_bits(UInt8x64 bytes, unsigned bits) {
    const UInt8x64 all = UInt8x64{} + static_cast<unsigned char>(bits);
    UInt64 mask;
    asm("vptestmb %2, %1, %0" : "=k"(mask) : "v"(bytes), "v"(all));
    return mask;
}

}  // namespace avx512

template <bool Differ, Size Pixels, Size Planes>
struct Routine<CountTile<Differ, Pixels, Planes>, Avx512Vpopcntdq> {
    static constexpr Size most_words = 32767 / 16;   ///< whose counts a half can hold

    AQUATINT_NOINLINE static void run(const Byte* words, const CountSums& weights, const Byte* const* pixels,
                                      const Window& window, SumRows sums) {
        using namespace avx512;
        UInt16x32 counts[Pixels][Planes]{};
        const auto start = avx2::load<UInt32x16>(weights.start);
        const auto factors = UInt32x16{} + static_cast<UInt32>(weights.factors[0] | weights.factors[1] << 16);
        bool begun = false;
        const auto flush = [&]() AQUATINT_ALWAYS {
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                UInt32x16 sum = begun ? avx2::load<UInt32x16>(sums[Pixel]) : start;
                unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                    UInt16x32& own = counts[Pixel][Plane];
                    sum += multiply_pairs(own, factors) * avx2::load<UInt32x16>(weights.coefficients[Plane]);
                    own = UInt16x32{};
                });
                avx2::store(sums[Pixel], sum);
            });
            begun = true;
        };
        const auto add_word = [&](const auto& input_of) AQUATINT_ALWAYS {
            unrolled<Planes>([&]<Size Plane>() AQUATINT_ALWAYS {
                const auto own = avx2::load<UInt32x16>(words + Plane * WordOrder::plane_bytes);
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    counts[Pixel][Plane] += count_bits(meet<Differ>(own, input_of(Pixel)));
                });
            });
            words += Planes * WordOrder::plane_bytes;
        };
        const auto add = [&](const auto& rows, Size first, Size stop) AQUATINT_ALWAYS {
            for (; first + 2 <= least(stop, window.run); first += 2)
                add_word([&](Size pixel) AQUATINT_ALWAYS { return rows.of[pixel][first].of; });
            if (first >= stop) return;
            UInt32 last[Pixels];   // the other half is another row's; written as it is read, or the load would wait
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS { last[Pixel] = avx2::load<UInt16>(rows.of[Pixel][first].of); });
            add_word([&](Size pixel) AQUATINT_ALWAYS { return reinterpret_cast<const Byte*>(&last[pixel]); });
        };
        for_each_chunk<Pixels, Half>(pixels, window, 2, most_words, add, flush);
    }

private:
    struct Half {
        Byte of[half_bytes];
    };
};

template <unsigned Bits, unsigned InputPlanes>
struct Routine<CellsToWords<Bits, InputPlanes>, Avx512Vpopcntdq> {
    /// Two vectors of inputs at a time: bits of eight outputs in the lower nibbles, of the others in the higher, four inputs
    /// each; nibbles become halves, and bytes go where they belong.
    AQUATINT_NOINLINE static void run(const Byte* cells, Size vectors, Byte* words) {
        using namespace avx512;
        constexpr Size vector_cells = Bits * vector_bytes;
        constexpr Size step = Bits * WordOrder::plane_bytes;   // of a word
        for (; vectors >= 2; vectors -= 2, cells += 2 * vector_cells, words += InputPlanes * step)
            write<InputPlanes>(cells, words);
        if (vectors == 0) return;
        UInt8x64 last[Bits]{};   // not bytes: GCC 12 would warn of their bounds
        __builtin_memcpy(last, cells, vector_cells);
        write<1>(reinterpret_cast<const Byte*>(last), words);
    }

private:
    static constexpr int none = -1;

    /// `Words`: how many of them two vectors become where both are written.
    template <Size Words>
    AQUATINT_INLINE static void write(const Byte* cells, Byte* words) {
        using namespace avx512;
        unrolled<Bits>([&]<Size Plane>() AQUATINT_ALWAYS {
            const UInt8x64 nibbles = nibbles_of<static_cast<int>(Plane)>(cells);
            const auto low = halves_of_nibbles(nibbles & 15);
            const auto high = halves_of_nibbles(__builtin_bit_cast(UInt8x64, __builtin_bit_cast(UInt16x32, nibbles) >> 4) & 15);
            unrolled<Words>([&]<Size Word>() AQUATINT_ALWAYS {
                avx2::store(words + (Word * Bits + Plane) * WordOrder::plane_bytes, word_of<Word>(low, high));
            });
        });
    }
    template <int Plane>
    AQUATINT_INLINE static avx512::UInt8x64 nibbles_of(const Byte* cells) {
        using namespace avx512;
        if constexpr (Bits == 1) {
            return permute_bits(avx2::load<UInt8x64>(cells), bit_matrix({0, 2, 4, 6, 1, 3, 5, 7}));
        } else {   // a packed vector has two cells
            constexpr int p = Plane;
            const auto first = avx2::load<UInt8x64>(cells), second = avx2::load<UInt8x64>(cells + sizeof(UInt8x64));
            using Quarters = long long __attribute__((vector_size(64)));
            const auto a = __builtin_bit_cast(Quarters, first), b = __builtin_bit_cast(Quarters, second);
            const auto even = __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11);
            const auto odd = __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15);
            constexpr UInt64 of_even = bit_matrix({p, 4 + p, none, none, 2 + p, 6 + p, none, none}),
                             of_odd = bit_matrix({none, none, p, 4 + p, none, none, 2 + p, 6 + p});
            return permute_bits(__builtin_bit_cast(UInt8x64, even), of_even) |
                   permute_bits(__builtin_bit_cast(UInt8x64, odd), of_odd);
        }
    }
    /// Nibbles of four bytes -> bytes 0 and 2.
    AQUATINT_INLINE static avx512::UInt8x64 halves_of_nibbles(avx512::UInt8x64 nibbles) {
        using namespace avx512;
        const auto pairs = __builtin_bit_cast(UInt16x32, nibbles);
        return __builtin_bit_cast(UInt8x64, pairs | pairs >> 4);
    }
    template <Size Word>
    AQUATINT_INLINE static avx512::UInt8x64 word_of(avx512::UInt8x64 low, avx512::UInt8x64 high) {
        return [&]<Size... At>(Indices<At...>) AQUATINT_ALWAYS {
            return __builtin_shufflevector(low, high, source<Word>(static_cast<int>(At))...);
        }(IndicesBelow<64>{});
    }
    /// Byte `at` of a word of 16 outputs: the first half of an output is of one vector, the second of it or the next.
    template <Size Word>
    static constexpr int source(int at) {
        const int output = at / 4, half = at % 4 / 2, byte = at % 2;
        const int vector = InputPlanes == 2 ? static_cast<int>(Word) : half;
        return output / 8 * 64 + vector * 32 + output % 8 * 4 + byte * 2;
    }
};

template <unsigned Planes, unsigned Shift>
struct Routine<InputsToBits<Planes, Shift>, Avx512Vpopcntdq> {
    AQUATINT_NOINLINE static void run(const Byte* inputs, Size vectors, Byte* halves) {
        using namespace avx512;
        constexpr Size at_once = sizeof(UInt8x64) / vector_inputs;
        for (; vectors >= at_once; vectors -= at_once, inputs += sizeof(UInt8x64), halves += at_once * Planes * half_bytes)
            write(avx2::load<UInt8x64>(inputs), halves);
        for (; vectors != 0; --vectors, inputs += vector_inputs, halves += Planes * half_bytes) {
            UInt8x64 one{};
            __builtin_memcpy(&one, inputs, vector_inputs);
            Byte all[at_once * Planes * half_bytes];
            write(one, all);
            __builtin_memcpy(halves, all, Planes * half_bytes);
        }
    }

private:
    AQUATINT_INLINE static void write(avx512::UInt8x64 inputs, Byte* halves) {
        using namespace avx512;
        const auto ordered = [&]<Size... At>(Indices<At...>) AQUATINT_ALWAYS {
            return __builtin_shufflevector(inputs, inputs, static_cast<int>(At / 16 * 16 + At % 4 * 4 + At % 16 / 4)...);
        }(IndicesBelow<64>{});
        const UInt64 first = test_bits(ordered, 1u << Shift);
        if constexpr (Planes == 1) __builtin_memcpy(halves, &first, sizeof first);
        else {
            const UInt64 second = test_bits(ordered, 2u << Shift);
            using Masks = long long __attribute__((vector_size(16)));
            const auto a = __builtin_bit_cast(avx2::UInt16x8, Masks{static_cast<long long>(first), 0}),
                       b = __builtin_bit_cast(avx2::UInt16x8, Masks{static_cast<long long>(second), 0});
            avx2::store(halves, __builtin_shufflevector(a, b, 0, 8, 1, 9, 2, 10, 3, 11));
        }
    }
};

/// Signs of one pixel against weights as they lie, which need no tables here.
template <>
struct Routine<CountDifferences, Avx512Vpopcntdq> {
    /// A lane has sixteen bits of one of eight outputs, the even ones, and of another.
    AQUATINT_NOINLINE static void run(const Byte* cells, const Byte* signs, Size vectors, Int32* differences) {
        using namespace avx2;
        Int32x8 even{}, odd{};
        const auto count = [](Int32x8 words) AQUATINT_ALWAYS {
            Int32x8 counts;
            asm("vpopcntd %1, %0" : "=v"(counts) : "v"(words));
            return counts;
        };
        for (; vectors != 0; --vectors, cells += vector_bytes, signs += cell_inputs) {
            const Int32x8 differ = load<Int32x8>(cells) ^ broadcast_cell(signs);
            even += count(differ & 0x55555555);
            odd += count(as<Int32x8>(as<UInt32x8>(differ) & 0xaaaaaaaau));
        }
        store(differences, load<Int32x8>(differences) + even);
        store(differences + panel_outputs / 2, load<Int32x8>(differences + panel_outputs / 2) + odd);
    }
};

}}  // namespace aquatint
