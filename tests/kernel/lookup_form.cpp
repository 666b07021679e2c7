// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/lookup_form.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <bit>

using namespace aquatint;

namespace {

/// Calls `check(inputs, weights, entry)` for all tables, inputs below `Codes`.
template <Policy Weight, Policy InputReader, unsigned Codes, class Check>
void for_each_entry(Check&& check) {
    for (unsigned table = 0; table < 256; ++table)
        for (unsigned weights = 0; weights < table_bytes; ++weights) {
            unsigned inputs[group_inputs];
            bool exist = true;
            for (unsigned i = 0; i < group_inputs; ++i) {
                inputs[i] = table >> 2 * i & 3u;
                exist &= inputs[i] < Codes;
            }
            constexpr LookupForm form = lookup_form<Weight, InputReader>();
            static_assert(form.exists());
            if (!exist) continue;
            const unsigned entry = lookup_tables<form>.entry[table][weights];
            check(inputs, weights, entry);
            if (form.inputs != LookupForm::Inputs::learned) CHECK(entry <= form.largest_entry());
        }
}

}  // namespace

TEST_CASE("tables of signs count those that differ from the weights, and half of the inputs where there are none") {
    for_each_entry<Binary, Binary, 3>([](const unsigned (&inputs)[group_inputs], unsigned weights, unsigned entry) {
        unsigned twice = 0;
        for (unsigned i = 0; i < group_inputs; ++i) twice += inputs[i] == 1 ? 1 : 2 * (inputs[i] / 2 != (weights >> i & 1u));
        CHECK(entry == twice / 2);
    });
    CHECK(lookup_tables<lookup_form<Binary, Binary>()>.entry[1 + 4 + 16 + 64][9] == 2);
}

TEST_CASE("tables of small numbers add what the weights choose") {
    for_each_entry<Uniform<2>, Uniform<2, Asymmetric>, 4>(
        [](const unsigned(&inputs)[group_inputs], unsigned weights, unsigned entry) {
            unsigned sum = 0;
            for (unsigned i = 0; i < group_inputs; ++i) sum += (weights >> i & 1u) * inputs[i];
            CHECK(entry == sum);
        });
    for_each_entry<Binary, Uniform<2, Asymmetric>, 4>(
        [](const unsigned(&inputs)[group_inputs], unsigned weights, unsigned entry) {
            unsigned sum = 0;
            for (unsigned i = 0; i < group_inputs; ++i) sum += (weights >> i & 1u) != 0 ? 3 - inputs[i] : inputs[i];
            CHECK(entry == sum);
        });
    for_each_entry<Binary, Uniform<1, Asymmetric>, 2>(
        [](const unsigned(&inputs)[group_inputs], unsigned weights, unsigned entry) {
            unsigned sum = 0;
            for (unsigned i = 0; i < group_inputs; ++i) sum += inputs[i] ^ (weights >> i & 1u);
            CHECK(entry == sum);
        });
}

TEST_CASE("tables of learned numbers count either bit of the inputs") {
    for_each_entry<LearnedBasis<2>, LearnedBasis<2, Unipolar>, 4>(
        [](const unsigned(&inputs)[group_inputs], unsigned weights, unsigned entry) {
            unsigned low = 0, high = 0;
            for (unsigned i = 0; i < group_inputs; ++i) {
                low |= (inputs[i] & 1u) << i;
                high |= (inputs[i] >> 1) << i;
            }
            CHECK(static_cast<int>(entry % 16) == std::popcount(low ^ weights));
            CHECK(static_cast<int>(entry / 16) == std::popcount(high ^ weights));
        });
}
