// SPDX-License-Identifier: BSL-1.0
// What the library asks of itself, by precision.
#include "rows.hpp"

#include <utility>

namespace bench {

namespace {

bool is_peer(const Contestant& contestant, Verdict) { return contestant.role == Role::peer; }
/// One that saturates may be exact in a row whose widths are small.
bool is_exact_peer(const Contestant& contestant, Verdict verdict) {
    return is_peer(contestant, verdict) && contestant.full_range;
}
auto named(const char* name) {
    return [name](const Contestant& contestant, Verdict) { return contestant.name == name; };
}

struct Asked {
    const char* precision;
    double gemm, conv;
};
constexpr Asked of_best_peer[] = {{"float", 1, 1},    {"W8A7", 1, 1},       {"W7A8", 1, 1},     {"W7A7", 1.2, 1.2},
                                  {"W6A8", 1.2, 1.2}, {"W4A8", 1.25, 1.25}, {"W2A8", 1.5, 1.5}, {"W4A4", 1.5, 1.5},
                                  {"W2A2", 2.5, 2.2}, {"W1A1", 5, 4}};

}  // namespace

std::vector<Goal> goals_of(const std::string& row) {
    const bool gemm = row.starts_with("gemm/"), conv = row.starts_with("conv/");
    const bool network = row.starts_with("resnet20/");
    const std::string precision = row.substr(row.find('/') + 1, row.rfind('/') - row.find('/') - 1);
    std::vector<Goal> goals;
    for (const Asked& asked : of_best_peer)
        if (precision == asked.precision && (gemm || conv))
            goals.push_back(
                {precision == "float" ? "the best peer" : "the best int8 peer", gemm ? asked.gemm : asked.conv, is_peer});
    if ((precision == "W8A7" || precision == "W7A8") && (gemm || conv))
        goals.push_back({"the best peer that is exact at full range", 1.7, is_exact_peer});
    for (const auto& [network_precision, at_least] : {std::pair("W8A7", 1.0), {"W4A8", 1.4}, {"W1A1", 2.5}})
        if (network && precision == network_precision) goals.push_back({"the int8 network of the best peer", at_least, is_peer});
    if (precision == "W1A1" && gemm) {
        goals.push_back({"our own popcount in vectors", 1.4, named("popcount")});
        goals.push_back({"our own popcount by the instruction", 2, named("popcnt")});
    }
    return goals;
}

}  // namespace bench
