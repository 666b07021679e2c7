// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/fit.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <limits>

using namespace aquatint;

namespace {

/// The NF4 table, as a user may write it: without a fit.
struct NormalFloat {
    static constexpr unsigned bits = 4, codes = 16;
    static constexpr const char* name = "normal_float4/1";
    struct Levels {
        float scale = 1;
    };
    static constexpr float table[] = {
        -1,         -0.6961928f, -0.5250731f, -0.3949175f, -0.2844414f, -0.1847734f, -0.0910500f, 0,
        0.0795803f, 0.1609302f,  0.2461123f,  0.3379152f,  0.4407098f,  0.5626170f,  0.7229568f,  1};
    static constexpr float decode(unsigned code, Levels levels) { return table[code] * levels.scale; }
    static constexpr unsigned encode(float x, Levels levels) {
        unsigned code = 0;
        while (code < 15 && x > (table[code] + table[code + 1]) / 2 * levels.scale) ++code;
        return code;
    }
};
static_assert(!FitsItself<NormalFloat> && ScalesItsLevels<NormalFloat>);

/// The policy without its fit.
template <class Reader>
struct Bare {
    static constexpr unsigned bits = Reader::bits, codes = Reader::codes;
    static constexpr const char* name = "bare/1";
    using Levels = typename Reader::Levels;
    static constexpr float decode(unsigned code, Levels levels) { return Reader::decode(code, levels); }
    static constexpr unsigned encode(float x, Levels levels) { return Reader::encode(x, levels); }
};

template <class Reader>
double fitted(const samples::Samples& all) {
    return mean_square_error<Reader>(all, fit<Reader>(all));
}

}  // namespace

TEST_CASE("a policy without a fit gets the best scale") {
    for (const auto& all : samples::various(500)) {
        const double error = fitted<NormalFloat>(all);
        const float largest = static_cast<float>(Distribution{VectorView<const float>(all)}.largest());
        CHECK(error <= mean_square_error<NormalFloat>(all, {largest}));   // bitsandbytes' choice
        for (float scale = 1.5f * largest; scale > 0.01f * largest; scale *= 0.97f)
            CHECK(error <= 1.01 * mean_square_error<NormalFloat>(all, {scale}));
    }
}

TEST_CASE("what is not finite does not count") {
    samples::Samples all = samples::various(200).front();
    const float scale = fit<NormalFloat>(all).scale;
    all.push_back(std::numeric_limits<float>::quiet_NaN());
    all.push_back(std::numeric_limits<float>::infinity());
    CHECK(fit<NormalFloat>(all).scale == scale);
}

TEST_CASE("the general fit is as good as the particular ones") {
    for (const auto& all : samples::various(300)) {
        CHECK(fitted<Bare<Uniform<3>>>(all) <= 1.001 * fitted<Uniform<3>>(all));
        CHECK(fitted<Bare<Ternary>>(all) <= 1.02 * fitted<Ternary>(all));
        CHECK(fitted<Bare<Binary>>(all) <= 1.000001 * fitted<Binary>(all));
        CHECK(fitted<Ternary>(all) <= 1.000001 * fitted<Bare<Ternary>>(all));
    }
}

TEST_CASE("the neutral scale: 1 where zero is a level") {
    const float zeros[4]{};
    CHECK(fit<NormalFloat>(zeros).scale == 1);
    CHECK(fit<Bare<Binary>>(zeros).scale == least_scale);
}
