// SPDX-License-Identifier: BSL-1.0
// What everything written with oneDNN shares: one engine, one stream, one thread.
#pragma once

#include "../harness/work.hpp"

#include <dnnl.hpp>
#include <optional>
#include <unordered_map>

extern "C" __attribute__((weak)) void omp_set_num_threads(int);

namespace bench::onednn {

using Desc = dnnl::memory::desc;
using Type = dnnl::memory::data_type;
using Tag = dnnl::memory::format_tag;

inline dnnl::engine& engine() {
    static dnnl::engine one = [] {
        if (omp_set_num_threads != nullptr) omp_set_num_threads(1);
        return dnnl::engine(dnnl::engine::kind::cpu, 0);
    }();
    return one;
}
inline dnnl::stream& stream() {
    static dnnl::stream one(engine());
    return one;
}
inline dnnl::memory::dim signed_size(Size size) {
    return static_cast<dnnl::memory::dim>(size);
}
inline dnnl::memory reordered(const dnnl::memory& from, const Desc& wanted) {
    dnnl::memory to(wanted, engine());
    dnnl::memory source = from;
    dnnl::reorder(source, to).execute(stream(), source, to);
    stream().wait();
    return to;
}

}  // namespace bench::onednn
