// SPDX-License-Identifier: BSL-1.0
// Signs times one vector of signs: weights are compared with it as they lie.
#pragma once

#include <aquatint/kernel/finish.hpp>
#include <aquatint/kernel/lookup_product.hpp>
#include <aquatint/pack/packed_view.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The signs of up to sixteen inputs as CountDifferences wants them; 0 where no input is.
constexpr void spread_signs(const Byte* codes, Size count, Byte* signs) {
    for (Size k = 0; k < cell_inputs; ++k) signs[k] = 0;
    for (Size i = 0; i < count; ++i)
        signs[i % cell_inputs] = static_cast<Byte>(signs[i % cell_inputs] | 3 * codes[i] << 2 * (i / cell_inputs));
}

/// Sums of one panel after the other, over all inputs of one pixel.
template <class Arch, class Quantizer, class Inputs>
struct SignVector {
    static constexpr Size most_inputs = 16384;   ///< whose signs are at hand: 4 KB on the stack

    PackedView<Quantizer> weights;
    const Byte* codes;
    float input_scale;
    Size all;
    Size first = 0, count = 0;   ///< of the sixteen outputs at hand
    float units[panel_outputs]{};
    alignas(32) Int32 sums[panel_outputs]{};
    alignas(64) Byte signs[most_inputs / cell_inputs];

    constexpr SignVector(const PackedView<Quantizer>& view, const Inputs& inputs)
        : weights(view), codes(inputs.grid.data), input_scale(inputs.levels.scale), all(view.shape.columns()) {}
    SignVector(const SignVector&) = delete;

    constexpr void multiply(Size panel) {
        first = panel * panel_outputs;
        count = least(panel_outputs, weights.shape.outputs - first);
        for (Size output = 0; output < count; ++output) units[output] = weights.levels_at(first + output, 0).scale * input_scale;
        const Byte* cells = weights.codes + panel * weights.shape.order().panel_bytes();
        const Size whole = all / vector_inputs * vector_inputs;
        for (Int32& sum : sums) sum = 0;
        for (Size from = 0; from < whole; from += most_inputs) {
            const Size inputs = least(most_inputs, whole - from);
            if (panel == 0 || whole > most_inputs)
                for (Size i = 0; i < inputs; i += vector_inputs)
                    spread_signs(codes + from + i, vector_inputs, signs + i / cell_inputs);
            Chosen<CountDifferences, Arch>::run(cells + from / vector_inputs * vector_bytes, signs, inputs / vector_inputs, sums);
        }
        if (whole != all) count_last(cells + whole / vector_inputs * vector_bytes, codes + whole, all - whole);
        for (Int32& sum : sums) sum = static_cast<Int32>(all) - 2 * sum;
    }
    constexpr float unit(Size output) const { return units[output]; }

private:
    /// The weights of absent inputs may be anything.
    constexpr void count_last(const Byte* cells, const Byte* last, Size inputs) {
        constexpr Byte ones[vector_inputs] = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
        Byte own[cell_inputs]{}, present[cell_inputs]{};
        spread_signs(last, inputs, own);
        spread_signs(ones, inputs, present);
        alignas(32) Byte used[vector_bytes]{};
        for (Size at = 0; at < vector_bytes; ++at) used[at] = cells[at] & present[at % cell_inputs];
        Chosen<CountDifferences, Arch>::run(used, own, 1, sums);
    }
};

template <class Arch, class Quantizer, class Inputs, class Outputs>
constexpr void multiply_sign_vector(const PackedView<Quantizer>& weights, const Inputs& inputs, Finish<Arch, Outputs>& finish) {
    SignVector<Arch, Quantizer, Inputs> vector(weights, inputs);
    for (Size panel = 0; panel < weights.shape.order().panels(); ++panel) {
        vector.multiply(panel);
        finish.begin_panel(vector);
        finish.write(0, 0, 1, &vector.sums);
    }
}

}}  // namespace aquatint
