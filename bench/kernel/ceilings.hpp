// SPDX-License-Identifier: BSL-1.0
// What this processor's registers allow: the instruction sequences of the kernels on ten accumulators, without loads.
#pragma once

#include "timing.hpp"

#include <aquatint/arch/avx2/vector.hpp>

namespace bench {

using namespace aquatint;
using namespace aquatint::avx2;

struct Ceilings {
    double wide, single, twofold, steps, real, lookup;   ///< GOP/s; a multiply-accumulate is two operations
};

constexpr Size ceiling_accumulators = 10, ceiling_rounds = 2000;

/// `step(accumulator, input)` on all accumulators, round after round, each with an input that the compiler must take for new.
template <class Accumulator, class Input, class Step>
__attribute__((noinline)) void run_in_registers(Step step) {
    Accumulator sums[ceiling_accumulators]{};
    Input input{};
    for (Size round = 0; round < ceiling_rounds; ++round)
        unrolled<ceiling_accumulators>([&]<Size Index>() AQUATINT_ALWAYS {
            asm volatile("" : "+x"(input));
            sums[Index] = pinned(step(sums[Index], input));
        });
    for (Accumulator& sum : sums) asm volatile("" : : "x"(sum));
}
/// GOP/s where a step stands for so many operations.
template <class Accumulator, class Input, class Step>
double ceiling(double operations, Step step) {
    const double seconds = seconds_per_call([&] { run_in_registers<Accumulator, Input>(step); });
    return operations * ceiling_accumulators * ceiling_rounds / seconds * 1e-9;
}

inline Ceilings measure_ceilings() {
    const Int8x32 bytes = pinned(broadcast8(1));
    const Int16x16 words = pinned(broadcast16(1));
    const Float32x8 reals = pinned(broadcast_real(0));
    Ceilings c;
    c.wide = ceiling<Int32x8, Int16x16>(32, [=](auto sum, auto in) AQUATINT_ALWAYS { return sum + multiply_pairs(in, words); });
    c.single = ceiling<Int32x8, Int32x8>(64, [=](auto sum, auto in) AQUATINT_ALWAYS {
        return sum + widen_pairs(multiply_pairs(in, bytes));
    });
    c.twofold = ceiling<Int32x8, Int32x8>(128, [=](auto sum, auto in) AQUATINT_ALWAYS {
        return sum + widen_pairs(multiply_pairs(in, bytes) + multiply_pairs(as<Int32x8>(bytes), as<Int8x32>(in)));
    });
    c.steps = ceiling<Int16x16, Int32x8>(64, [=](auto sum, auto in) AQUATINT_ALWAYS { return sum + multiply_pairs(in, bytes); });
    c.real = ceiling<Float32x8, Float32x8>(16, [=](auto sum, auto in) AQUATINT_ALWAYS { return fused(in, reals, sum); });
    c.lookup = ceiling<Int8x32, Int8x32>(256, [=](auto sum, auto in) AQUATINT_ALWAYS { return sum + look_up(bytes, in); });
    return c;
}

}  // namespace bench
