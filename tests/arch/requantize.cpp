// SPDX-License-Identifier: BSL-1.0
#include "tiles.hpp"

#include <aquatint/arch/detect.hpp>
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wuninitialized"   // GCC 12's own AVX-512 header, inlined through xsimd
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <xsimd/xsimd.hpp>

using namespace aquatint;
using namespace tiles;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();
constexpr float nan = std::numeric_limits<float>::quiet_NaN();

/// Accumulators of every size, ends included.
Int32 any_sum(Random& random) {
    const Int32 ends[] = {0, 1, -1, 127, -128, 1 << 24, (1 << 24) + 1, -(1 << 30), 1 << 30, 2147483647, -2147483647 - 1};
    if (random() % 3 == 0) return ends[random() % (sizeof ends / sizeof ends[0])];
    return static_cast<Int32>(random()) >> (random() % 31);
}
/// Scales that are powers of two make ties; the others do not.
float any_scale(Random& random) {
    const float sizes[] = {1.0f, 0.5f, 0.25f, 0x1p-8f, 0.013f, 1.7e-5f, 3.4e20f, 1.2e-38f};
    const float size = sizes[random() % (sizeof sizes / sizeof sizes[0])];
    return random() % 4 == 0 ? -size : size;
}
float any_real(Random& random) {
    const float ends[] = {0.0f, -0.0f, 0.5f, -0.5f, 1.5f, 2.5f, infinity, -infinity, nan, -nan, 1e-42f, 3e38f};
    if (random() % 3 == 0) return ends[random() % (sizeof ends / sizeof ends[0])];
    return std::ldexp(static_cast<float>(random.between(-100000, 100000)), random.between(-20, 4));
}

struct Ends {
    float low, high;
    Int32 zero;
};
constexpr Ends ends[] = {{0, 255, 0}, {-128, 127, 128}, {-3, 12, 3}, {0, 1, 0}, {-255, 0, 255}, {0, 0, 77}};

/// Calls `compare(rescale)` over clamps, zero points and both kinds of scales.
template <class Compare>
void for_each_rescale(Random& random, Compare&& compare) {
    for (const Ends& range : ends)
        for (int round = 0; round < 40; ++round) {
            float scale[panel_outputs], negative[panel_outputs];
            for (Size output = 0; output < panel_outputs; ++output) {
                scale[output] = any_scale(random);
                negative[output] = random() % 8 == 0 ? infinity : any_scale(random);   // zeros of either sign have the other one
            }
            compare(Rescale{scale, nullptr, range.low, range.high, range.zero});
            compare(Rescale{scale, negative, range.low, range.high, range.zero});
        }
}

struct Codes {
    Byte of[panel_outputs];
};

}  // namespace

TEST_CASE("accumulators become the codes of the scalar reference") {
    Random random;
    for_each_rescale(random, [&](const Rescale& rescale) {
        Int32 sums[panel_outputs];
        for (Int32& sum : sums) sum = any_sum(random);
        Codes reference, fast;
        Chosen<Requantize, Scalar>::run(sums, rescale, reference.of);
        Chosen<Requantize, Native>::run(sums, rescale, fast.of);
        CHECK(same_bytes(reference, fast));
    });
}

TEST_CASE("real numbers become the codes of the scalar reference; NaN becomes the low end") {
    Random random;
    for_each_rescale(random, [&](const Rescale& rescale) {
        float values[panel_outputs];
        for (float& value : values) value = any_real(random);
        Codes reference, fast;
        Chosen<QuantizeReal, Scalar>::run(values, rescale, reference.of);
        Chosen<QuantizeReal, Native>::run(values, rescale, fast.of);
        CHECK(same_bytes(reference, fast));
        for (Size output = 0; output < panel_outputs; ++output)
            if (values[output] != values[output]) CHECK(reference.of[output] == static_cast<Int32>(rescale.low) + rescale.zero);
    });
}

namespace {

/// Strips of the processor, where it has any, against single pixels of the scalar reference; what lies between stays as it was.
template <class Operation, class Number, class Any>
void strips_agree(Any any) {
    using Own = Chosen<Operation, Native>;
    constexpr Size most_pixels = 7, largest_pitch = 35;
    Random random;
    for_each_rescale(random, [&](const Rescale& rescale) {
        for (const Size pitch : {panel_outputs, panel_outputs + 3, largest_pitch})
            for (Size pixels = 0; pixels <= most_pixels; ++pixels) {
                Number numbers[most_pixels][panel_outputs];
                for (auto& pixel : numbers)
                    for (Number& number : pixel) number = any(random);
                Byte reference[most_pixels * largest_pitch + panel_outputs]{}, fast[sizeof reference]{};
                for (Size pixel = 0; pixel < pixels; ++pixel)
                    Chosen<Operation, Scalar>::run(numbers[pixel], rescale, reference + pixel * pitch);
                if constexpr (requires { Own::run_strip(numbers, pixels, rescale, fast, pitch); }) {
                    Own::run_strip(numbers, pixels, rescale, fast, pitch);
                    CHECK(same_bytes(reference, fast));
                }
            }
    });
}

template <class Operation, Size Panels, class Number>
void panels_agree(Number (*any)(Random&)) {
    using Own = Chosen<Operation, Native>;
    Random random;
    for (const Ends& range : ends)
        for (int round = 0; round < 80; ++round) {
            constexpr Size all = Panels * panel_outputs;
            Number numbers[Panels][panel_outputs];
            float scale[all], negative[all];
            for (Size output = 0; output < all; ++output) {
                numbers[output / panel_outputs][output % panel_outputs] = any(random);
                scale[output] = any_scale(random);
                negative[output] = any_scale(random);
            }
            const bool sloped = round % 2 == 0;
            struct {
                Byte of[all];
            } reference, fast;
            for (Size first = 0; first < all; first += panel_outputs)
                Chosen<Operation, Scalar>::run(
                    numbers[first / panel_outputs],
                    {scale + first, sloped ? negative + first : nullptr, range.low, range.high, range.zero},
                    reference.of + first);
            if constexpr (requires { Own::template run_panels<Panels>; }) {
                Own::template run_panels<Panels>(numbers, {scale, sloped ? negative : nullptr, range.low, range.high, range.zero},
                                                 fast.of);
                CHECK(same_bytes(reference, fast));
            }
        }
}

}  // namespace

TEST_CASE("neighbouring panels become the codes of single ones") {
    panels_agree<Requantize, 1, Int32>([](Random& random) { return any_sum(random); });
    panels_agree<Requantize, 2, Int32>([](Random& random) { return any_sum(random); });
    panels_agree<Requantize, 4, Int32>([](Random& random) { return any_sum(random); });
    panels_agree<QuantizeReal, 1, float>([](Random& random) { return any_real(random); });
    panels_agree<QuantizeReal, 4, float>([](Random& random) { return any_real(random); });
}

TEST_CASE("strips of pixels become the codes of single ones") {
    strips_agree<Requantize, Int32>([](Random& random) { return any_sum(random); });
    strips_agree<QuantizeReal, float>([](Random& random) { return any_real(random); });
}

TEST_CASE("a second opinion: xsimd rounds, clamps and converts to the same codes") {
    using Reals = xsimd::batch<float>;
    Random random;
    for_each_rescale(random, [&](const Rescale& rescale) {
        if (rescale.negative_scale != nullptr) return;
        Int32 sums[panel_outputs];
        for (Int32& sum : sums) sum = any_sum(random);
        Codes codes;
        Chosen<Requantize, Native>::run(sums, rescale, codes.of);
        for (Size output = 0; output < panel_outputs; output += Reals::size) {
            const Reals numbers = xsimd::to_float(xsimd::batch<Int32>::load_unaligned(sums + output));
            const Reals steps = numbers * Reals::load_unaligned(rescale.scale + output);
            const Reals nearest = xsimd::nearbyint(xsimd::min(xsimd::max(steps, Reals(rescale.low)), Reals(rescale.high)));
            for (Size lane = 0; lane < Reals::size; ++lane)
                CHECK(static_cast<float>(codes.of[output + lane]) == nearest.get(lane) + static_cast<float>(rescale.zero));
        }
    });
}

TEST_CASE("bias, shortcuts and real outputs are those of the scalar reference") {
    Random random;
    for (int round = 0; round < 200; ++round) {
        Int32 sums[panel_outputs], bias[panel_outputs];
        float scale[panel_outputs], offset[panel_outputs];
        Byte codes[panel_outputs];
        for (Size output = 0; output < panel_outputs; ++output) {
            sums[output] = random.between(-(1 << 21), 1 << 21);
            bias[output] = random.between(-(1 << 28), 1 << 28);
            scale[output] = any_scale(random);
            offset[output] = std::ldexp(static_cast<float>(random.between(-1000, 1000)), random.between(-12, 4));
            codes[output] = static_cast<Byte>(random());
        }
        const unsigned shift = random() % 9;
        Sums<Int32> reference([] { return 0; });
        for (Size output = 0; output < panel_outputs; ++output) reference.of[0][output] = sums[output];
        Sums<Int32> fast = reference;
        Chosen<AddBias, Scalar>::run(reference.of[0], bias, shift);
        Chosen<AddBias, Native>::run(fast.of[0], bias, shift);
        CHECK(same_bytes(reference, fast));
        CHECK(reference.of[0][7] == sums[7] * (1 << shift) + bias[7]);

        const Int32 zero = random.between(0, 255);
        Chosen<AddShortcut, Scalar>::run(reference.of[0], codes, zero, scale);
        Chosen<AddShortcut, Native>::run(fast.of[0], codes, zero, scale);
        CHECK(same_bytes(reference, fast));

        Sums<float> real([] { return 0.0f; }), fast_real([] { return 0.0f; });
        Chosen<ToReal, Scalar>::run(sums, scale, offset, real.of[0]);
        Chosen<ToReal, Native>::run(sums, scale, offset, fast_real.of[0]);
        CHECK(same_bytes(real, fast_real));
        CHECK(real.of[0][3] == std::fma(static_cast<float>(sums[3]), scale[3], offset[3]));

        const float total = static_cast<float>(random.between(-5000, 5000));
        float total_scale[panel_outputs];
        for (float& number : total_scale) number = any_scale(random);
        Chosen<ToRealWithTotal, Scalar>::run(sums, scale, total, total_scale, offset, real.of[0]);
        Chosen<ToRealWithTotal, Native>::run(sums, scale, total, total_scale, offset, fast_real.of[0]);
        CHECK(same_bytes(real, fast_real));
        CHECK(real.of[0][9] == std::fma(static_cast<float>(sums[9]), scale[9], std::fma(total, total_scale[9], offset[9])));

        const float before = real.of[0][5];
        Chosen<AddReal, Scalar>::run(real.of[0], offset);
        Chosen<AddReal, Native>::run(fast_real.of[0], offset);
        CHECK(same_bytes(real, fast_real));
        CHECK(real.of[0][5] == before + offset[5]);
    }
}

TEST_CASE("uneven levels are counted as by the scalar reference, NaN as zero") {
    Random random;
    for (int round = 0; round < 400; ++round) {
        ByteThresholds levels{};
        for (float& threshold : levels.threshold) threshold = any_real(random);
        for (float& threshold : levels.threshold)
            if (std::isnan(threshold)) threshold = infinity;
        std::sort(std::begin(levels.threshold), std::end(levels.threshold));
        for (Byte& byte : levels.byte) byte = static_cast<Byte>(random());
        float values[panel_outputs];
        for (float& value : values) value = random() % 2 == 0 ? levels.threshold[random() % 15] : any_real(random);
        Codes reference, fast;
        Chosen<EncodeByThresholds<15>, Scalar>::run(values, levels, reference.of);
        Chosen<EncodeByThresholds<15>, Native>::run(values, levels, fast.of);
        CHECK(same_bytes(reference, fast));
        for (Size i = 0; i < panel_outputs; ++i) {
            const float value = std::isnan(values[i]) ? 0.0f : values[i];
            const auto below =
                std::lower_bound(std::begin(levels.threshold), std::end(levels.threshold), value) - std::begin(levels.threshold);
            CHECK(reference.of[i] == levels.byte[below]);
        }
        Chosen<EncodeByThresholds<3>, Scalar>::run(values, levels, reference.of);
        Chosen<EncodeByThresholds<3>, Native>::run(values, levels, fast.of);
        CHECK(same_bytes(reference, fast));
    }
}

TEST_CASE("activations on real numbers are those of the scalar reference, NaN and both zeros included") {
    Random random;
    for (int round = 0; round < 400; ++round) {
        Sums<float> values([&] { return any_real(random); }), reference([] { return 0.0f; });
        float positive[panel_outputs], negative[panel_outputs];
        for (Size output = 0; output < panel_outputs; ++output) {
            positive[output] = any_scale(random);
            negative[output] = any_scale(random);
        }
        RealActivation activation;
        if (round % 2 != 0) {
            activation.positive = positive;
            activation.negative = negative;
        }
        activation.low = round % 3 == 0 ? 0.0f : -infinity;
        activation.high = round % 5 == 0 ? 6.0f : infinity;
        Chosen<Activate, Scalar>::run(values.of[0], activation, reference.of[0]);
        Chosen<Activate, Native>::run(values.of[0], activation, values.of[0]);
        for (Size output = 0; output < panel_outputs; ++output) {
            const float fast = values.of[0][output], right = reference.of[0][output];
            CHECK((std::isnan(right) ? std::isnan(fast) : same_bytes(fast, right)));
        }
    }
}
