// SPDX-License-Identifier: BSL-1.0
// The same products in xsimd's portable batches, written as well as these allow: weights expanded and in panels beforehand, an
// output a lane, accumulators in registers. xsimd has no multiplication of bytes and no pairwise one, so integers are products of
// 16 bits, added there as often as their widths allow, or floats, which are exact below 2^24.
#include "enter.hpp"
#include "layout.hpp"

#include <xsimd/xsimd.hpp>

namespace bench { namespace {

constexpr Size tile_rows = 4, panel_batches = 2;

template <class Number>
using Batch = xsimd::batch<Number>;
using Sums = Batch<Int32>;

/// How a chunk of products becomes 32-bit sums, `halves` of them a batch, and in which order a batch's lanes lie there.
template <class Number>
struct Widening;
template <>
struct Widening<float> {
    static constexpr Size halves = 1;
    static void add(const Batch<float>& chunk, Sums* sums) { sums[0] += xsimd::to_int(chunk); }
    static Size place(Size lane) { return lane; }
};
template <>
struct Widening<Int16> {
    static constexpr Size halves = 2;
    static void add(const Batch<Int16>& chunk, Sums* sums) {
        const auto pairs = xsimd::bitwise_cast<Sums>(chunk);
        sums[0] += (pairs << 16) >> 16;
        sums[1] += pairs >> 16;
    }
    static Size place(Size lane) { return lane % 2 * Sums::size + lane / 2; }
};

template <class Number, bool Real>
class Product {
    static constexpr Size lanes = Batch<Number>::size, width = lanes * panel_batches;
    using Wide = Widening<Number>;
    using Result = std::conditional_t<Real, float, Int32>;

public:
    Product(const std::shared_ptr<const Work>& given, Size chunk)
        : work(given), runs(*given), weights(make_weights()), most_steps(chunk), sums(work->writes_codes() ? 0 : results()),
          codes(work->writes_codes() ? results() : 0) {}

    void run() {
        if constexpr (Real) runs.fill(work->real_inputs.data());
        else runs.fill(work->codes.data());
        for_each_tile<tile_rows>(work->shape, width, [&]<Size Rows>(Size first, Size row) { tile<Rows>(first, row); });
    }
    Verdict check() const {
        if constexpr (Real) return check_reals(*work, sums.data());
        else return work->writes_codes() ? check_codes(*work, codes.data()) : check_sums(*work, sums.data());
    }

private:
    std::shared_ptr<const Work> work;
    Runs<Number> runs;
    std::vector<Number> weights;
    Size most_steps;   ///< products that are added before they are widened
    std::vector<Result> sums;
    std::vector<Byte> codes;

    Size results() const { return work->shape.rows * work->shape.outputs; }
    std::vector<Number> make_weights() const {
        if constexpr (Real) return panels_of(*work, work->real_weights, runs, width);
        else return panels_of(*work, work->weights, runs, width);
    }

    template <Size Rows>
    void tile(Size first, Size row) {
        Sums wide[Rows][panel_batches][Wide::halves];
        for (auto& of_row : wide)
            for (auto& of_batch : of_row)
                for (Sums& sum : of_batch) sum = Sums(0);
        Batch<Number> chunk[Rows][panel_batches];
        const auto clear = [&] {
            for (auto& of_row : chunk)
                for (auto& sum : of_row) sum = Batch<Number>(Number(0));
        };
        clear();
        const Number* inputs[Rows];
        for (Size r = 0; r < Rows; ++r) inputs[r] = runs.of(row + r);
        const Number* panel = weights.data() + first * work->shape.inputs;
        Size left = most_steps;
        for (Size at = 0; at < runs.count(); ++at)
            for (Size k = 0; k < runs.run();) {
                const Size end = std::min(runs.run(), k + left);
                left -= end - k;
                add<Rows>(panel, inputs, at * runs.pitch(), k, end, chunk);
                if (left != 0) continue;
                if constexpr (!Real) widen<Rows>(chunk, wide);
                clear();
                left = most_steps;
            }
        const Size count = std::min(width, work->shape.outputs - first);
        if constexpr (Real) {
            alignas(64) float numbers[width];
            for (Size r = 0; r < Rows; ++r) {
                for (Size b = 0; b < panel_batches; ++b) chunk[r][b].store_aligned(numbers + b * lanes);
                std::copy_n(numbers, count, sums.data() + (row + r) * work->shape.outputs + first);
            }
        } else {
            widen<Rows>(chunk, wide);
            for (Size r = 0; r < Rows; ++r) finish(wide[r], (row + r) * work->shape.outputs + first, count);
        }
    }
    /// Inputs k to end of a run; moves `panel` on and `k` to the end.
    template <Size Rows>
    static void add(const Number*& panel, const Number* const* inputs, Size offset, Size& k, Size end,
                    Batch<Number> (&sums_of)[Rows][panel_batches]) {
        Batch<Number> own[Rows][panel_batches];
        for (Size r = 0; r < Rows; ++r)
            for (Size b = 0; b < panel_batches; ++b) own[r][b] = sums_of[r][b];
        for (; k < end; ++k, panel += width) {
            Batch<Number> weight[panel_batches];
            for (Size b = 0; b < panel_batches; ++b) {
                weight[b] = Batch<Number>::load_unaligned(panel + b * lanes);
#if defined(__x86_64__)
                asm("" : "+x"(weight[b].data));   // else GCC reads it again for every row, and loads are what limits
#endif
            }
            for (Size r = 0; r < Rows; ++r) {
                const Batch<Number> input(inputs[r][offset + k]);
                for (Size b = 0; b < panel_batches; ++b) own[r][b] = xsimd::fma(input, weight[b], own[r][b]);
            }
        }
        for (Size r = 0; r < Rows; ++r)
            for (Size b = 0; b < panel_batches; ++b) sums_of[r][b] = own[r][b];
    }
    template <Size Rows>
    static void widen(const Batch<Number> (&chunk)[Rows][panel_batches], Sums (&wide)[Rows][panel_batches][Wide::halves]) {
        for (Size r = 0; r < Rows; ++r)
            for (Size b = 0; b < panel_batches; ++b) Wide::add(chunk[r][b], wide[r][b]);
    }
    void finish(const Sums (&wide)[panel_batches][Wide::halves], Size to, Size count) {
        alignas(64) Int32 numbers[panel_batches][lanes];
        for (Size b = 0; b < panel_batches; ++b)
            for (Size half = 0; half < Wide::halves; ++half) {
                Sums sum = wide[b][half];
                if (work->writes_codes()) {
                    const auto scaled = xsimd::to_float(sum) * Batch<float>(work->scale);
                    sum = xsimd::nearbyint_as_int(xsimd::min(xsimd::max(scaled, Batch<float>(0.0f)), Batch<float>(255.0f)));
                }
                sum.store_aligned(numbers[b] + half * Sums::size);
            }
        for (Size output = 0; output < count; ++output) {
            const Int32 number = numbers[output / lanes][Wide::place(output % lanes)];
            if (work->writes_codes()) codes[to + output] = static_cast<Byte>(number);
            else if constexpr (!Real) sums[to + output] = number;
        }
    }
};

/// Signs times signs: exclusive or, bits counted by shifts and masks in bytes.
class SignProduct {
    using Word = Batch<UInt32>;
    static constexpr Size width = 2 * Word::size;

public:
    static bool can(const Work& work) { return is_sign_product(work, width); }

    explicit SignProduct(const std::shared_ptr<const Work>& given)
        : work(given), words(given->shape.inputs / 32), weights(sign_panels(*given, width)), inputs(given->shape.rows * words),
          sums(given->shape.rows * given->shape.outputs) {}

    void run() {
        for (Size i = 0; i < inputs.size(); ++i) inputs[i] = signs_of(work->codes.data() + 32 * i);
        for_each_tile<2>(work->shape, width, [&]<Size Rows>(Size first, Size row) { tile<Rows>(first, row); });
    }
    Verdict check() const { return check_sums(*work, sums.data(), Reference::signs); }

private:
    std::shared_ptr<const Work> work;
    Size words;
    std::vector<UInt32> weights, inputs;
    std::vector<Int32> sums;

    static Word pairs(Word bits) {   // in fields of four bits
        bits -= (bits >> 1) & Word(0x55555555u);
        return (bits & Word(0x33333333u)) + ((bits >> 2) & Word(0x33333333u));
    }
    template <Size Rows>
    void tile(Size first, Size row) {
        constexpr Size bytes_hold = 15;   // pairs of words, each of which adds at most 16 to a byte
        Word total[Rows][2], bytes[Rows][2];
        for (Size r = 0; r < Rows; ++r)
            for (Size b = 0; b < 2; ++b) total[r][b] = Word(0u);
        const UInt32* panel = weights.data() + first * words;
        for (Size begin = 0; begin < words; begin += 2 * bytes_hold) {
            for (Size r = 0; r < Rows; ++r)
                for (Size b = 0; b < 2; ++b) bytes[r][b] = Word(0u);
            const Size end = std::min(words, begin + 2 * bytes_hold);
            for (Size word = begin; word < end; word += 2, panel += 2 * width)
                for (Size r = 0; r < Rows; ++r) {
                    const UInt32* input = inputs.data() + (row + r) * words + word;
                    for (Size b = 0; b < 2; ++b) {
                        const Word one = Word::load_unaligned(panel + b * Word::size) ^ Word(input[0]);
                        const Word other = Word::load_unaligned(panel + width + b * Word::size) ^ Word(input[1]);
                        const Word four = pairs(one) + pairs(other);
                        bytes[r][b] += (four & Word(0x0f0f0f0fu)) + ((four >> 4) & Word(0x0f0f0f0fu));
                    }
                }
            for (Size r = 0; r < Rows; ++r)
                for (Size b = 0; b < 2; ++b) {
                    const Word two = (bytes[r][b] & Word(0x00ff00ffu)) + ((bytes[r][b] >> 8) & Word(0x00ff00ffu));
                    total[r][b] += (two & Word(0xffffu)) + (two >> 16);
                }
        }
        for (Size r = 0; r < Rows; ++r)
            for (Size b = 0; b < 2; ++b) {
                const auto different = xsimd::bitwise_cast<Sums>(total[r][b]);
                const Sums sum = Sums(static_cast<Int32>(work->shape.inputs)) - (different << 1);
                sum.store_unaligned(sums.data() + (row + r) * work->shape.outputs + first + b * Word::size);
            }
    }
};

template <class Joined>
void enter(std::vector<Contestant>& contestants, const std::shared_ptr<Joined>& product) {
    bench::enter(contestants, "xsimd", Role::baseline, product);
}

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    if (work->real()) return enter(contestants, std::make_shared<Product<float, true>>(work, work->shape.inputs + 1));
    if (SignProduct::can(*work)) return enter(contestants, std::make_shared<SignProduct>(work));
    const Size largest =
        ((Size(1) << work->input_bits) - 1) * static_cast<Size>(std::max(work->highest_weight, -work->lowest_weight));
    // Widening costs five operations a batch; below four products floats are faster.
    if (const Size steps = 32767 / largest; steps >= 4) enter(contestants, std::make_shared<Product<Int16, false>>(work, steps));
    else enter(contestants, std::make_shared<Product<float, false>>(work, (Size(1) << 24) / largest));
}

const bool joined = enlist({"xsimd", join});

}}   // namespace bench
