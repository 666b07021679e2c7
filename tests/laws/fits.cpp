// SPDX-License-Identifier: BSL-1.0 Laws of the fits: valid levels for any samples, small error for few samples, and nothing
// that depends on the unit of the samples.
#include "../policy/samples.hpp"
#include "all_policies.hpp"

#include <aquatint/policy/fit.hpp>
#include <doctest/doctest.h>
#include <limits>
#include <string>
#include <vector>

using namespace laws;
using samples::Samples;

namespace {

/// What a policy's own fit, or the general one, makes of samples.
struct Subject {
    std::string name;
    bool (*valid)(const Samples&);
    double (*error)(const Samples&);
    bool any_scale;   ///< not only powers of two
};

std::vector<Subject> subjects() {
    std::vector<Subject> all;
    for_each_policy([&]<class Reader>() {
        all.push_back({Reader::name, [](const Samples& samples) { return valid_levels<Reader>(fit<Reader>(samples)); },
                       [](const Samples& samples) { return mean_square_error<Reader>(samples, fit<Reader>(samples)); },
                       !requires { Reader::exponents; }});
    });
    return all;
}

}  // namespace

TEST_CASE("whatever the samples are, a fit gives valid levels") {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    constexpr float not_a_number = std::numeric_limits<float>::quiet_NaN();
    constexpr float huge = std::numeric_limits<float>::max();
    const std::vector<Samples> nasty = {{},
                                        {0},
                                        {0, 0, 0, -0.0f},
                                        {5},
                                        {-5},
                                        {3, 3, 3},
                                        {not_a_number},
                                        {infinity},
                                        {not_a_number, 1, -infinity},
                                        {1e-45f},
                                        {-1e-45f, huge},
                                        {1e-38f, 0},
                                        {huge},
                                        {huge, -huge},
                                        {1, huge},
                                        {1e-30f, 1, 1e30f},
                                        {1e20f, 0},
                                        {-1, -2, -3},
                                        Samples(3000, 0.0f),
                                        Samples(3000, not_a_number),
                                        Samples(3000, -7.5f)};
    const Samples zeros(9, 0.0f), same(9, 0.75f);
    for (const Subject& subject : subjects()) {
        INFO(subject.name);
        for (Size i = 0; i < nasty.size(); ++i) {
            INFO("set " << i);
            CHECK(subject.valid(nasty[i]));
        }
        CHECK(subject.error(zeros) < 1e-50);
        CHECK(subject.error(same) < (subject.any_scale ? 1e-9 : 0.07));
    }
}

TEST_CASE("a fit follows the scale of the samples") {
    for (const Samples& set : samples::various(100)) {
        Samples scaled = set;
        for (float& x : scaled) x *= 0x1p-20f;
        for (const Subject& subject : subjects()) {
            INFO(subject.name);
            CHECK(subject.error(scaled) == doctest::Approx(0x1p-40 * subject.error(set)).epsilon(1e-9));
        }
    }
}
