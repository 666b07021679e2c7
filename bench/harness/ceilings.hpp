// SPDX-License-Identifier: BSL-1.0
// What this processor's registers allow: the instruction sequences of the kernels on ten accumulators, without loads.
#pragma once

#include "timing.hpp"

#include <aquatint/arch/avx2/vector.hpp>

namespace bench {

using namespace aquatint;
using namespace aquatint::avx2;

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

/// Loops in registers. A step is one input vector for each accumulator; a multiply-accumulate is two operations.
struct RegisterLoop {
    const char* name;
    double step_operations;
    void (*run)();

    double operations() const { return step_operations * ceiling_accumulators * ceiling_rounds; }
};
inline const RegisterLoop register_loops[] = {
    {"wide", 32,   // operands of 16 bits
     [] {
         const Int16x16 words = pinned(broadcast16(1));
         run_in_registers<Int32x8, Int16x16>([=](auto sum, auto in) AQUATINT_ALWAYS { return sum + multiply_pairs(in, words); });
     }},
    {"single", 64,   // every product of two is widened
     [] {
         const Int8x32 bytes = pinned(broadcast8(1));
         run_in_registers<Int32x8, Int32x8>([=](auto sum, auto in) AQUATINT_ALWAYS {
             return sum + widen_pairs(multiply_pairs(in, bytes));
         });
     }},
    {"twofold", 128,   // two products are added in 16 bits, then widened
     [] {
         const Int8x32 bytes = pinned(broadcast8(1));
         run_in_registers<Int32x8, Int32x8>([=](auto sum, auto in) AQUATINT_ALWAYS {
             return sum + widen_pairs(multiply_pairs(in, bytes) + multiply_pairs(as<Int32x8>(bytes), as<Int8x32>(in)));
         });
     }},
    {"steps", 64,   // sums in 16 bits, never widened
     [] {
         const Int8x32 bytes = pinned(broadcast8(1));
         run_in_registers<Int16x16, Int32x8>([=](auto sum, auto in) AQUATINT_ALWAYS { return sum + multiply_pairs(in, bytes); });
     }},
    {"float", 16,
     [] {
         const Float32x8 reals = pinned(broadcast_real(0));
         run_in_registers<Float32x8, Float32x8>([=](auto sum, auto in) AQUATINT_ALWAYS { return fused(in, reals, sum); });
     }},
    {"lookup", 256,   // four one-bit products in each of 32 lanes
     [] {
         const Int8x32 bytes = pinned(broadcast8(1));
         run_in_registers<Int8x32, Int8x32>([=](auto sum, auto in) AQUATINT_ALWAYS { return sum + look_up(bytes, in); });
     }},
    {"two lookups", 128,   // the same for weights of two bits
     [] {
         const Int8x32 bytes = pinned(broadcast8(1));
         run_in_registers<Int8x32, Int8x32>([=](auto sum, auto in) AQUATINT_ALWAYS { return sum + look_up(bytes, in); });
     }},
};

struct Ceilings {
    double wide, single, twofold, steps, real, lookup;   ///< GOP/s
};
inline Ceilings measure_ceilings() {
    const auto speed = [](const RegisterLoop& loop) { return loop.operations() / seconds_per_call(loop.run) * 1e-9; };
    const auto& loops = register_loops;
    return {speed(loops[0]), speed(loops[1]), speed(loops[2]), speed(loops[3]), speed(loops[4]), speed(loops[5])};
}

}  // namespace bench
