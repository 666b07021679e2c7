// SPDX-License-Identifier: BSL-1.0
#include "../io/networks.hpp"

#include <aquatint/network/layout.hpp>

using namespace io;

namespace {

/// Compares the layout with the addresses that the compiler gives.
template <class Net>
struct Addresses {
    const Parameters<Net>& parameters;
    Size sections = 0;

    template <class Array>
    void compare(Content content, int owner, const Array& array) {
        const Section& section = layout<Net>.sections[sections++];
        CHECK(section.content == content);
        CHECK(section.owner == owner);
        CHECK(section.bytes == sizeof array);
        const auto address = reinterpret_cast<const char*>(&array) - reinterpret_cast<const char*>(&parameters);
        CHECK(address == static_cast<std::ptrdiff_t>(section.offset));
        CHECK(layout<Net>.offset(content, owner) == section.offset);
    }
    template <int Index>
    void step() {
        const auto& own = step_of<Index>(parameters);
        using Own = std::remove_cvref_t<decltype(own)>;
        if constexpr (requires { own.zero; }) {
            compare(Content::input_scale, Index, own.scale);
            compare(Content::input_zero, Index, own.zero);
        }
        if constexpr (requires { own.weights; }) compare(Content::weights, Index, own.weights);
        if constexpr (requires { Own::WeightPolicy::bits; })
            if constexpr (!std::is_same_v<typename Own::WeightPolicy, Real>) compare(Content::weight_levels, Index, own.levels);
        if constexpr (requires { own.bias; }) compare(Content::bias, Index, own.bias);
        if constexpr (requires { own.affine_scale; }) {
            compare(Content::affine_scale, Index, own.affine_scale);
            compare(Content::affine_offset, Index, own.affine_offset);
        }
        if constexpr (requires { own.positive_slopes; }) compare(Content::positive_slopes, Index, own.positive_slopes);
        if constexpr (requires { own.negative_slopes; }) compare(Content::negative_slopes, Index, own.negative_slopes);
    }
    template <int Index>
    void form() {
        if constexpr (!std::is_empty_v<FormLevels<Net, Index>>)
            compare(Content::form_levels, Index, levels_of<Index>(parameters));
    }
};

}  // namespace

TEST_CASE("sections lie where the compiler puts the members, in ascending order, and nothing is left out") {
    for_each_network([]<class Net>() {
        static const Parameters<Net> parameters{};
        Addresses<Net> addresses{parameters};
        for_each_index(StepIndices<Net>{}, [&]<Size Index>() { addresses.template step<static_cast<int>(Index)>(); });
        for_each_index(FormIndices<Net>{}, [&]<Size Index>() { addresses.template form<static_cast<int>(Index)>(); });
        CHECK(addresses.sections == layout<Net>.count);
        CHECK(layout<Net>.bytes() == sizeof(Parameters<Net>));
        for (Size i = 1; i < layout<Net>.count; ++i) CHECK(layout<Net>.sections[i - 1].end() <= layout<Net>.sections[i].offset);
    });
}

namespace {

struct NoneAtAll : Network<Input<Vector<3>>, Relu> {};

}  // namespace

TEST_CASE("a network without parameters has no section") {
    static_assert(layout<NoneAtAll>.count == 0);
    static_assert(layout<NoneAtAll>.bytes() == sizeof(Parameters<NoneAtAll>));
}
