// SPDX-License-Identifier: BSL-1.0
// How somebody joins a row: any object with run() and check().
#pragma once

#include "../harness/work.hpp"

namespace bench {

/// `full_range`: whether it claims to be exact whatever the operands.
template <class Product>
void enter(std::vector<Contestant>& contestants, const char* name, Role role, const std::shared_ptr<Product>& product,
           bool full_range = true) {
    contestants.push_back(
        {name, role, repeated([product] { product->run(); }), [product] { return product->check(); }, full_range});
}

/// Where results of a contestant go, whichever they are.
struct Results {
    explicit Results(const Work& work)
        : sums(work.real() || work.writes_codes() ? 0 : count(work)), reals(work.real() ? count(work) : 0),
          codes(work.real() ? 0 : count(work)) {}

    std::vector<Int32> sums;
    std::vector<float> reals;
    std::vector<Byte> codes;

private:
    static Size count(const Work& work) { return work.shape.rows * work.shape.outputs; }
};

}  // namespace bench
