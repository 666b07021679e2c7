// SPDX-License-Identifier: BSL-1.0
// Copying, filling and looking at bytes that are also constant expressions.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/base/config.hpp>
#include <aquatint/kernel/window.hpp>
#include <type_traits>

namespace aquatint { inline namespace AQUATINT_TARGET {

template <class Element>
AQUATINT_INLINE constexpr void copy(const Element* from, Size count, Element* to) {
#if !AQUATINT_PORTABLE
    if (!std::is_constant_evaluated()) {
        __builtin_memcpy(to, from, count * sizeof(Element));
        return;
    }
#endif
    for (Size i = 0; i < count; ++i) to[i] = from[i];
}

template <class Element>
AQUATINT_INLINE constexpr void fill(Element* to, Size count, Element value) {
    for (Size i = 0; i < count; ++i) to[i] = value;
}

template <class Arch, unsigned Codes>
AQUATINT_INLINE constexpr bool bytes_below(const Byte* bytes, Size count) {
    if (std::is_constant_evaluated()) return Chosen<BytesBelow<Codes>, Scalar>::run(bytes, count);
    return Chosen<BytesBelow<Codes>, Arch>::run(bytes, count);
}
/// Copies codes; what is no code becomes the largest one.
template <class Arch, unsigned Codes>
AQUATINT_INLINE constexpr void copy_below(const Byte* from, Size count, Byte* to) {
    if (std::is_constant_evaluated()) Chosen<CopyBelow<Codes>, Scalar>::run(from, count, to);
    else Chosen<CopyBelow<Codes>, Arch>::run(from, count, to);
}

/// Writes the ring of a tensor. `zero` holds one value a channel, or one for all where `by_channel` is false.
template <class Element>
constexpr void fill_halo(Element* tensor, const Extent& extent, const Element* zero, bool by_channel) {
    if (extent.halo == 0) return;
    const Size channels = extent.shape.channels, pitch = extent.pitch();
    const auto fill_pixels = [&](Element* to, Size pixels) {
        if (!by_channel) return fill(to, pixels * channels, *zero);
        for (Size pixel = 0; pixel < pixels; ++pixel) copy(zero, channels, to + pixel * channels);
    };
    const Size across = extent.shape.width + 2 * extent.halo;
    fill_pixels(tensor, extent.halo * across);
    for (Size row = 0; row < extent.shape.height; ++row) {
        Element* start = tensor + (row + extent.halo) * pitch;
        fill_pixels(start, extent.halo);
        fill_pixels(start + (extent.halo + extent.shape.width) * channels, extent.halo);
    }
    fill_pixels(tensor + (extent.shape.height + extent.halo) * pitch, extent.halo * across);
}

/// Copies all pixels of a tensor to where another one has its channels from `channel` on.
template <class Element>
constexpr void put_channels(const Element* from, const Extent& in, Element* to, const Extent& out, Size channel) {
    for (Size row = 0; row < in.shape.height; ++row)
        for (Size column = 0; column < in.shape.width; ++column)
            copy(from + in.at(row, column), in.shape.channels, to + out.at(row, column) + channel);
}

}}  // namespace aquatint
