// SPDX-License-Identifier: BSL-1.0
// What a program does with a network: none of it may add an error to the one at the door.
#pragma once

#include <aquatint/aquatint.hpp>

using namespace aquatint;

template <class Net>
struct Program {
    static inline Parameters<Net> parameters{};
    static inline Arena<Net> arena{};

    static Size answer(const InputElement<Net>* input) { return argmax(infer(parameters, arena, input)); }
    static float scalar_answer(const InputElement<Net>* input) { return infer_on<Scalar>(parameters, arena, input)[0]; }
    static constexpr Size bytes = sizeof(Parameters<Net>) + sizeof(Arena<Net>) + layout<Net>.bytes();
};
