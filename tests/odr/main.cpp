// SPDX-License-Identifier: BSL-1.0
// Compares what the two units saw: layouts and results are the same, functions that compute are not.
#include "units.hpp"

#include <cstdio>

static int differences = 0;

static void compare(const Observation& baseline, const Observation& newer, bool expect_equal) {
    if ((baseline.value == newer.value) == expect_equal) return;
    std::printf("%s: %llu for x86-64, %llu for x86-64-v3\n", baseline.what, baseline.value, newer.value);
    ++differences;
}

int main() {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) {
        std::puts("skipped: this processor has no AVX2");
        return 77;
    }
    static Observations baseline;
    static Observations newer;
    observe_x86_64(baseline);
    observe_x86_64_v3(newer);
    for (int i = 0; i < baseline.layouts; ++i) compare(baseline.layout[i], newer.layout[i], true);
    for (int i = 0; i < baseline.results; ++i) compare(baseline.result[i], newer.result[i], true);
    for (int i = 0; i < baseline.functions; ++i) compare(baseline.function[i], newer.function[i], false);
    if (baseline.merged_accident != newer.merged_accident) {
        std::puts("the accident did not happen: the linker kept both copies of the user's inline function");
        ++differences;
    }
    std::printf("%d layouts, %d results, %d functions, %d differences\n", baseline.layouts, baseline.results, baseline.functions,
                differences);
    return differences != 0;
}
