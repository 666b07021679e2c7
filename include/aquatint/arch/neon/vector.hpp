// SPDX-License-Identifier: BSL-1.0
// The vector vocabulary of NEON: 16-byte types, and a name for each instruction that the language has no operator for.
#pragma once

#include <aquatint/arch/vector/walk.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// `+ - * & ^ << >>` and comparisons work on all of these, lane by lane. Instructions are written as such: the builtins of
/// compilers have different names, and <arm_neon.h>, which hides them, takes GCC longer to read than all of aquatint.hpp.
namespace neon {

using UInt8x16  = unsigned char __attribute__((vector_size(16)));
using Int16x8   = Int16  __attribute__((vector_size(16)));
using UInt16x8  = UInt16 __attribute__((vector_size(16)));
using Int32x4   = Int32  __attribute__((vector_size(16)));
using UInt32x4  = UInt32 __attribute__((vector_size(16)));
using Float32x4 = float  __attribute__((vector_size(16)));

inline constexpr Size half_vector = 16;   ///< bytes: two registers hold a vector of the packed orders
inline constexpr Size quarters = 4;       ///< of a panel: a register holds four sums

/// The same bits seen as other lanes.
template <class To, class From>
AQUATINT_INLINE To as(From vector) {
    static_assert(sizeof(To) == sizeof(From));
    return reinterpret_cast<To>(vector);
}

/// From any address.
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

/// Nothing is loaded from there before `sum` is known. Without it GCC 12 loads the weights of several inputs at once and spills.
template <class Element, class Vector>
AQUATINT_INLINE const Element* pinned_behind(Vector sum, const Element* pointer) {
    asm("" : "+r"(pointer) : "w"(sum));
    return pointer;
}

AQUATINT_INLINE UInt8x16 broadcast8(unsigned lane) { return UInt8x16{} + static_cast<Byte>(lane); }
AQUATINT_INLINE Int32x4 broadcast32(Int32 lane) { return Int32x4{} + lane; }
AQUATINT_INLINE Float32x4 broadcast_real(float lane) { return Float32x4{lane, lane, lane, lane}; }

/// Four bytes into every 32-bit lane: ld1r.
AQUATINT_INLINE UInt8x16 broadcast_cell(const void* from) {
    UInt32 cell;
    __builtin_memcpy(&cell, from, sizeof cell);
    return as<UInt8x16>(UInt32x4{} + cell);
}
/// Four bytes into the lowest lane, zero into the others.
AQUATINT_INLINE UInt8x16 load_cell(const void* from) {
    UInt32 cell;
    __builtin_memcpy(&cell, from, sizeof cell);
    return as<UInt8x16>(UInt32x4{cell});
}

/// sum += a * b of unsigned bytes in 16 bits, modulo 2^16; the lower and the higher eight lanes.
AQUATINT_INLINE UInt16x8 add_products_low(UInt16x8 sum, UInt8x16 a, UInt8x16 b) {
    asm("umlal %0.8h, %1.8b, %2.8b" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}
AQUATINT_INLINE UInt16x8 add_products_high(UInt16x8 sum, UInt8x16 a, UInt8x16 b) {
    asm("umlal2 %0.8h, %1.16b, %2.16b" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}
AQUATINT_INLINE UInt16x8 multiply_low(UInt8x16 a, UInt8x16 b) {
    UInt16x8 product;
    asm("umull %0.8h, %1.8b, %2.8b" : "=w"(product) : "w"(a), "w"(b));
    return product;
}
AQUATINT_INLINE UInt16x8 multiply_high(UInt8x16 a, UInt8x16 b) {
    UInt16x8 product;
    asm("umull2 %0.8h, %1.16b, %2.16b" : "=w"(product) : "w"(a), "w"(b));
    return product;
}
/// sum += a * b of signed 16-bit lanes in 32 bits; the lower and the higher four lanes.
AQUATINT_INLINE Int32x4 add_products_low(Int32x4 sum, Int16x8 a, Int16x8 b) {
    asm("smlal %0.4s, %1.4h, %2.4h" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}
AQUATINT_INLINE Int32x4 add_products_high(Int32x4 sum, Int16x8 a, Int16x8 b) {
    asm("smlal2 %0.4s, %1.8h, %2.8h" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}

/// sum += the lower eight bytes.
AQUATINT_INLINE UInt16x8 add_bytes_low(UInt16x8 sum, UInt8x16 bytes) {
    asm("uaddw %0.8h, %0.8h, %1.8b" : "+w"(sum) : "w"(bytes));
    return sum;
}
/// a + b of bytes in 16 bits; the lower and the higher eight.
AQUATINT_INLINE UInt16x8 add_bytes_low(UInt8x16 a, UInt8x16 b) {
    UInt16x8 sum;
    asm("uaddl %0.8h, %1.8b, %2.8b" : "=w"(sum) : "w"(a), "w"(b));
    return sum;
}
AQUATINT_INLINE UInt16x8 add_bytes_high(UInt8x16 a, UInt8x16 b) {
    UInt16x8 sum;
    asm("uaddl2 %0.8h, %1.16b, %2.16b" : "=w"(sum) : "w"(a), "w"(b));
    return sum;
}
/// sum -= unsigned 16-bit lanes; the lower and the higher four.
AQUATINT_INLINE Int32x4 subtract_low(Int32x4 sum, UInt16x8 lanes) {
    asm("usubw %0.4s, %0.4s, %1.4h" : "+w"(sum) : "w"(lanes));
    return sum;
}
AQUATINT_INLINE Int32x4 subtract_high(Int32x4 sum, UInt16x8 lanes) {
    asm("usubw2 %0.4s, %0.4s, %1.8h" : "+w"(sum) : "w"(lanes));
    return sum;
}
/// sum += neighbours, added in twice their width.
AQUATINT_INLINE UInt16x8 add_pairs(UInt16x8 sum, UInt8x16 pairs) {
    asm("uadalp %0.8h, %1.16b" : "+w"(sum) : "w"(pairs));
    return sum;
}
AQUATINT_INLINE UInt32x4 add_pairs(UInt32x4 sum, UInt16x8 pairs) {
    asm("uadalp %0.4s, %1.8h" : "+w"(sum) : "w"(pairs));
    return sum;
}
AQUATINT_INLINE Int32x4 widen_pairs(Int16x8 pairs) {
    Int32x4 sums;
    asm("saddlp %0.4s, %1.8h" : "=w"(sums) : "w"(pairs));
    return sums;
}
/// Neighbours of `a`, then neighbours of `b`.
AQUATINT_INLINE Int32x4 join_pairs(Int32x4 a, Int32x4 b) {
    Int32x4 sums;
    asm("addp %0.4s, %1.4s, %2.4s" : "=w"(sums) : "w"(a), "w"(b));
    return sums;
}
AQUATINT_INLINE UInt8x16 join_pairs(UInt8x16 a, UInt8x16 b) {
    UInt8x16 sums;
    asm("addp %0.16b, %1.16b, %2.16b" : "=w"(sums) : "w"(a), "w"(b));
    return sums;
}
/// The sum of all four lanes, in each.
AQUATINT_INLINE Int32x4 sum_of_lanes(Int32x4 lanes) {
    const Int32x4 halves = join_pairs(lanes, lanes);
    return join_pairs(halves, halves);
}

/// The largest of sixteen bytes.
AQUATINT_INLINE unsigned largest_lane(UInt8x16 bytes) {
    UInt8x16 largest;
    asm("umaxv %b0, %1.16b" : "=w"(largest) : "w"(bytes));
    return largest[0];
}

/// table[index]; zero where an index is past 15.
AQUATINT_INLINE UInt8x16 look_up(UInt8x16 table, UInt8x16 indices) {
    UInt8x16 found;
    asm("tbl %0.16b, {%1.16b}, %2.16b" : "=w"(found) : "w"(table), "w"(indices));
    return found;
}
/// The same, but `found` stays where an index is past 15.
AQUATINT_INLINE UInt8x16 look_up_over(UInt8x16 found, UInt8x16 table, UInt8x16 indices) {
    asm("tbx %0.16b, {%1.16b}, %2.16b" : "+w"(found) : "w"(table), "w"(indices));
    return found;
}
/// How many bits of each byte are set.
AQUATINT_INLINE UInt8x16 count_bits(UInt8x16 bytes) {
    UInt8x16 counts;
    asm("cnt %0.16b, %1.16b" : "=w"(counts) : "w"(bytes));
    return counts;
}
AQUATINT_INLINE Float32x4 to_real(Int32x4 lanes) { return __builtin_convertvector(lanes, Float32x4); }
/// Ties to even, saturated.
AQUATINT_INLINE Int32x4 round_even(Float32x4 lanes) {
    Int32x4 integers;
    asm("fcvtns %0.4s, %1.4s" : "=w"(integers) : "w"(lanes));
    return integers;
}
/// a * b + sum with one rounding.
AQUATINT_INLINE Float32x4 fused(Float32x4 a, Float32x4 b, Float32x4 sum) {
    asm("fmla %0.4s, %1.4s, %2.4s" : "+w"(sum) : "w"(a), "w"(b));
    return sum;
}
/// The same with one lane of b.
template <Size Lane>
AQUATINT_INLINE Float32x4 fused_lane(Float32x4 a, Float32x4 b, Float32x4 sum) {
    asm("fmla %0.4s, %1.4s, %2.s[%c3]" : "+w"(sum) : "w"(a), "w"(b), "i"(Lane));
    return sum;
}
/// As `clamp` of base/round.hpp: the second operand is the answer where one is NaN.
AQUATINT_INLINE Float32x4 clamp(Float32x4 lanes, Float32x4 low, Float32x4 high) {
    const Float32x4 raised = lanes > low ? lanes : low;
    return raised < high ? raised : high;
}

/// The lowest byte of sixteen numbers.
AQUATINT_INLINE UInt8x16 low_bytes(const Int32x4 (&numbers)[quarters]) {
    const auto words = [](Int32x4 a, Int32x4 b) AQUATINT_ALWAYS {
        return as<UInt8x16>(__builtin_shufflevector(as<UInt16x8>(a), as<UInt16x8>(b), 0, 2, 4, 6, 8, 10, 12, 14));
    };
    return __builtin_shufflevector(words(numbers[0], numbers[1]), words(numbers[2], numbers[3]),
                                   0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
}
/// Four unsigned bytes to 32-bit lanes.
AQUATINT_INLINE Int32x4 widen_bytes(const Byte* from) {
    using Bytes = unsigned char __attribute__((vector_size(4)));
    return __builtin_convertvector(load<Bytes>(from), Int32x4);
}

}  // namespace neon

}}  // namespace aquatint
