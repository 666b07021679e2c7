// SPDX-License-Identifier: BSL-1.0
// Functions of single values that could not be fused into a product: affine, sum, activation, on sixteen channels at a time.
#pragma once

#include <aquatint/kernel/epilogue.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// A tensor read as numbers, whatever its form.
struct NumbersInput {
    const Byte* codes = nullptr;
    const float* reals = nullptr;
    Extent extent;
    float scale = 1;
    Int32 zero = 0;
};
/// The scale and offset of each channel; nullptr for none.
struct Affine {
    const float* scale = nullptr;
    const float* offset = nullptr;
};

/// One panel of a pixel as numbers. The fused multiply-add of zero is a multiplication that no
/// compiler joins to an addition after it.
constexpr void read_panel(const NumbersInput& input, Size row, Size column, Size first, Size count, float* values) {
    const Size at = input.extent.at(row, column) + first;
    for (Size lane = 0; lane < count; ++lane)
        values[lane] = input.reals != nullptr ? input.reals[at + lane]
                                              : fused(static_cast<float>(input.codes[at + lane] - input.zero), input.scale, 0.0f);
}

template <class Arch>
constexpr void pointwise(const NumbersInput& input, const Affine& affine, RealEpilogue<Arch>& epilogue) {
    const Shape shape = input.extent.shape;
    for (Size first = 0; first < shape.channels; first += panel_outputs) {
        const Size count = least(panel_outputs, shape.channels - first);
        epilogue.begin_panel(first, count);
        for (Size row = 0; row < shape.height; ++row)
            for (Size column = 0; column < shape.width; ++column) {
                Tile<float, 1> tile{};
                float* values = tile.value[0];
                read_panel(input, row, column, first, count, values);
                if (affine.scale != nullptr)
                    for (Size lane = 0; lane < count; ++lane)
                        values[lane] = fused(values[lane], affine.scale[first + lane], affine.offset[first + lane]);
                epilogue.write(row, column, 1, tile.value);
            }
    }
}

}}  // namespace aquatint
