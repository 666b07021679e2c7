// SPDX-License-Identifier: BSL-1.0
// One row of the table, layer by layer.
#include "report.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

#include <cmath>

namespace cifar10 {

namespace {

/// Signal and what differs from it, as sums of squares over pictures.
struct Noise {
    double signal = 0, difference = 0;

    void add(const std::vector<float>& wanted, const std::vector<float>& found) {
        for (Size i = 0; i < wanted.size(); ++i) {
            const double x = static_cast<double>(wanted[i]), d = static_cast<double>(found[i]) - x;
            signal += x * x;
            difference += d * d;
        }
    }
    std::string decibels() const { return difference == 0 ? "exact" : fixed(10 * std::log10(signal / difference), 1) + " dB"; }
};

std::vector<Noise> noise_of_steps(const Row& row, const Row& baseline, const Pictures& pictures) {
    constexpr Size most_pictures = 64;
    const auto wanted = baseline.runner(), found = row.runner();
    std::vector<Noise> noise;
    for (Size i = 0; i < least(pictures.count(), most_pictures); ++i) {
        const auto reference = wanted->step_values(pictures[i]), quantized = found->step_values(pictures[i]);
        noise.resize(reference.size());
        for (Size step = 0; step < reference.size(); ++step) noise[step].add(reference[step], quantized[step]);
    }
    return noise;
}

}  // namespace

std::string layers_text(const Row& row, const Row& baseline, const Pictures& pictures) {
    using enum TextTable::Align;
    TextTable table({{"layer", left}, {"shape", left}, {"precision", left}, {"runs as", left}, {"stored"}, {"µs"}, {"share"},
                     {"signal/noise"}});
    const std::vector<StepFacts> steps = row.steps();
    std::vector<std::string> decibels(steps.size());
    if (!row.facts().trained_binary) {   // that one has other weights: there is no float network to compare with
        const std::vector<Noise> noise = noise_of_steps(row, baseline, pictures);
        for (Size i = 1; i < steps.size(); ++i) decibels[i] = noise[i].decibels();   // the first step hands the pixels on
    }
    const std::vector<double> times = row.runner()->step_microseconds(pictures[0]);
    double total = 0;
    for (const double time : times) total += time;
    Size bytes = 0;
    for (Size i = 0; i < steps.size(); ++i) {
        const StepFacts& step = steps[i];
        bytes += step.stored_bytes;
        table.add({step.name, step.shape, step.precision, step.family, grouped(step.stored_bytes), fixed(times[i], 1),
                   fixed(100 * times[i] / total, 1) + " %", decibels[i]});
    }
    table.add({"all", "", "", "", grouped(bytes), fixed(total, 1), "100.0 %", ""});
    return bold(row.facts().name) + ", layer by layer\n\n" + table.text() +
           "\nstored: bytes of weights, levels and biases. µs: one thread, the layer repeated on data in the cache.\n"
           "signal/noise: what the next layer reads, against the float network, on at most 64 test images.\n";
}

}  // namespace cifar10
