// SPDX-License-Identifier: BSL-1.0
// Work over many samples on several threads, with results that do not depend on how many.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

/// Samples are dealt out in chunks; what a chunk accumulates is combined in the order of the chunks.
inline constexpr Size chunk_count = 16;

/// Calls `action(chunk, first, last)` for every chunk of `count` samples.
inline void for_each_chunk(Size count, const std::function<void(Size, Size, Size)>& action) {
    if (count == 0) return;
    std::atomic<Size> next{0};
    const auto work = [&] {
        for (Size chunk = next++; chunk < chunk_count; chunk = next++)
            action(chunk, chunk * count / chunk_count, (chunk + 1) * count / chunk_count);
    };
    std::vector<std::thread> helpers;
    const Size threads = least<Size>(most(std::thread::hardware_concurrency(), 1u), chunk_count);
    for (Size i = 1; i < threads; ++i) helpers.emplace_back(work);
    work();
    for (std::thread& helper : helpers) helper.join();
}

}}  // namespace aquatint::v0
