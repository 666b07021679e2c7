// SPDX-License-Identifier: BSL-1.0
// Sums of the lookup family on a processor that counts bits: no tables, but planes of inputs beside planes of weights.
#pragma once

#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/kernel/offset_epilogue.hpp>

namespace aquatint { inline namespace v0 {

/// Planes of the inputs of a product: bits of numbers, or of which learned numbers a sum consists.
constexpr unsigned input_planes(const LookupForm& form) {
    return form.inputs == LookupForm::Inputs::learned || form.largest_input() > 1 ? 2 : 1;
}

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Whether a processor does this faster than it looks up.
template <class Arch>
inline constexpr bool counts_bits = has_own_routine<CountTile<true, 1, 1>, Arch>;

/// As PanelLookup, of one panel whose weights are words. Where weights are signs, what differs is counted, and each difference
/// takes away what it would have added; where they are bits, what both have.
template <class Arch, LookupForm Form>
struct PanelCount {
    static constexpr bool learned = Form.inputs == LookupForm::Inputs::learned;
    static constexpr unsigned planes = input_planes(Form);
    CountSums weights{};
    const Byte* words = nullptr;

    PanelCount() {
        for (Size plane = 0; plane < Form.weights.planes; ++plane)
            fill(weights.coefficients[plane], panel_outputs, Int32(learned ? 0 : Form.coefficient(plane)));
        weights.factors[0] = 1;
        weights.factors[1] = planes;
    }
    template <class Levels>
    void take_basis(const Levels* own, Size count, const LearnedPair& inputs) {
        for (Size plane = 0; plane < Form.weights.planes; ++plane)
            for (Size output = 0; output < count; ++output) weights.coefficients[plane][output] = -own[output].basis[plane];
        weights.factors[0] = inputs.lesser;
        weights.factors[1] = inputs.greater;
    }
    /// By words from the byte `first` on.
    template <Size Pixels>
    AQUATINT_INLINE void sum(const Byte* const* pixels, const Window& halves, SumRows sums, Size first = 0) const {
        Chosen<CountTile<Form.weights.signs, Pixels, Form.weights.planes>, Arch>::run(words + first, weights, pixels, halves,
                                                                                      sums);
    }
    /// Sums begin where those of a pixel that is zero become zero.
    void start_at_zero(const Byte* zero_pixel, const Window& halves) {
        Tile<Int32, 1> sums;
        fill(weights.start, panel_outputs, Int32(0));
        sum<1>(&zero_pixel, halves, sums.value);
        for (Size output = 0; output < panel_outputs; ++output)
            weights.start[output] = static_cast<Int32>(0u - static_cast<UInt32>(sums.value[0][output]));
    }
};

/// Signs in the padding are neither, but their bits are those of -1: what they added to a sum is taken away again.
struct SignPadding {
    const Geometry& geometry;
    Size height, width;   ///< of the image
    const Int16* taps;    ///< sums of a panel's signs, [tap][16]
    KernelRows counted;   ///< the others were left out

    void finish(Size row, Size column, Size pixels, SumRows sums) const {
        const Geometry& g = geometry;
        if (g.padding_height == 0 && g.padding_width == 0) return;
        const TapSpan all_columns{0, g.kernel_width};
        const TapSpan rows = taps_inside(row * g.stride, g.kernel_height, g.dilation, g.padding_height, height);
        const auto columns_of = [&](Size pixel) {
            return taps_inside((column + pixel) * g.stride, g.kernel_width, g.dilation, g.padding_width, width);
        };
        Size first = 0, last = pixels;   // of those whose columns are all inside
        for (; first < last && !(columns_of(first) == all_columns); ++first) add_outside(rows, columns_of(first), sums[first]);
        for (; first < last && !(columns_of(last - 1) == all_columns); --last)
            add_outside(rows, columns_of(last - 1), sums[last - 1]);
        if (first == last || (rows.first <= counted.first && rows.last >= counted.first + counted.count)) return;
        alignas(64) Int32 common[panel_outputs]{};
        add_outside(rows, all_columns, common);
        for (Size pixel = first; pixel < last; ++pixel)
            for (Size output = 0; output < panel_outputs; ++output) sums[pixel][output] += common[output];
    }

private:
    AQUATINT_NOINLINE void add_outside(const TapSpan& rows, const TapSpan& columns, Int32* sums) const {
        for (Size ky = counted.first; ky < counted.first + counted.count; ++ky)
            for (Size kx = 0; kx < geometry.kernel_width; ++kx) {
                if (ky >= rows.first && ky < rows.last && kx >= columns.first && kx < columns.last) continue;
                const Int16* const own = taps + (ky * geometry.kernel_width + kx) * panel_outputs;
                for (Size output = 0; output < panel_outputs; ++output) sums[output] += own[output];
            }
    }
};

}}  // namespace aquatint
