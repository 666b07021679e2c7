// SPDX-License-Identifier: BSL-1.0
// Accuracy and checks on all cores, speed on one.
#include "measure.hpp"

#include "clock.hpp"
#include "parallel.hpp"
#include "terminal.hpp"
#include "text_table.hpp"

#include <algorithm>
#include <cstring>

namespace cifar10 {

namespace {

Byte verdict(const Logits& logits) {
    return static_cast<Byte>(std::max_element(logits.begin(), logits.end()) - logits.begin());
}

}  // namespace

void evaluate(const Row& row, const Pictures& pictures, Outcome& outcome) {
    outcome.verdicts.resize(pictures.count());
    for_each_in_parallel(pictures.count(), [&] {
        return [&, runner = std::shared_ptr<Runner>(row.runner())](Size index) {
            outcome.verdicts[index] = verdict(runner->run(pictures[index]));
            if (index % 250 == 0)
                show_progress(row.facts().name + ": " + grouped(index) + " of " + grouped(pictures.count()) + " test images");
        };
    });
    outcome.correct = 0;
    for (Size i = 0; i < pictures.count(); ++i) outcome.correct += outcome.verdicts[i] == pictures.labels[i];
}

Checks run_checks(const Row& row, const Pictures& pictures) {
    show_progress(row.facts().name + ": scalar against vector routines");
    const Size count = least<Size>(pictures.count(), 200);
    std::atomic<Size> different{0};
    for_each_in_parallel(count, [&] {
        return [&, runner = std::shared_ptr<Runner>(row.runner())](Size index) {
            const Logits fast = runner->run(pictures[index]), exact = runner->run_scalar(pictures[index]);
            different += std::memcmp(&fast, &exact, sizeof fast) != 0;
        };
    });
    return {count, different, row.reload(pictures[0])};
}

std::vector<Speed> measure_speed(const std::vector<std::unique_ptr<Row>>& rows, const Pictures& pictures) {
    constexpr Size rounds = 32, batch = 6;
    std::vector<std::unique_ptr<Runner>> runners;
    for (const auto& row : rows) runners.push_back(row->runner());
    std::vector<std::vector<double>> times(rows.size());
    for (Size round = 0; round < rounds; ++round) {
        show_progress("speed, on one thread: round " + std::to_string(round + 1) + " of " + std::to_string(rounds));
        for (Size r = 0; r < rows.size(); ++r) {
            const auto picture = [&](Size i) { return pictures[(round * batch + i) % pictures.count()]; };
            runners[r]->run(picture(0));   // the weights come back to the cache
            const double start = thread_microseconds();
            for (Size i = 0; i < batch; ++i) runners[r]->run(picture(i));
            times[r].push_back((thread_microseconds() - start) / batch);
        }
    }
    std::vector<Speed> speeds;
    for (auto& row : times) {
        const double median = quantile(row, 0.5);
        speeds.push_back({median, (quantile(row, 0.75) - quantile(row, 0.25)) / 2 / median});
    }
    return speeds;
}

}  // namespace cifar10
