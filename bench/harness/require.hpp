// SPDX-License-Identifier: BSL-1.0
// Gives up where the library refuses to prepare a row: then the benchmark itself is wrong.
#pragma once

#include <aquatint/base/error.hpp>

#include <cstdio>
#include <cstdlib>

namespace bench {

inline void require(const aquatint::Error& error) {
    if (!error) return;
    std::fprintf(stderr, "%s\n", error.message().c_str());
    std::exit(1);
}

}  // namespace bench
