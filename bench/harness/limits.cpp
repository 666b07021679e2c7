// SPDX-License-Identifier: BSL-1.0
#include "limits.hpp"

#include <aquatint/base/config.hpp>
#if !AQUATINT_PORTABLE && defined(__AVX2__) && defined(__FMA__)
#include "ceilings.hpp"
#define BENCH_HAS_REGISTER_LOOPS 1
#endif

#include <cstdint>
#include <memory>
#include <unistd.h>

namespace bench {

namespace {

/// Eight independent sums, so that loads are all there is to wait for.
Repeated read_all(std::size_t bytes) {
    using Vector [[gnu::vector_size(32)]] = std::uint64_t;
    constexpr std::size_t sums = 8;
    const std::size_t count = bytes / sizeof(Vector) / sums * sums;
    const std::shared_ptr<Vector[]> memory(new Vector[count]());
    return repeated([memory, count] {
        Vector sum[sums]{};
        for (const Vector* vector = memory.get(); vector != memory.get() + count; vector += sums)
            for (std::size_t i = 0; i < sums; ++i) {
                sum[i] ^= vector[i];
                asm volatile("" : "+x"(sum[i]));
            }
    });
}

std::size_t cache_bytes(int name, std::size_t otherwise) {
    const long bytes = sysconf(name);
    return bytes > 0 ? static_cast<std::size_t>(bytes) : otherwise;
}

}  // namespace

std::vector<Limit> limits() {
    std::vector<Limit> all;
#ifdef BENCH_HAS_REGISTER_LOOPS
    for (const RegisterLoop& loop : register_loops) all.push_back({loop.name, loop.operations(), 0, repeated(loop.run)});
#endif
    const auto add = [&](const char* name, std::size_t read, double up_to) {
        all.push_back({name, static_cast<double>(read), up_to, read_all(read)});
    };
    const std::size_t first = cache_bytes(_SC_LEVEL1_DCACHE_SIZE, 32 << 10),
                      second = cache_bytes(_SC_LEVEL2_CACHE_SIZE, 512 << 10);
    const std::size_t third = std::max(cache_bytes(_SC_LEVEL3_CACHE_SIZE, 8 << 20), 4 * second);
    add("read L1", first / 2, static_cast<double>(first));
    add("read L2", second / 2, static_cast<double>(second));
    add("read L3", std::min<std::size_t>(third / 2, 8 << 20), static_cast<double>(third));
    add("read memory", std::min<std::size_t>(4 * third, 256 << 20), 1e18);
    return all;
}

}  // namespace bench
