// SPDX-License-Identifier: BSL-1.0
// The words that describe a window: Kernel<3>, Stride<2>, Padding<1>, Dilation<2>, Groups<4>, in any order.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/layer/readings.hpp>

namespace aquatint { inline namespace v0 {

template <Size Height, Size Width = Height>
struct Kernel {
    static constexpr void apply(Geometry& geometry) {
        geometry.kernel_height = Height;
        geometry.kernel_width = Width;
    }
};
template <Size Step>
struct Stride {
    static constexpr void apply(Geometry& geometry) { geometry.stride = Step; }
};
/// Rows and columns of zeros around the input. Convolutions without this word pad so that a stride of one keeps the shape; a
/// kernel of even size, which has no middle, then makes the image one smaller.
template <Size Height, Size Width = Height>
struct Padding {
    static constexpr void apply(Geometry& geometry) {
        geometry.padding_height = Height;
        geometry.padding_width = Width;
        geometry.padding_said = true;
    }
};
template <Size Step>
struct Dilation {
    static constexpr void apply(Geometry& geometry) { geometry.dilation = Step; }
};
template <Size Count>
struct Groups {
    static constexpr void apply(Geometry& geometry) { geometry.groups = Count; }
};

template <class Word>
concept GeometryOption = requires(Geometry geometry) { Word::apply(geometry); };

/// What is not a word about windows is passed over here: bind refuses layers that do not take their options.
template <class... Options>
constexpr Geometry geometry_of(Geometry geometry = {}) {
    [[maybe_unused]] const auto apply = [&]<class Option>(TypeTag<Option>) {
        if constexpr (GeometryOption<Option>) Option::apply(geometry);
    };
    (apply(TypeTag<Options>{}), ...);
    return geometry;
}
template <class Word>
concept SaysStride = geometry_of<Word>(Geometry{.stride = 0}).stride != 0;
template <class Word>
concept DepthwiseOption = GeometryOption<Word> && geometry_of<Word>(Geometry{.groups = 0}).groups == 0;
template <class Word>
concept PoolingOption = DepthwiseOption<Word> && geometry_of<Word>(Geometry{.dilation = 0}).dilation == 0;

template <class Layer>
inline constexpr bool refuses_options = requires { requires !Layer::takes_its_options; };

/// Same padding unless said otherwise.
template <class... Options>
constexpr Geometry padded_geometry_of() {
    Geometry geometry = geometry_of<Options...>();
    if (!geometry.padding_said) {
        geometry.padding_height = (geometry.reach_height() - 1) / 2;
        geometry.padding_width = (geometry.reach_width() - 1) / 2;
    }
    return geometry;
}

}}  // namespace aquatint::v0
