// SPDX-License-Identifier: BSL-1.0
// Packed<Quantizer, outputs, inputs>: a quantized tensor that owns its memory, the same bytes on every processor.
#pragma once

#include <aquatint/pack/packed_view.hpp>

namespace aquatint { inline namespace v0 {

// A section of zero elements is an empty base.
template <auto Shape>
struct PackedCodes {
    using Number = typename decltype(Shape)::Number;
    alignas(packed_alignment) Number codes[Shape.code_bytes() / sizeof(Number)];
};
template <auto Shape>
struct PackedLevels {
    static constexpr typename decltype(Shape)::Levels* levels = nullptr;
};
template <auto Shape>
    requires(Shape.level_count() != 0)
struct PackedLevels<Shape> {
    typename decltype(Shape)::Levels levels[Shape.level_count()];
};
template <auto Shape>
struct PackedPadding {};
template <auto Shape>
    requires(Shape.bytes() != Shape.code_bytes() + Shape.level_bytes())
struct PackedPadding<Shape> {
    Byte padding[Shape.bytes() - Shape.code_bytes() - Shape.level_bytes()];   ///< zero, so that equal weights are equal bytes
};

/// Weights [Outputs][Inputs] of a matrix, or [Outputs][Inputs][KernelHeight][KernelWidth] of a convolution, as `Quantizer` says.
/// Trivially copyable, and the same bytes on every processor. Its owner says where it lives, for it may be large. Its size:
///
///     cells   = KernelHeight * ceil(KernelWidth * Inputs / 4), of four inputs
///     vectors = sum over the powers of two w that make up the bits: ceil(2 * cells * w / 8), of 32 bytes
///     codes   = ceil(Outputs / 16) * vectors * 32, rounded up to 64      Real: ceil(Outputs / 16) * 16 * 4 bytes for each input
///     sizeof  = codes + number of levels * sizeof(Levels), rounded up to 64
template <class QuantizerType, Size Outputs, Size Inputs, Size KernelHeight = 1, Size KernelWidth = KernelHeight>
struct Packed : PackedCodes<PackedShape<QuantizerType>{Outputs, Inputs, KernelHeight, KernelWidth}>,
                PackedLevels<PackedShape<QuantizerType>{Outputs, Inputs, KernelHeight, KernelWidth}>,
                PackedPadding<PackedShape<QuantizerType>{Outputs, Inputs, KernelHeight, KernelWidth}> {
    using Quantizer = QuantizerType;
    using Shape = PackedShape<Quantizer>;
    static constexpr Shape shape{Outputs, Inputs, KernelHeight, KernelWidth};
    static constexpr UInt64 payload_bits = shape.payload_bits();
    static_assert(!shape.refusal(), "aquatint: Packed has at least one output and input, and levels by group only as a matrix");

    AQUATINT_INLINE constexpr PackedView<Quantizer> view() const {
        static_assert(sizeof(Packed) == shape.bytes() && std::is_trivially_copyable_v<Packed>);
        return {this->codes, this->levels, shape};
    }
    constexpr PackedMemory<Quantizer> memory() { return {this->codes, this->levels, shape}; }

    /// The code of one weight and the number that it means, for debugging.
    constexpr unsigned code(Size output, Size input, Size ky = 0, Size kx = 0) const {
        return view().code(output, input, ky, kx);
    }
    constexpr float value(Size output, Size input, Size ky = 0, Size kx = 0) const { return view().value(output, input, ky, kx); }
};

}}  // namespace aquatint::v0
