// SPDX-License-Identifier: BSL-1.0
// Where everything lies in Parameters<Net>, as values: for files, which trust no byte between or inside the sections.
#pragma once

#include <aquatint/network/parameters.hpp>

namespace aquatint { inline namespace v0 {

enum class Content {
    input_scale,
    input_zero,
    weights,
    weight_levels,
    bias,
    affine_scale,
    affine_offset,
    positive_slopes,
    negative_slopes,
    form_levels,
};

/// A run of elements of one type, in bytes from the start of the parameters.
struct Section {
    Content content{};
    int owner = nothing;   ///< a form where these are its levels, else a step
    Size offset = 0;
    Size bytes = 0;

    constexpr Size end() const { return offset + bytes; }
};

/// Sections in ascending order: those of the steps, then those of the forms. What lies between them is zero.
template <Size Most>
struct Layout {
    Section sections[Most]{};
    Size count = 0;
    Size end = 0;
    Size alignment = 1;

    constexpr void align(Size unit) {
        end = round_up(end, unit);
        alignment = most(alignment, unit);
    }
    template <class Array>
    constexpr void append(Content content, int owner) {
        align(alignof(Array));
        sections[count++] = {content, owner, end, sizeof(Array)};
        end += sizeof(Array);
    }
    /// The size of a struct with these members; an empty one takes a byte as well.
    constexpr Size bytes() const { return round_up(most(end, Size(1)), alignment); }
    constexpr Size offset(Content content, int owner) const {
        Size i = 0;
        while (sections[i].content != content || sections[i].owner != owner) ++i;
        return sections[i].offset;
    }
};

template <class Own, class List>
constexpr void append_step(int index, List& list) {
    if constexpr (!std::is_empty_v<Own>) {
        list.align(alignof(Own));
        if constexpr (requires(Own own) { own.scale; }) {
            list.template append<decltype(Own::scale)>(Content::input_scale, index);
            list.template append<decltype(Own::zero)>(Content::input_zero, index);
        }
        if constexpr (requires(Own own) { own.weights; }) list.template append<decltype(Own::weights)>(Content::weights, index);
        if constexpr (requires(Own own) { own.levels; })
            if constexpr (std::is_array_v<decltype(Own::levels)>)
                list.template append<decltype(Own::levels)>(Content::weight_levels, index);
        if constexpr (requires(Own own) { own.bias; }) list.template append<decltype(Own::bias)>(Content::bias, index);
        if constexpr (requires(Own own) { own.affine_scale; }) {
            list.template append<decltype(Own::affine_scale)>(Content::affine_scale, index);
            list.template append<decltype(Own::affine_offset)>(Content::affine_offset, index);
        }
        if constexpr (requires(Own own) { own.positive_slopes; })
            list.template append<decltype(Own::positive_slopes)>(Content::positive_slopes, index);
        if constexpr (requires(Own own) { own.negative_slopes; })
            list.template append<decltype(Own::negative_slopes)>(Content::negative_slopes, index);
        list.align(alignof(Own));
    }
}

template <class Net>
constexpr auto make_layout() {
    Layout<static_cast<Size>(5 * Net::graph.step_count + Net::graph.form_count) + 1> list;
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        append_step<StepParameters<Net, static_cast<int>(Index)>>(static_cast<int>(Index), list);
    });
    for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
        using Levels = FormLevels<Net, static_cast<int>(Index)>;
        if constexpr (!std::is_empty_v<Levels>) list.template append<Levels>(Content::form_levels, static_cast<int>(Index));
    });
    return list;
}

template <class Net>
struct LayoutOf {
    static constexpr auto value = make_layout<Net>();
    static_assert(value.bytes() == sizeof(Parameters<Net>),
                  "aquatint: this compiler lays structs out in a way that files do not know");
};
template <class Net>
inline constexpr auto& layout = LayoutOf<Net>::value;

}}  // namespace aquatint::v0
