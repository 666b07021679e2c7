// SPDX-License-Identifier: BSL-1.0
// What was measured, and the three ways to show it: a table of text, JSON, a chart.
#pragma once

#include "limits.hpp"
#include "rows.hpp"

namespace bench {

struct Standing {
    std::string name;
    Role role;
    Verdict verdict;
    double gops;
    double ratio;   ///< its seconds to ours: above one, ours is as many times as fast
    bool full_range;
};
struct GoalResult {
    std::string against;
    double at_least, reached;
    std::string best;   ///< of those it is measured by
};
struct Result {
    std::string name;
    double gops, microseconds;
    std::string ceiling;   ///< the lower one of arithmetic and reading; empty: not known
    double share;          ///< of it
    double noise;          ///< half the distance of the quartiles of our times, as a part of the median
    std::vector<Standing> standings;   ///< all, ours first
    std::vector<GoalResult> goals;

    bool wrong() const;
};
struct MeasuredLimit {
    std::string name;
    double rate;   ///< GOP/s or GB/s
    double up_to;
};
struct Run {
    std::string command, compiler, processor;
    std::vector<MeasuredLimit> limits;
    std::vector<Result> results;

    double noise() const;        ///< the median of the rows'
    double worst_noise() const;
    /// Whether a contestant was seen to saturate in any row.
    bool saturates(const std::string& contestant) const;
};

/// Measures all limits, then row after row; each row is given to `done` when it is finished.
void measure(Run& run, const std::vector<RowPlan>& rows, const Effort& effort, const std::function<void(const Result&)>& done);

std::string result_line(const Result& result);
std::string summary(const Run& run);
std::string to_json(const Run& run);
/// GOP/s by precision, a panel for each operation and shape that has several precisions.
std::string to_svg(const Run& run);

}  // namespace bench
