// SPDX-License-Identifier: BSL-1.0
// A named tensor in the bytes of a foreign file: element type, shape, and a copy out of it that trusts nothing.
#pragma once

#include <bit>
#include <initializer_list>
#include <limits>
#include <string_view>
#include <type_traits>

#include <aquatint/base/error.hpp>
#include <aquatint/base/little_endian.hpp>
#include <aquatint/interop/refusals.hpp>

namespace aquatint { inline namespace v0 {

/// The element types of safetensors. `f8_e4m3` and the like are bits of exponent and mantissa; `c64` is two f32.
// clang-format off
enum class Dtype : Byte {
    boolean, u8, i8, u16, i16, u32, i32, u64, i64, f16, bf16, f32, f64, c64,
    f8_e4m3, f8_e5m2, f8_e8m0, f8_e4m3fnuz, f8_e5m2fnuz, f6_e2m3, f6_e3m2, f4,
};

struct DtypeTraits {
    std::string_view name;   ///< as safetensors spells it
    Size bits;
};
inline constexpr DtypeTraits dtype_table[] = {   // in the order of Dtype
    {"BOOL", 8}, {"U8", 8}, {"I8", 8}, {"U16", 16}, {"I16", 16}, {"U32", 32}, {"I32", 32}, {"U64", 64}, {"I64", 64},
    {"F16", 16}, {"BF16", 16}, {"F32", 32}, {"F64", 64}, {"C64", 64},
    {"F8_E4M3", 8}, {"F8_E5M2", 8}, {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8},
    {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"F4", 4},
};
// clang-format on
inline constexpr Size dtype_count = sizeof(dtype_table) / sizeof(dtype_table[0]);
static_assert(dtype_count == static_cast<Size>(Dtype::f4) + 1);

constexpr const DtypeTraits& traits(Dtype dtype) { return dtype_table[static_cast<Size>(dtype)]; }

/// The numbers of C++ that have an element type of their own. `bool` has none: a byte of a file may be neither true nor false.
template <class Element>
concept TensorElement = std::is_arithmetic_v<Element> && !std::is_same_v<Element, bool> && sizeof(Element) <= 8;

template <TensorElement Element>
constexpr Dtype dtype_of() {
    if constexpr (std::is_floating_point_v<Element>) return sizeof(Element) == 4 ? Dtype::f32 : Dtype::f64;
    else {
        constexpr Dtype unsigned_types[] = {Dtype::u8, Dtype::u16, Dtype::u32, Dtype::u64};
        constexpr Dtype signed_types[] = {Dtype::i8, Dtype::i16, Dtype::i32, Dtype::i64};
        return (std::is_signed_v<Element> ? signed_types : unsigned_types)[std::countr_zero(sizeof(Element))];
    }
}

inline constexpr Size largest_size = ~Size(0);

/// False, and `product` as it was, if a * b does not fit.
constexpr bool multiply(Size a, Size b, Size& product) {
    if (b != 0 && a > largest_size / b) return false;
    product = a * b;
    return true;
}

/// How many along each axis, slowest first; rank 0 is one number.
struct Extents {
    static constexpr Size most_axes = 8;
    Size rank = 0;   ///< above most_axes only if somebody listed that many: such a shape equals none of a file
    Size extent[most_axes]{};

    constexpr Extents() = default;
    constexpr Extents(std::initializer_list<Size> sizes) {
        for (const Size size : sizes) append(size);
    }
    constexpr void append(Size size) {
        if (rank < most_axes) extent[rank] = size;
        ++rank;
    }
    constexpr bool operator==(const Extents&) const = default;

    /// The bytes of that many elements, exactly. Returns the broken rule if there is no such number. An empty tensor has none,
    /// yet the product of its other extents has to fit: whoever multiplies them never overflows.
    constexpr const char* count_bytes(Size element_bits, Size& bytes) const {
        Size elements = 1;
        bool empty = false;
        if (rank > most_axes) return refusal::rank;
        for (Size axis = 0; axis < rank; ++axis) {
            empty = empty || extent[axis] == 0;
            if (!multiply(elements, extent[axis] == 0 ? 1 : extent[axis], elements)) return refusal::shape_overflow;
        }
        Size bits = 0;
        if (!multiply(elements, element_bits, bits)) return refusal::shape_overflow;
        if (!empty && bits % 8 != 0) return refusal::partial_byte;
        bytes = empty ? 0 : bits / 8;
        return nullptr;
    }
    /// "[16,3,3,3]"
    constexpr Text<79> text() const {
        Text<79> line("[");
        for (Size axis = 0; axis < rank && axis < most_axes; ++axis) {
            if (axis != 0) line.append(',');
            line.append_number(static_cast<Int64>(extent[axis]));
        }
        return line.append(']');
    }
};

template <Size Capacity>
constexpr std::string_view words(const Text<Capacity>& text) {
    return {text.c_str(), text.length};
}

enum class NotFinite { refused, accepted };

/// The unsigned integer as wide as `Element`.
template <TensorElement Element>
using BitsOf = std::conditional_t<
    sizeof(Element) == 1, Byte,
    std::conditional_t<sizeof(Element) == 2, UInt16, std::conditional_t<sizeof(Element) == 4, UInt32, UInt64>>>;

/// The element at `from`, which needs no alignment; files are little-endian.
template <TensorElement Element>
constexpr Element read_element(const Byte* from) {
    return std::bit_cast<Element>(read_little_endian<BitsOf<Element>>(from));
}

/// Why `value` is not finite, or nullptr if it is; holds under -ffast-math as well.
template <TensorElement Element>
constexpr const char* not_finite_name(Element value) {
    if constexpr (std::is_floating_point_v<Element>) {
        constexpr auto infinity = std::bit_cast<BitsOf<Element>>(std::numeric_limits<Element>::infinity());
        const auto magnitude_bits = std::bit_cast<BitsOf<Element>>(value) & ~BitsOf<Element>(0) >> 1;
        if (magnitude_bits >= infinity) return magnitude_bits == infinity ? "infinity" : "NaN";
    }
    return nullptr;
}

/// A tensor, row-major, in memory that somebody else owns: `bytes` bytes at `data`, not aligned to anything.
struct TensorView {
    Text<255> name;
    Dtype dtype = Dtype::f32;
    Extents shape;
    const Byte* data = nullptr;
    Size bytes = 0;

    /// Copies all elements to `values`, which has room for the product of `expected`. Refused, with nothing written, if the file
    /// has another element type or shape, and, unless accepted, if a value is NaN or infinite.
    template <TensorElement Element>
    Error read(const Extents& expected, Element* values, NotFinite unusual = NotFinite::refused) const {
        if (dtype != dtype_of<Element>())
            return refused(refusal::type_differs, words(name), traits(dtype_of<Element>()).name.data(),
                           traits(dtype).name.data());
        if (shape != expected) return refused(refusal::shape_differs, words(name), expected.text().c_str(), shape.text().c_str());
        const Size count = bytes / sizeof(Element);
        if (std::is_floating_point_v<Element> && unusual == NotFinite::refused)
            for (Size i = 0; i < count; ++i)
                if (const char* found = not_finite_name(read_element<Element>(data + i * sizeof(Element)))) {
                    Error e = refused(refusal::not_finite, words(name));
                    e.found.append(found).append(" at index ").append_number(static_cast<Int64>(i));
                    return e;
                }
        for (Size i = 0; i < count; ++i) values[i] = read_element<Element>(data + i * sizeof(Element));
        return {};
    }
};

}}  // namespace aquatint::v0
