// SPDX-License-Identifier: BSL-1.0
// Sums of inputs times digits on NEON. It has no product of unsigned by signed bytes: digits are moved up by 128, which adds 128
// times the sum of the inputs, and that is taken away at the end. Sixteen accumulators are two pixels: a register has the sums of
// two outputs, apart by the halves of a cell.
#pragma once

#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/neon/vector.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace neon {

/// The digits of a cell, moved up to 0 ... 255; a register has four outputs.
struct RaisedDigits {
    UInt8x16 of[quarters];

    AQUATINT_INLINE explicit RaisedDigits(const Int8* cell) {
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            of[Quarter] = load<UInt8x16>(cell + Quarter * half_vector) ^ broadcast8(128);
        });
    }
};

/// Any bytes: 16-bit products are added in 32 bits at once.
template <Size Pixels>
AQUATINT_NOINLINE void dot_bytes(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    UInt32x4 total[Pixels][2 * quarters]{}, input_total[Pixels]{};
    UInt16x8 partial_inputs[Pixels]{};
    const auto add = [&](const auto& inputs, Size first, Size stop) AQUATINT_ALWAYS {
        for (Size input = first; input < stop; input += cell_inputs, panel += panel_outputs * cell_inputs) {
            const RaisedDigits digits(panel);
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const UInt8x16 cell = broadcast_cell(inputs.of[Pixel] + input);
                partial_inputs[Pixel] = add_bytes_low(partial_inputs[Pixel], cell);
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    UInt32x4* const sum = total[Pixel] + 2 * Quarter;
                    sum[0] = add_pairs(sum[0], multiply_low(digits.of[Quarter], cell));
                    sum[1] = add_pairs(sum[1], multiply_high(digits.of[Quarter], cell));
                });
            });
        }
    };
    constexpr Size most_in_16_bits = 65535 / 255;
    for_each_chunk<Pixels, Byte>(pixels, window, cell_inputs, most_in_16_bits, add, [&]() AQUATINT_ALWAYS {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            input_total[Pixel] = add_pairs(input_total[Pixel], partial_inputs[Pixel]);
            partial_inputs[Pixel] = UInt16x8{};
        });
    });
    unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
        const auto pairs = as<Int32x4>(input_total[Pixel]);   // the cell lies twice in a register
        const UInt32x4 raised = as<UInt32x4>(join_pairs(pairs, pairs)) << 7;
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            const Int32x4 sum = join_pairs(as<Int32x4>(total[Pixel][2 * Quarter]), as<Int32x4>(total[Pixel][2 * Quarter + 1]));
            store(sums[Pixel] + Quarter * 4, as<UInt32x4>(sum) - raised);
        });
    });
}

/// Up to `products` are added in each 16-bit lane, across the borders of runs, and then widened into `sums`. Lanes overflow
/// before 128 times the inputs are taken away; after it they hold what fits.
template <Size Pixels>
AQUATINT_NOINLINE void dot_steps(const Int8* panel, const Byte* const* pixels, const Window& window, SumRows sums,
                                 Size products) {
    UInt16x8 partial[Pixels][2 * quarters]{}, partial_inputs[Pixels]{};
    for (Size pixel = 0; pixel < Pixels; ++pixel)
        for (Size quarter = 0; quarter < quarters; ++quarter) store(sums[pixel] + quarter * 4, Int32x4{});
    const auto add = [&](const auto& inputs, Size first, Size stop) AQUATINT_ALWAYS {
        for (Size input = first; input < stop; input += cell_inputs, panel += panel_outputs * cell_inputs) {
            const RaisedDigits digits(panel);
            unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                const UInt8x16 cell = broadcast_cell(inputs.of[Pixel] + input);
                partial_inputs[Pixel] = add_bytes_low(partial_inputs[Pixel], cell);
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    UInt16x8* const sum = partial[Pixel] + 2 * Quarter;
                    sum[0] = add_products_low(sum[0], digits.of[Quarter], cell);
                    sum[1] = add_products_high(sum[1], digits.of[Quarter], cell);
                });
            });
        }
    };
    for_each_chunk<Pixels, Byte>(pixels, window, cell_inputs, products, add, [&]() AQUATINT_ALWAYS {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const UInt16x8 raised = partial_inputs[Pixel] << 7;
            partial_inputs[Pixel] = UInt16x8{};
            unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                const auto widened = [&](UInt16x8& lanes) AQUATINT_ALWAYS {
                    const Int32x4 pairs = widen_pairs(as<Int16x8>(lanes - raised));
                    lanes = UInt16x8{};
                    return pairs;
                };
                const Int32x4 low = widened(partial[Pixel][2 * Quarter]), high = widened(partial[Pixel][2 * Quarter + 1]);
                Int32* const sum = sums[Pixel] + Quarter * 4;
                store(sum, load<Int32x4>(sum) + join_pairs(low, high));
            });
        });
    });
}

/// Products of 16-bit operands; the even and the odd bytes of a cell are split in registers.
template <Size Pixels>
AQUATINT_NOINLINE void dot_wide(const Int16* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
    Int32x4 total[Pixels][2 * quarters]{};
    for_each_run<Pixels, Byte>(pixels, window, [&](const auto& inputs) AQUATINT_ALWAYS {
        for (Size input = 0; input < window.run; input += cell_inputs, panel += panel_outputs * cell_inputs)
            unrolled<2>([&]<Size Odd>() AQUATINT_ALWAYS {
                Int16x8 digits[quarters];
                unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                    digits[Quarter] = load<Int16x8>(panel + Odd * panel_outputs * 2 + Quarter * 8);
                });
                unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
                    const auto cell = as<UInt16x8>(broadcast_cell(inputs.of[Pixel] + input));
                    const auto half = as<Int16x8>(Odd ? cell >> 8 : cell & static_cast<UInt16>(255));
                    unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
                        Int32x4* const sum = total[Pixel] + 2 * Quarter;
                        sum[0] = add_products_low(sum[0], digits[Quarter], half);
                        sum[1] = add_products_high(sum[1], digits[Quarter], half);
                    });
                });
            });
    });
    unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
        unrolled<quarters>([&]<Size Quarter>() AQUATINT_ALWAYS {
            store(sums[Pixel] + Quarter * 4, join_pairs(total[Pixel][2 * Quarter], total[Pixel][2 * Quarter + 1]));
        });
    });
}

}  // namespace neon

template <unsigned Steps, Size Pixels>
struct Routine<DotTile<Steps, Pixels>, Neon> {
    static constexpr bool any_bytes = true;

    template <class Digit>
    AQUATINT_INLINE static void run(const Digit* panel, const Byte* const* pixels, const Window& window, SumRows sums) {
        constexpr Size now = least<Size>(Pixels, 2);
        if constexpr (Steps == 0) neon::dot_wide<now>(panel, pixels, window, sums);
        else if constexpr (Steps <= 2) neon::dot_bytes<now>(panel, pixels, window, sums);
        else neon::dot_steps<now>(panel, pixels, window, sums, 2 * Steps);   // a step has two products, each in a lane of its own
        if constexpr (Pixels > now) Routine<DotTile<Steps, Pixels - now>, Neon>::run(panel, pixels + now, window, sums + now);
    }
};

template <unsigned Codes>
struct Routine<BytesBelow<Codes>, Neon> {
    AQUATINT_NOINLINE static bool run(const Byte* bytes, Size count) {
        using namespace neon;
        UInt8x16 lanes{};
        const Size done = for_each_vector<half_vector>(count, [&](Size at) AQUATINT_ALWAYS {
            const auto more = load<UInt8x16>(bytes + at);
            lanes = lanes > more ? lanes : more;
        });
        unsigned largest = largest_lane(lanes);
        for (Size i = done; i < count; ++i) largest = most(largest, unsigned{bytes[i]});
        return largest < Codes;
    }
};

template <unsigned Codes>
struct Routine<CopyBelow<Codes>, Neon> {
    AQUATINT_INLINE static void run(const Byte* from, Size count, Byte* to) {
        using namespace neon;
        const UInt8x16 last = UInt8x16{} + static_cast<Byte>(Codes - 1);
        const Size done = for_each_vector<half_vector>(count, [&](Size at) AQUATINT_ALWAYS {
            const auto codes = load<UInt8x16>(from + at);
            store(to + at, codes < last ? codes : last);
        });
        Routine<CopyBelow<Codes>, Scalar>::run(from + done, count - done, to + done);
    }
};

template <>
struct Routine<PixelSums, Neon> {
    AQUATINT_NOINLINE static void run(const Byte* pixels, Size count, Size channels, Int32 less, Int32* sums) {
        using namespace neon;
        const Size whole = channels / half_vector * half_vector;
        for (Size pixel = 0; pixel < count; ++pixel, pixels += channels) {
            UInt32x4 blocks{};
            for (Size channel = 0; channel < whole; channel += half_vector)
                blocks = add_pairs(blocks, add_pairs(UInt16x8{}, load<UInt8x16>(pixels + channel)));
            Int32 sum = sum_of_lanes(as<Int32x4>(blocks))[0] - less;
            for (Size channel = whole; channel < channels; ++channel) sum += pixels[channel];
            sums[pixel] = sum;
        }
    }
};

}}  // namespace aquatint
