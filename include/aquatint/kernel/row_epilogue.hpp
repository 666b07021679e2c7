// SPDX-License-Identifier: BSL-1.0
// The integer epilogue of a network's layer that has one pixel: as IntegerEpilogue, but what its type knows are constants, and
// numbers that lie in the parameters are read there.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/kernel/epilogue.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// What does not change from panel to panel.
struct RowLayer {
    const Int32* bias;
    unsigned shift;   ///< fractional bits of the bias
    Pointwise pointwise;
    Slopes slopes;
};

/// Numbers of `Panels` panels. Apart from the rest, which compilers keep as constants where no memory with a run-time index lies
/// beside it.
template <Size Panels>
struct RowScratch {   // no initial values: for a small layer they would take long
    alignas(32) float units[Panels * panel_outputs];
    alignas(32) float positive_slopes[Panels * panel_outputs];
    alignas(32) float negative_slopes[Panels * panel_outputs];
};

/// Of `Panels` full panels, or of the `count` outputs of a last one that is not full.
template <class Arch, Size Panels>
struct RowEpilogue {
    static constexpr Size all = Panels * panel_outputs;

    RowLayer layer;
    Size first, count;
    Int32 (&sums)[Panels][panel_outputs];
    RowScratch<Panels>& numbers;

    /// Adds the bias to the sums. `scale`: what one step of the input means.
    template <class Levels>
    AQUATINT_INLINE RowEpilogue(const RowLayer& given, Size first_output, Size outputs, Int32 (&of)[Panels][panel_outputs],
                                const Levels* levels, float scale, RowScratch<Panels>& scratch)
        : layer(given), first(first_output), count(outputs), sums(of), numbers(scratch) {
        const float fraction = 1.0f / static_cast<float>(1 << layer.shift);
        if (count == all)
            for (Size output = 0; output < all; ++output) numbers.units[output] = levels[first + output].scale * scale * fraction;
        else
            for (Size output = 0; output < all; ++output)
                numbers.units[output] = levels[first + least(output, count - 1)].scale * scale * fraction;
        for_each_panel([&](Size panel) AQUATINT_ALWAYS {
            alignas(32) Int32 few[panel_outputs]{};
            if (count != all) copy(layer.bias + first, count, few);
            Chosen<AddBias, Arch>::run(sums[panel], count == all ? layer.bias + first + panel * panel_outputs : few, layer.shift);
        });
        find_slopes(layer.pointwise, layer.slopes, first, count, all, numbers.positive_slopes, numbers.negative_slopes);
    }
    RowEpilogue(const RowEpilogue&) = delete;

    AQUATINT_INLINE void write(const CodesOutput& out, Byte* row) const {
        using Requantizer = Chosen<Requantize, Arch>;
        alignas(32) float scales[all], negative_scales[all];
        const Slopes slopes{numbers.positive_slopes, numbers.negative_slopes};
        const Rescale rescale = rescale_of(out, layer.pointwise, slopes, numbers.units, all, scales, negative_scales);
        if constexpr (requires { Requantizer::template run_panels<Panels>; })
            if (count == all) return Requantizer::template run_panels<Panels>(sums, rescale, row + first);
        for_each_panel([&](Size panel) AQUATINT_ALWAYS {
            Rescale of_panel = rescale;
            of_panel.scale += panel * panel_outputs;
            if (of_panel.negative_scale != nullptr) of_panel.negative_scale += panel * panel_outputs;
            alignas(16) Byte codes[panel_outputs];
            Requantizer::run(sums[panel], of_panel, codes);
            copy(codes, least(panel_outputs, count), row + first + panel * panel_outputs);
        });
    }
    AQUATINT_INLINE void write(float* row) const {
        const Pointwise& function = layer.pointwise;
        constexpr float none[panel_outputs]{};
        for_each_panel([&](Size panel) AQUATINT_ALWAYS {
            const Size at = panel * panel_outputs;
            alignas(32) float values[panel_outputs];
            Chosen<ToReal, Arch>::run(sums[panel], numbers.units + at, none, values);
            const float* const negative = function.sloped() ? numbers.negative_slopes + at : nullptr;
            const RealActivation activation{numbers.positive_slopes + at, negative, function.low, function.high};
            float* const to = row + first + at;
            if (count == all) {
                if (function.activation()) Chosen<Activate, Arch>::run(values, activation, to);
                else copy(values, panel_outputs, to);
                return;
            }
            if (function.activation()) Chosen<Activate, Arch>::run(values, activation, values);
            copy(values, count, to);
        });
    }

private:
    template <class Action>
    AQUATINT_INLINE static void for_each_panel(Action&& action) {
        for_each_index(IndicesBelow<Panels>{}, [&]<Size Panel>() AQUATINT_ALWAYS { action(Panel); });
    }
};

}}  // namespace aquatint
