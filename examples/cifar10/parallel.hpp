// SPDX-License-Identifier: BSL-1.0
// Work that is shared by all cores of the machine.
#pragma once

#include <atomic>
#include <thread>
#include <vector>

namespace cifar10 {

/// Calls `make_worker()` once a thread, and the workers with every number below `count`, each once.
template <class MakeWorker>
void for_each_in_parallel(std::size_t count, MakeWorker make_worker) {
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
        auto worker = make_worker();
        for (std::size_t index = next++; index < count; index = next++) worker(index);
    };
    std::vector<std::thread> helpers;
    for (unsigned i = 1; i < std::thread::hardware_concurrency(); ++i) helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers) helper.join();
}

}  // namespace cifar10
