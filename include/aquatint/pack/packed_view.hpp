// SPDX-License-Identifier: BSL-1.0
// PackedView and PackedMemory: packed weights in memory that somebody else owns, to read and to write.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/pack/packed_shape.hpp>
#include <aquatint/policy/quantizer.hpp>
#include <aquatint/policy/scale.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr char bytes_rule[] = "packed weights have as many bytes as their shape says";
inline constexpr char levels_rule[] = "granularity and shape say how many levels there are";

template <Policy Reader>
constexpr Error levels_unusable(VectorView<const typename Reader::Levels> levels) {
    for (Size i = 0; i < levels.size; ++i)
        if (!valid_levels<Reader>(levels[i])) {
            Error e = error("levels keep what their policy promises", "levels");
            e.expected.append("usable levels of ").append(Reader::name);
            e.found.append("others at index ").append_number(static_cast<Int64>(i));
            return e;
        }
    return {};
}
template <Policy Reader>
constexpr Error code_unknown(const char* tensor, unsigned code) {
    return error("a code has no level", tensor, static_cast<Int64>(Reader::codes) - 1, static_cast<Int64>(code));
}

/// Codes and levels of a quantized tensor. Copying copies two pointers.
template <class QuantizerType, bool Writable>
struct PackedSpan {
    using Quantizer = QuantizerType;
    using Shape = PackedShape<Quantizer>;
    using Reader = typename Shape::Reader;
    using Levels = typename Shape::Levels;
    using Number = std::conditional_t<Writable, typename Shape::Number, const typename Shape::Number>;
    using LevelsElement = std::conditional_t<Writable, Levels, const Levels>;
    using Memory = std::conditional_t<Writable, void, const void>;

    Number* codes = nullptr;
    LevelsElement* levels = nullptr;
    Shape shape;

    /// The bytes of a `Packed` of this shape, wherever they lie: flash, a memory map, an engine's own buffer.
    static Result<PackedSpan> over(Memory* memory, Size bytes, const Shape& shape) {
        if (const Error e = shape.refusal()) return e;
        if (const Error e = misaligned(memory)) return e;
        if (const Error e = counts_differ(bytes_rule, "weights", shape.bytes(), bytes)) return e;
        auto* const start = static_cast<std::conditional_t<Writable, Byte, const Byte>*>(memory);
        auto* const after = reinterpret_cast<LevelsElement*>(start + shape.code_bytes());
        if constexpr (Writable)   // nobody else knows where it ends
            for (Size at = shape.code_bytes() + shape.level_bytes(); at < bytes; ++at) start[at] = 0;
        return PackedSpan{reinterpret_cast<Number*>(start), after, shape}.usable();
    }
    /// Codes and levels that lie apart.
    static constexpr Result<PackedSpan> over(VectorView<Number> codes, VectorView<LevelsElement> levels, const Shape& shape) {
        if (const Error e = shape.refusal()) return e;
        if (!std::is_constant_evaluated())
            if (const Error e = misaligned(codes.data)) return e;
        if (const Error e = counts_differ(bytes_rule, "weights", shape.code_bytes(), codes.size * sizeof(Number))) return e;
        if (const Error e = counts_differ(levels_rule, "levels", shape.level_count(), levels.size)) return e;
        return PackedSpan{codes.data, levels.data, shape}.usable();
    }

    /// The code of one weight, for debugging.
    constexpr unsigned code(Size output, Size input, Size ky = 0, Size kx = 0) const {
        return stored(output, shape.column(input, ky, kx));
    }
    /// The number that it means; 0 for a code that the policy does not have.
    constexpr float value(Size output, Size input, Size ky = 0, Size kx = 0) const {
        const unsigned found = code(output, input, ky, kx);
        return found < Reader::codes ? Reader::decode(found, levels_at(output, shape.column(input, ky, kx))) : 0.0f;
    }
    constexpr Levels levels_at(Size output, Size column) const {
        if constexpr (std::is_empty_v<Levels>) return {};
        else return levels[shape.level_of(output, column)];
    }

    /// `column` is one of a row [inputs][kernel_height][kernel_width].
    constexpr unsigned stored(Size output, Size column) const {
        [[maybe_unused]] const auto [segment, input] = shape.place(column);
        if constexpr (Shape::real) return Reader::encode(codes[shape.real_place(output, column)], {});
        else return shape.order().load(codes, output, segment, input);
    }
    constexpr void store(Size output, Size column, unsigned code) const
        requires Writable
    {
        [[maybe_unused]] const auto [segment, input] = shape.place(column);
        if constexpr (Shape::real) codes[shape.real_place(output, column)] = Reader::decode(code, {});
        else shape.order().store(codes, output, segment, input, code);
    }

    /// Some outputs, from the first of a panel of sixteen on.
    constexpr PackedSpan part(Size first, Size count) const {
        Shape own = shape;
        own.outputs = count;
        auto* const start = codes + first / panel_outputs * shape.panel_numbers();
        return {start, levels + (shape.level_count() == 0 ? 0 : shape.level_of(first, 0)), own};
    }
    constexpr PackedSpan<Quantizer, false> view() const { return {codes, levels, shape}; }
    constexpr PackedSpan memory() const
        requires Writable
    {
        return *this;
    }

private:
    static Error misaligned(const void* memory) {
        const Size beyond = static_cast<Size>(reinterpret_cast<std::uintptr_t>(memory) % packed_alignment);
        if (memory != nullptr && beyond == 0) return {};
        Error e = error("packed weights start at a multiple of 64 bytes", "weights");
        e.expected.append("an aligned address");
        if (memory == nullptr) e.found.append("no memory");
        else e.found.append_number(static_cast<Int64>(beyond)).append(" bytes more");
        return e;
    }
    /// Levels that are only going to be written may hold anything.
    constexpr Result<PackedSpan> usable() const {
        if constexpr (!Writable)
            if (const Error e = levels_unusable<Reader>({levels, shape.level_count()})) return e;
        return *this;
    }
};

template <class Quantizer>
using PackedView = PackedSpan<Quantizer, false>;
template <class Quantizer>
using PackedMemory = PackedSpan<Quantizer, true>;

/// Whatever can be read as packed weights: `Packed`, `PackedView`, `PackedMemory`.
template <class Candidate>
concept PackedSource = requires(const Candidate& weights) {
    weights.view().codes;
    weights.view().shape.outputs;
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Reads all of it: every code is one of the policy's, and whatever is padding is zero, so that equal weights are equal bytes.
template <PackedSource Weights>
constexpr Error inspect(const Weights& weights) {
    const auto view = weights.view();
    using Reader = typename decltype(view)::Reader;
    if constexpr (decltype(view)::Shape::real) {
        for (Size at = 0; at < view.shape.order().floats(); ++at)
            if (at / panel_outputs / view.shape.columns() * panel_outputs + at % panel_outputs >= view.shape.outputs)
                if (std::bit_cast<UInt32>(view.codes[at]) != 0) return error("padding of packed weights is zero", "weights");
    } else {
        UInt64 set_in_codes = 0, set_in_bytes = 0;
        for (Size output = 0; output < view.shape.outputs; ++output)
            for (Size column = 0; column < view.shape.columns(); ++column) {
                const unsigned code = view.stored(output, column);
                if (code >= Reader::codes) return code_unknown<Reader>("weights", code);
                set_in_codes += static_cast<UInt64>(std::popcount(code));
            }
        for (Size at = 0; at < view.shape.code_bytes(); ++at)
            set_in_bytes += static_cast<UInt64>(std::popcount(static_cast<unsigned>(view.codes[at])));
        if (set_in_codes != set_in_bytes) return error("padding of packed weights is zero", "weights");
    }
    return {};
}

}}  // namespace aquatint
