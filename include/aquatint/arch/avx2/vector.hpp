// SPDX-License-Identifier: BSL-1.0
// The vector vocabulary of AVX2: 32-byte types, and a name for each instruction that the language has no operator for.
#pragma once

#include <aquatint/arch/vector/walk.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// `+ - & ^ <<` work on all of these, lane by lane. Builtins take vectors of plain `char`, which is signed on this processor.
namespace avx2 {

using Int8x16  = char   __attribute__((vector_size(16)));
using Int8x32  = char   __attribute__((vector_size(32)));
using UInt8x16 = unsigned char __attribute__((vector_size(16)));
using UInt8x32 = unsigned char __attribute__((vector_size(32)));
using UInt16x8 = UInt16 __attribute__((vector_size(16)));
using Int16x8  = Int16  __attribute__((vector_size(16)));
using Int16x16 = Int16  __attribute__((vector_size(32)));
using UInt16x16 = UInt16 __attribute__((vector_size(32)));
using Int32x4  = Int32  __attribute__((vector_size(16)));
using Int32x8  = Int32  __attribute__((vector_size(32)));
using UInt32x8 = UInt32 __attribute__((vector_size(32)));
using Int64x2  = long long __attribute__((vector_size(16)));
using Int64x4  = long long __attribute__((vector_size(32)));
using Float32x8 = float __attribute__((vector_size(32)));

/// The same bits seen as other lanes.
template <class To, class From>
AQUATINT_INLINE To as(From vector) {
    static_assert(sizeof(To) == sizeof(From));
    return reinterpret_cast<To>(vector);
}

/// From any address: alignment costs nothing unless a cache line is crossed.
template <class Vector>
AQUATINT_INLINE Vector load(const void* from) {
    Vector vector;
    __builtin_memcpy(&vector, from, sizeof vector);
    return vector;
}
template <class Vector>
AQUATINT_INLINE void store(void* to, Vector vector) {
    __builtin_memcpy(to, &vector, sizeof vector);
}
/// Eight bytes, and zeros.
AQUATINT_INLINE Int8x16 load_eight(const void* from) {
    long long bytes;
    __builtin_memcpy(&bytes, from, sizeof bytes);
    return as<Int8x16>(Int64x2{bytes, 0});
}

AQUATINT_INLINE Int8x32 broadcast8(int lane) { return Int8x32{} + static_cast<char>(lane); }
AQUATINT_INLINE Int16x16 broadcast16(int lane) { return Int16x16{} + static_cast<Int16>(lane); }
AQUATINT_INLINE Int32x8 broadcast32(Int32 lane) { return Int32x8{} + lane; }
AQUATINT_INLINE Float32x8 broadcast_real(float lane) { return Float32x8{lane, lane, lane, lane, lane, lane, lane, lane}; }

/// Four bytes into every 32-bit lane: vpbroadcastd from memory, which needs no arithmetic port.
AQUATINT_INLINE Int32x8 broadcast_cell(const void* from) {
    Int32 cell;
    __builtin_memcpy(&cell, from, sizeof cell);
    return broadcast32(cell);
}
/// Sixteen bytes into both halves: vbroadcasti128 from memory, which needs no arithmetic port.
AQUATINT_INLINE Int8x32 broadcast_half(const void* from) {
    const auto half = load<Int64x2>(from);
#if defined(__clang__)
    return as<Int8x32>(__builtin_shufflevector(half, half, 0, 1, 0, 1));
#else
    return as<Int8x32>(__builtin_ia32_vbroadcastsi256(half));   // the shuffle becomes a vpermq here
#endif
}

/// Sixteen bytes from here, and sixteen from there.
AQUATINT_INLINE Int8x32 join_halves(const void* low, const void* high) {
    const auto one = load<Int64x2>(low), other = load<Int64x2>(high);
    return as<Int8x32>(__builtin_shufflevector(one, other, 0, 1, 2, 3));
}

/// Keeps a value in a register at this point. Without it GCC 12 hoists every broadcast of a tile to the front and spills the
/// accumulators, or folds one weight vector into each multiplication as a load: up to 1.9 times slower.
template <class Vector>
AQUATINT_INLINE Vector pinned(Vector vector) {
    asm("" : "+x"(vector));
    return vector;
}

/// The same object, which the compiler must not keep in registers that loops need.
template <class Object>
AQUATINT_INLINE Object* kept_in_memory(Object* object) {
    asm("" : "+r"(object) : : "memory");
    return object;
}

/// The same index, but what is loaded from there is loaded again: GCC 12 would keep it and spill an accumulator instead.
AQUATINT_INLINE Size reloaded(Size index) {
#if !defined(__clang__)
    asm volatile("" : "+r"(index));
#endif
    return index;
}

/// Unsigned bytes times signed bytes, neighbours added with saturation: vpmaddubsw. Exact while 2 * input * digit <= 32767.
AQUATINT_INLINE Int16x16 multiply_pairs(Int32x8 inputs, Int8x32 digits) {
    return __builtin_ia32_pmaddubsw256(as<Int8x32>(inputs), digits);
}
/// 16-bit products, neighbours added in 32 bits: vpmaddwd.
AQUATINT_INLINE Int32x8 multiply_pairs(Int16x16 a, Int16x16 b) { return __builtin_ia32_pmaddwd256(a, b); }
/// 16-bit neighbours added in 32 bits; it also joins the two halves of a cell.
AQUATINT_INLINE Int32x8 widen_pairs(Int16x16 a) { return multiply_pairs(a, broadcast16(1)); }

/// table[index % 16] within each half of 16 bytes: vpshufb. Indices are 0 ... 127.
AQUATINT_INLINE Int8x32 look_up(Int8x32 table, Int8x32 indices) { return __builtin_ia32_pshufb256(table, indices); }
/// Modulo 256.
AQUATINT_INLINE Int8x32 subtract(Int8x32 a, Int8x32 b) { return as<Int8x32>(as<UInt8x32>(a) - as<UInt8x32>(b)); }

/// Bytes 0 ... 7 of each half of `a`, each followed by that of `b`; and bytes 8 ... 15.
AQUATINT_INLINE Int8x32 interleave_low(Int8x32 a, Int8x32 b) {
    return __builtin_shufflevector(a, b, 0, 32, 1, 33, 2, 34, 3, 35, 4, 36, 5, 37, 6, 38, 7, 39,
                                   16, 48, 17, 49, 18, 50, 19, 51, 20, 52, 21, 53, 22, 54, 23, 55);
}
AQUATINT_INLINE Int8x32 interleave_high(Int8x32 a, Int8x32 b) {
    return __builtin_shufflevector(a, b, 8, 40, 9, 41, 10, 42, 11, 43, 12, 44, 13, 45, 14, 46, 15, 47,
                                   24, 56, 25, 57, 26, 58, 27, 59, 28, 60, 29, 61, 30, 62, 31, 63);
}
/// The same of sixteen bytes.
AQUATINT_INLINE Int8x16 interleave_low(Int8x16 a, Int8x16 b) {
    return __builtin_shufflevector(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
}
AQUATINT_INLINE Int8x16 interleave_high(Int8x16 a, Int8x16 b) {
    return __builtin_shufflevector(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
}
/// Sixteen unsigned bytes to 16-bit lanes: vpmovzxbw.
AQUATINT_INLINE Int16x16 widen_bytes(Int8x16 bytes) {
#if defined(__clang__)
    using Bytes = unsigned char __attribute__((vector_size(16)));
    return __builtin_convertvector(as<Bytes>(bytes), Int16x16);
#else
    return __builtin_ia32_pmovzxbw256(bytes);   // GCC 12 converts lane by lane
#endif
}
/// Eight signed lanes to 32 bits: vpmovsxwd.
AQUATINT_INLINE Int32x8 widen_words(Int16x8 words) {
#if defined(__clang__)
    return __builtin_convertvector(words, Int32x8);
#else
    return __builtin_ia32_pmovsxwd256(words);
#endif
}
/// The lower or the higher sixteen bytes.
template <class Half, Size Number, class Vector>
AQUATINT_INLINE Half half(Vector vector) {
    const auto both = as<Int64x4>(vector);
#if !defined(__clang__)
    if constexpr (Number == 1) return as<Half>(__builtin_ia32_extract128i256(both, 1));   // the shuffle becomes a vpermq here
#endif
    return as<Half>(__builtin_shufflevector(both, both, 2 * Number, 2 * Number + 1));
}
template <Size Number>
AQUATINT_INLINE Int32x8 widen_half(Int16x16 a) {
    return widen_words(half<Int16x8, Number>(a));
}
/// Both halves added in 16 bits, then eight lanes of 32.
AQUATINT_INLINE Int32x8 add_halves(Int16x16 a) { return widen_words(half<Int16x8, 0>(a) + half<Int16x8, 1>(a)); }

/// Sums of eight unsigned bytes each: vpsadbw.
AQUATINT_INLINE Int64x4 sum_bytes(Int8x32 bytes) { return as<Int64x4>(__builtin_ia32_psadbw256(bytes, Int8x32{})); }
AQUATINT_INLINE Int64x2 sum_bytes(Int8x16 bytes) { return reinterpret_cast<Int64x2>(__builtin_ia32_psadbw128(bytes, Int8x16{})); }

/// How far bytes are above a limit: vpsubusb.
AQUATINT_INLINE UInt8x32 excess(UInt8x32 bytes, unsigned limit) {
    return as<UInt8x32>(__builtin_ia32_psubusb256(as<Int8x32>(bytes), broadcast8(static_cast<int>(limit))));
}
/// Whether any byte has one of these bits: vptest.
AQUATINT_INLINE bool any_bit(UInt8x32 bytes, unsigned bits) {
    return __builtin_ia32_ptestz256(as<Int64x4>(bytes), as<Int64x4>(broadcast8(static_cast<int>(bits)))) == 0;
}

AQUATINT_INLINE Float32x8 to_real(Int32x8 lanes) { return __builtin_convertvector(lanes, Float32x8); }
/// Ties to even; lanes beyond 32 bits are not used.
AQUATINT_INLINE Int32x8 round_even(Float32x8 lanes) { return __builtin_ia32_cvtps2dq256(lanes); }
/// a * b + c with one rounding.
AQUATINT_INLINE Float32x8 fused(Float32x8 a, Float32x8 b, Float32x8 c) { return __builtin_ia32_vfmaddps256(a, b, c); }
/// As `clamp` of base/round.hpp: the second operand is the answer where one is NaN.
AQUATINT_INLINE Float32x8 clamp(Float32x8 lanes, Float32x8 low, Float32x8 high) {
    return __builtin_ia32_minps256(__builtin_ia32_maxps256(lanes, low), high);
}
/// `negative` where the sign bit of `sign` is set.
AQUATINT_INLINE Float32x8 select_by_sign(Float32x8 sign, Float32x8 negative, Float32x8 positive) {
    return __builtin_ia32_blendvps256(positive, negative, sign);
}

AQUATINT_INLINE Int8x32 select_by_sign(Int8x32 sign, Int8x32 negative, Int8x32 positive) {
    return __builtin_ia32_pblendvb256(positive, negative, sign);
}

/// Sixteen numbers in 0 ... 255 to bytes. The packs work on each half for itself.
AQUATINT_INLINE Int8x16 to_bytes(Int32x8 low, Int32x8 high) {
    const Int16x16 words = __builtin_ia32_packssdw256(low, high);
    const auto bytes = __builtin_ia32_packuswb256(words, words);
    const auto first = half<Int32x4, 0>(bytes), second = half<Int32x4, 1>(bytes);
    return as<Int8x16>(__builtin_shufflevector(first, second, 0, 4, 1, 5));
}
/// The same of two times sixteen.
AQUATINT_INLINE Int8x32 to_bytes(Int32x8 low, Int32x8 high, Int32x8 next_low, Int32x8 next_high) {
    const Int16x16 first = __builtin_ia32_packssdw256(low, high), second = __builtin_ia32_packssdw256(next_low, next_high);
    const auto packed = as<Int32x8>(__builtin_ia32_packuswb256(first, second));
    return as<Int8x32>(__builtin_shufflevector(packed, packed, 0, 4, 1, 5, 2, 6, 3, 7));
}
/// Eight unsigned bytes to 32-bit lanes: vpmovzxbd.
AQUATINT_INLINE Int32x8 widen_bytes(const Byte* from) {
#if defined(__clang__)
    using Bytes = unsigned char __attribute__((vector_size(8)));
    return __builtin_convertvector(load<Bytes>(from), Int32x8);
#else
    return __builtin_ia32_pmovzxbd256(load_eight(from));   // GCC 12 converts lane by lane
#endif
}

}  // namespace avx2

}}  // namespace aquatint
