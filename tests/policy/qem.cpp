// SPDX-License-Identifier: BSL-1.0
#include "samples.hpp"

#include <aquatint/policy/qem.hpp>
#include <doctest/doctest.h>

using namespace aquatint;
using samples::Samples;

namespace {

template <class Fitter>
double error_of(const Distribution& distribution, const typename Fitter::Basis& basis) {
    return Fitter::code_step(distribution, basis).error / distribution.total();
}

/// A fixed point as LQ-Nets' authors reach it from their start, rounded to four digits: a step from it stays there, and our own
/// way from that start ends with the same error.
template <class Fitter>
void fixed_point(const Distribution& distribution, const typename Fitter::Basis& basis, double error) {
    const auto equations = Fitter::code_step(distribution, basis);
    CHECK(equations.error / distribution.total() == doctest::Approx(error).epsilon(2e-3));
    const auto next = Fitter::basis_step(equations, basis);
    for (unsigned k = 0; k < Fitter::columns; ++k) CHECK(next.weight[k] == doctest::Approx(basis.weight[k]).epsilon(1e-3));

    const auto reached = Fitter::run(distribution, Fitter::paper_start(1), 10'000);
    CHECK(error_of<Fitter>(distribution, reached) == doctest::Approx(error).epsilon(6e-3));
    const auto best = Fitter::fit(distribution);
    CHECK(error_of<Fitter>(distribution, best) <= 1.0001 * error_of<Fitter>(distribution, reached));
    for (unsigned k = 1; k < Fitter::columns; ++k) CHECK(best.weight[k - 1] <= best.weight[k]);
}

}  // namespace

TEST_CASE("the paper's fixed points of a Gaussian, planes of {-1, 1}") {
    const Samples all = samples::gaussian(20'001);
    const Distribution distribution{VectorView<const float>(all)};
    fixed_point<Qem<1, -1, false>>(distribution, {{0.7979}}, 0.36338);
    fixed_point<Qem<2, -1, false>>(distribution, {{0.5288, 0.9816}}, 0.11748);
    fixed_point<Qem<3, -1, false>>(distribution, {{0.3010, 0.6069, 1.1578}}, 0.03694);
    fixed_point<Qem<4, -1, false>>(distribution, {{0.2037, 0.3701, 0.7449, 1.2321}}, 0.01144);
}

TEST_CASE("the paper's fixed points of a Gaussian after a Relu, planes of {0, 1}") {
    const Samples all = samples::after_relu(20'001);
    const Distribution distribution{VectorView<const float>(all)};
    fixed_point<Qem<1, 0, false>>(distribution, {{1.2240}}, 0.09509);
    fixed_point<Qem<2, 0, false>>(distribution, {{0.6522, 1.3000}}, 0.02343);
    fixed_point<Qem<3, 0, false>>(distribution, {{0.3525, 0.7036, 1.4184}}, 0.00644);
    fixed_point<Qem<4, 0, false>>(distribution, {{0.1924, 0.3847, 0.7688, 1.5537}}, 0.00184);
}

TEST_CASE("the search goes below the paper's fixed points") {
    const Samples all = samples::gaussian(2047);
    const Distribution distribution{VectorView<const float>(all)};
    // Any eight or sixteen levels leave at least 0.03454 and 0.00950 (Lloyd-Max).
    const double three = error_of<Qem<3, -1, false>>(distribution, Qem<3, -1, false>::fit(distribution));
    CHECK(three > 0.0344);
    CHECK(three < 0.0355);
    const double four = error_of<Qem<4, -1, false>>(distribution, Qem<4, -1, false>::fit(distribution));
    CHECK(four > 0.0094);
    CHECK(four < 0.0103);
}

TEST_CASE("a step never raises the error") {
    using Fitter = Qem<3, -1, true>;
    for (const Samples& all : samples::various(300)) {
        const Distribution distribution{VectorView<const float>(all)};
        auto basis = Fitter::geometric_start(distribution, 1.7, 0.8);
        double before = error_of<Fitter>(distribution, basis);
        for (int step = 0; step < 20; ++step) {
            basis = Fitter::basis_step(Fitter::code_step(distribution, basis), basis);
            const double after = error_of<Fitter>(distribution, basis);
            CHECK(after <= before * (1 + 1e-9));
            before = after;
        }
    }
}

TEST_CASE("where the samples say nothing about a plane, it stays next to what it was") {
    const float same[] = {4.2f, 4.2f, 4.2f};
    const Distribution distribution{VectorView<const float>(same)};
    using Fitter = Qem<2, -1, false>;
    const Fitter::Basis before{{1, 3}};   // all samples are nearest to 1 + 3: only the sum is known
    const auto after = Fitter::basis_step(Fitter::code_step(distribution, before), before);
    CHECK(after.weight[0] == doctest::Approx(1.1).epsilon(1e-4));
    CHECK(after.weight[1] == doctest::Approx(3.1).epsilon(1e-4));
    CHECK(error_of<Qem<4, 0, false>>(distribution, Qem<4, 0, false>::fit(distribution)) < 1e-12);
    CHECK(error_of<Qem<4, -1, true>>(distribution, Qem<4, -1, true>::fit(distribution)) < 1e-12);
}

TEST_CASE("integers stay below the limit and cost little") {
    const Samples all = samples::shifted(2000);
    const Distribution distribution{VectorView<const float>(all)};
    using Fitter = Qem<3, -1, true>;
    const auto basis = Fitter::fit(distribution);
    const double real = error_of<Fitter>(distribution, basis);
    for (const Int32 limit : {31, 127, 255, 4095, 32767}) {
        const auto integers = Fitter::to_integers(distribution, basis, limit);
        Int32 reach = magnitude(integers.weight[3]);
        Fitter::Basis back;
        for (unsigned k = 0; k < 4; ++k) back.weight[k] = integers.scale * integers.weight[k];
        for (unsigned k = 0; k < 3; ++k) reach += integers.weight[k];
        CHECK(reach <= limit);
        CHECK(error_of<Fitter>(distribution, back) < real * (1 + 20.0 / limit));
    }
}
