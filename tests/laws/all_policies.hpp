// SPDX-License-Identifier: BSL-1.0
// Every policy there is, for laws that hold for all of them; a user's nasty one included.
#pragma once

#include <aquatint/base/indices.hpp>
#include <aquatint/policy/policies.hpp>

namespace laws {

using namespace aquatint;

/// Three codes in no order, unevenly spaced, one level set by an integer, no level zero, and no fit.
struct Lopsided {
    static constexpr unsigned bits = 2;
    static constexpr unsigned codes = 3;
    static constexpr const char* name = "lopsided/1";
    struct Levels {
        Int32 top = 7;
        float scale = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) {
        const float steps[] = {1, static_cast<float>(levels.top), -0.5f};
        return steps[code] * levels.scale;
    }
    /// Ties go to the lower code, NaN is taken for zero.
    static constexpr unsigned encode(float x, Levels levels) {
        const double known = x == x ? static_cast<double>(x) : 0.0;
        unsigned nearest = 0;
        for (unsigned code = 1; code < codes; ++code) {
            const double here = static_cast<double>(decode(nearest, levels)), other = static_cast<double>(decode(code, levels));
            const bool above = 2 * known > here + other;
            if (other > here ? above : !above && other < here) nearest = code;
        }
        return nearest;
    }
};

using AllPolicies =
    TypeList<Uniform<1>, Uniform<2>, Uniform<3>, Uniform<4>, Uniform<5>, Uniform<6>, Uniform<7>, Uniform<8>,
             Uniform<1, Asymmetric>, Uniform<2, Asymmetric>, Uniform<3, Asymmetric>, Uniform<4, Asymmetric>,
             Uniform<5, Asymmetric>, Uniform<6, Asymmetric>, Uniform<7, Asymmetric>, Uniform<8, Asymmetric>, Log2<3>, Log2<4>,
             Log2<5>, Log2<6>, Log2<7>, Binary, AdaptiveBinary, Ternary, AsymmetricTernary, LearnedBasis<1>, LearnedBasis<2>,
             LearnedBasis<3>, LearnedBasis<4>, LearnedBasis<1, Offset>, LearnedBasis<2, Offset>, LearnedBasis<3, Offset>,
             LearnedBasis<4, Offset>, LearnedBasis<1, Unipolar>, LearnedBasis<2, Unipolar>, LearnedBasis<3, Unipolar>,
             LearnedBasis<4, Unipolar>, LearnedBasis<3, Unipolar, Offset>, Lopsided>;

/// Calls action.template operator()<Reader>() for every policy but `Real`, whose codes cannot be counted through.
template <class Action>
void for_each_policy(Action action) {
    [&]<class... Reader>(TypeList<Reader...>) { (action.template operator()<Reader>(), ...); }(AllPolicies{});
}

}  // namespace laws
