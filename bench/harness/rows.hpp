// SPDX-License-Identifier: BSL-1.0
// A row of the benchmark: one piece of work, those who do it, and how each is checked.
#pragma once

#include "timing.hpp"

#include <memory>
#include <string>
#include <vector>

namespace bench {

enum class Role { ours, peer, baseline, rival };

/// What was found when a result was compared with the scalar reference.
enum class Verdict {
    exact,       ///< every number, or, of real numbers, within the rounding of their sums
    rounded,     ///< codes differ by one where a requantization rounds in another way
    close,       ///< of whole networks: numbers near those of the float network
    saturates,   ///< not exact, but what comes out where each two products are added in 16 bits with saturation
    wrong,
};
constexpr const char* to_text(Verdict verdict) {
    constexpr const char* texts[] = {"exact", "rounded", "close", "saturates", "wrong"};
    return texts[static_cast<int>(verdict)];
}

struct Contestant {
    std::string name;
    Role role;
    Repeated run;
    std::function<Verdict()> check;   ///< of what `run` wrote
    bool full_range = true;           ///< claims to be exact whatever the operands; where it is not, that is an error
};

struct Row {
    double operations;           ///< of a call; a multiply-accumulate is two
    std::string ceiling;         ///< the name of a register loop; empty: none is known
    double weight_bytes = 0;     ///< that each call reads once, where reading may be what limits; else 0
    std::vector<Contestant> contestants;   ///< ours first
};

/// What is known before operands are made.
struct RowPlan {
    std::string name;   ///< as in gemm/W4A8/1024x64x576
    std::function<Row()> make;
};

/// What was asked of a row: to be so many times as fast as the best of some contestants.
struct Goal {
    std::string against;   ///< in words
    double at_least;
    std::function<bool(const Contestant&, Verdict)> counts;
};
std::vector<Goal> goals_of(const std::string& row);

void add_product_rows(std::vector<RowPlan>& rows);    // kernel/
void add_network_rows(std::vector<RowPlan>& rows);    // network/
void add_training_rows(std::vector<RowPlan>& rows);   // training/

}  // namespace bench
