// SPDX-License-Identifier: BSL-1.0
#include "work.hpp"

#include <cmath>
#include <cstdlib>
#include <random>

namespace bench {

namespace {

/// Calls `action(weight, input)` with the places of all products of an output, in the order of the input in memory.
template <class Action>
void for_each_product(const Work& work, Size row, Size output, Action action) {
    const Size first = output * work.shape.inputs;
    if (work.operation != Operation::conv) {
        for (Size i = 0; i < work.shape.inputs; ++i) action(first + i, row * work.shape.inputs + i);
        return;
    }
    const Size side = work.side(), channels = work.channels();
    for (Size ky = 0; ky < 3; ++ky)
        for (Size kx = 0; kx < 3; ++kx) {
            const Size y = row / side + ky, x = row % side + kx;   // one too large
            if (y == 0 || x == 0 || y > side || x > side) continue;
            for (Size channel = 0; channel < channels; ++channel)
                action(first + channel * 9 + ky * 3 + kx, ((y - 1) * side + x - 1) * channels + channel);
        }
}

double sum_of(const Work& work, Reference kind, Size row, Size output) {
    double real = 0;
    Int64 sum = 0, pair = 0;
    bool second = false;
    for_each_product(work, row, output, [&](Size w, Size i) {
        switch (kind) {
        case Reference::codes: sum += work.weights[w] * work.codes[i]; break;
        case Reference::signs: sum += work.weights[w] * (2 * work.codes[i] - 1); break;
        case Reference::saturated:
            pair += work.weights[w] * work.codes[i];
            if (second) sum += std::clamp<Int64>(pair, -32768, 32767), pair = 0;
            second = !second;
            break;
        case Reference::reals: real += double{work.real_weights[w]} * double{work.real_inputs[i]}; break;
        case Reference::magnitudes: real += std::abs(double{work.real_weights[w]} * double{work.real_inputs[i]}); break;
        }
    });
    return real + static_cast<double>(sum + pair);
}

/// The worst verdict of `off(at, expected)`, how far a result is from what is expected where the sum is that. `allowed` is for
/// requantizations that round in another way.
template <class Off>
Verdict worst(const Work& work, Reference meaning, double allowed, Off off) {
    const std::vector<double>& expected = work.reference(meaning);
    Verdict verdict = Verdict::exact;
    for (Size row = 0; row < work.shape.rows; row += work.row_stride())
        for (Size at = row * work.shape.outputs; at < (row + 1) * work.shape.outputs; ++at) {
            const double difference = std::abs(off(at, expected[at]));
            Verdict here = difference == 0 ? Verdict::exact : difference <= allowed ? Verdict::rounded : Verdict::wrong;
            if (here == Verdict::wrong && !work.real())
                if (std::abs(off(at, work.reference(Reference::saturated)[at])) <= allowed) here = Verdict::saturates;
            verdict = std::max(verdict, here);
        }
    return verdict;
}

std::vector<Peer>& enlisted() {
    static std::vector<Peer> all;
    return all;
}

}  // namespace

std::string Shape::name() const { return std::to_string(rows) + "x" + std::to_string(outputs) + "x" + std::to_string(inputs); }
Size Work::side() const { return static_cast<Size>(std::lround(std::sqrt(static_cast<double>(shape.rows)))); }
Size Work::channels() const { return operation == Operation::conv ? shape.inputs / 9 : shape.inputs; }

std::shared_ptr<const Work> make_work(Operation operation, const Shape& shape, unsigned weight_bits, int lowest, int highest,
                                      unsigned input_bits) {
    auto work = std::make_shared<Work>();
    work->operation = operation;
    work->shape = shape;
    work->weight_bits = weight_bits;
    work->input_bits = input_bits;
    work->lowest_weight = lowest;
    work->highest_weight = highest;
    std::mt19937 random;
    const Size weights = shape.outputs * shape.inputs, inputs = shape.rows * work->channels();
    if (work->weight_bits < 32) {
        std::uniform_int_distribution<int> weight(lowest, highest);
        work->weights.resize(weights);
        for (Int8& w : work->weights) {
            do w = static_cast<Int8>(weight(random));
            while (weight_bits == 1 && w == 0);   // -1 and +1
        }
        if (work->real()) {
            std::uniform_real_distribution<float> scale(0.5f, 1);
            for (Size group = 0; group < weights / 32; ++group) work->group_scales.push_back(scale(random));
            for (Size i = 0; i < weights; ++i) work->real_weights.push_back(work->group_scales[i / 32] * work->weights[i]);
        }
    } else {
        std::uniform_real_distribution<float> weight(-1, 1);
        for (Size i = 0; i < weights; ++i) work->real_weights.push_back(weight(random));
    }
    if (work->input_bits < 32) {
        std::uniform_int_distribution<int> code(0, (1 << input_bits) - 1);
        work->codes.resize(inputs + 64);
        for (Size i = 0; i < inputs; ++i) work->codes[i] = static_cast<Byte>(code(random));
        // A sum of random signs: its spread is to fill the codes.
        const double spread = std::sqrt(static_cast<double>(shape.inputs)) * (1 << input_bits) * std::max(highest, -lowest) / 3;
        work->scale = static_cast<float>(96 / std::max(1.0, spread));
    } else {
        std::uniform_real_distribution<float> number(-1, 1);
        for (Size i = 0; i < inputs + 16; ++i) work->real_inputs.push_back(number(random));
    }
    return work;
}

const std::vector<double>& Work::reference(Reference kind) const {
    std::vector<double>& sums = references[kind];
    if (!sums.empty()) return sums;
    sums.resize(shape.rows * shape.outputs);
    for (Size row = 0; row < shape.rows; row += row_stride())
        for (Size output = 0; output < shape.outputs; ++output)
            sums[row * shape.outputs + output] = sum_of(*this, kind, row, output);
    return sums;
}

Verdict check_sums(const Work& work, const Int32* sums, Reference meaning) {
    return worst(work, meaning, 0, [&](Size at, double expected) { return sums[at] - expected; });
}
Verdict check_codes(const Work& work, const Byte* codes, Reference meaning) {
    return worst(work, meaning, 1, [&](Size at, double expected) {
        return codes[at] - std::nearbyint(std::clamp(static_cast<float>(expected) * work.scale, 0.0f, 255.0f));
    });
}
Verdict check_reals(const Work& work, const float* numbers) {
    const std::vector<double>& sizes = work.reference(Reference::magnitudes);
    return worst(work, Reference::reals, 0, [&](Size at, double expected) -> double {
        // The bound of the rounding errors of any order of additions.
        const double allowed = sizes[at] * static_cast<double>(work.shape.inputs) * 0x1p-24;
        return std::abs(double{numbers[at]} - expected) <= allowed ? 0 : 2;
    });
}

bool enlist(const Peer& peer) {
    enlisted().push_back(peer);
    std::sort(enlisted().begin(), enlisted().end(), [](const Peer& a, const Peer& b) { return std::string(a.name) < b.name; });
    return true;
}
const std::vector<Peer>& peers() { return enlisted(); }

}  // namespace bench
