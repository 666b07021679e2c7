// SPDX-License-Identifier: BSL-1.0
// progress(): an observer that shows on a terminal how far a training is, and nothing anywhere else.
#pragma once

#include <cstdio>

#include <aquatint/train/fit.hpp>
#if defined(__unix__) || defined(__APPLE__)
#include <unistd.h>
#endif

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

inline bool is_terminal([[maybe_unused]] std::FILE* stream) {
#if defined(__unix__) || defined(__APPLE__)
    return isatty(fileno(stream)) != 0;
#else
    return false;
#endif
}

/// One line that is written over, and one that stays for each epoch.
inline Observer progress(std::string title = "training") {
    if (!is_terminal(stderr)) return {};
    return [title = std::move(title)](const Progress& now) {
        const bool ends = now.batch == now.batches;
        if (!ends && now.batch % 10 != 0) return;
        std::fprintf(stderr, "\r\033[K%s: epoch %zu of %zu, batch %zu of %zu, loss %.3f, %.2f %%", title.c_str(), now.epoch,
                     now.epochs, now.batch, now.batches, now.loss, 100 * now.accuracy);
        if (now.test_accuracy) std::fprintf(stderr, ", test %.2f %%", 100 * *now.test_accuracy);
        std::fprintf(stderr, ", %.0f s left", now.seconds_left);
        if (ends) std::fputc('\n', stderr);
        std::fflush(stderr);
    };
}

}}}  // namespace aquatint::train
