// SPDX-License-Identifier: BSL-1.0
// The table to decide by.
#include "report.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

namespace cifar10 {

namespace {

/// The families of all layers, in the order of their first use.
std::string families(const Facts& facts) {
    std::string all;
    for (const auto& [layer, family] : facts.kernels)
        if (all.find(family) == std::string::npos) all += (all.empty() ? "" : "; ") + family;
    return all;
}

std::string why(const Checks& checks) {
    std::string text = "FAILED:";
    if (checks.scalar_different != 0)
        text += " scalar and vector routines differ on " + std::to_string(checks.scalar_different) + " of " +
                std::to_string(checks.scalar_pictures) + " images";
    if (!checks.reload.empty()) text += (checks.scalar_different != 0 ? "; " : " ") + checks.reload;
    return text;
}

std::vector<std::string> cells(const Line& line, const Line& baseline, Size pictures) {
    const Facts& facts = line.row->facts();
    const Outcome& outcome = line.outcome;
    std::vector<std::string> cells{facts.name, facts.first + "/" + facts.last, facts.carry};
    if (!outcome.checks.passed()) {
        cells.resize(11);
        cells.push_back(red(why(outcome.checks)));
        return cells;
    }
    const auto percent = [&](Size part) { return 100.0 * static_cast<double>(part) / static_cast<double>(pictures); };
    const auto times = [](double more, double less) { return fixed(more / less, 2) + "x"; };
    const bool is_baseline = line.row == baseline.row;
    cells.push_back(grouped(outcome.correct));
    cells.push_back(fixed(percent(outcome.correct), 2) + " %");
    cells.push_back(is_baseline ? "" : fixed(percent(baseline.outcome.correct) - percent(outcome.correct), 2));
    cells.push_back(grouped(facts.stored_bytes));
    cells.push_back(times(static_cast<double>(baseline.row->facts().stored_bytes), static_cast<double>(facts.stored_bytes)));
    cells.push_back(grouped(facts.parameter_bytes + facts.arena_bytes));
    cells.push_back(fixed(outcome.speed.microseconds, 0) + " ±" + fixed(100 * outcome.speed.noise, 1) + " %");
    cells.push_back(times(baseline.outcome.speed.microseconds, outcome.speed.microseconds));
    cells.push_back(families(facts) + (facts.needs_training ? "; needs training, not a result" : ""));
    return cells;
}

}  // namespace

std::string table_text(const std::vector<Line>& lines, Size pictures) {
    using enum TextTable::Align;
    TextTable table({{"precision", left}, {"first/last", left}, {"carry", left}, {"correct"}, {"accuracy"}, {"lost"}, {"stored"},
                     {"smaller"}, {"resident"}, {"µs/image"}, {"faster"}, {"runs as", left}});
    for (const Line& line : lines) table.add(cells(line, lines.front(), pictures));
    return table.text() +
           "\nlost: points of accuracy against float. stored: bytes of weights, levels and biases, to the bit; smaller: than\n"
           "float. resident: bytes of the packed parameters in memory and of one thread's scratch. µs/image: one thread, from\n"
           "pixels to ten numbers, median of many short batches ± half the quartile distance; faster: than float in this run.\n";
}

}  // namespace cifar10
