// SPDX-License-Identifier: BSL-1.0
#include <cstdio>

#include "../support/random_parameters.hpp"
#include "network.hpp"

#include <aquatint/interop/export_header.hpp>

using namespace aquatint;

namespace {

Parameters<TwoWords> parameters;
Arena<TwoWords> arena;
const support::RandomInput<TwoWords> example(7);

}  // namespace

int main(int, char** arguments) {
    support::random_parameters(parameters, 7);
    const Error problem = export_header(parameters, arena, example.elements, arguments[1], "two_words");
    if (problem) std::puts(problem.message().c_str());
    return problem ? 1 : 0;
}
