// SPDX-License-Identifier: BSL-1.0
#include <cstdio>

#include "../support/random_parameters.hpp"
#include "network.hpp"
#include "two_words.hpp"

#include <aquatint/io/embedded.hpp>
#include <aquatint/io/view.hpp>

using namespace aquatint;

/// The address of the array as another translation unit sees it.
const unsigned char* address_elsewhere();

namespace {

Parameters<TwoWords> original;
Arena<TwoWords> arena;
const support::RandomInput<TwoWords> example(7);

int failures = 0;
void expect(bool promise, const char* words) {
    if (promise) return;
    std::puts(words);
    ++failures;
}

}  // namespace

int main() {
    support::random_parameters(original, 7);
    const Parameters<TwoWords>& parameters = embedded<TwoWords, two_words>();
    expect(std::memcmp(static_cast<const void*>(&parameters), static_cast<const void*>(&original), sizeof original) == 0,
           "the header does not hold the parameters that were written");
    const auto viewed = view<TwoWords>(two_words, arena);
    if (!viewed) std::puts(viewed.problem.message().c_str());
    expect(bool(viewed), "the array is refused");
    expect(&*viewed == &parameters, "view and embedded differ");
    expect(address_elsewhere() == &two_words[0], "the program holds the array twice");
    const float first = infer(original, arena, example.elements)[0];
    expect(first != 0, "the network answers nothing");
    expect(infer(parameters, arena, example.elements)[0] == first, "the network answers otherwise");
    return failures;
}
