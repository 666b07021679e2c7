// SPDX-License-Identifier: BSL-1.0
// What the tiles of AVX2 share: accumulators and the digits of a cell.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>
#include <aquatint/arch/vector/walk.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

/// The register tile: `Pixels` by two vectors of eight outputs. Four pixels make eight accumulators, which leaves room for the
/// two weight vectors, a broadcast input, a product and a constant in sixteen registers.
template <class Vector, Size Pixels>
struct Accumulators {
    Vector of[Pixels][2];

    AQUATINT_INLINE Accumulators() { clear(); }
    /// One by one: GCC 12 keeps an array in memory that is cleared as a whole.
    AQUATINT_INLINE void clear() {
        unrolled<2 * Pixels>([&]<Size At>() AQUATINT_ALWAYS { of[At / 2][At % 2] = Vector{}; });
    }
    template <class Number>
    AQUATINT_INLINE void load_from(const Number (*sums)[panel_outputs]) {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            of[Pixel][0] = load<Vector>(sums[Pixel]);
            of[Pixel][1] = load<Vector>(sums[Pixel] + 8);
        });
    }
    template <class Number>
    AQUATINT_INLINE void store_to(Number (*sums)[panel_outputs]) const {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            store(sums[Pixel], of[Pixel][0]);
            store(sums[Pixel] + 8, of[Pixel][1]);
        });
    }
};

/// The digits of a cell, kept in registers for all pixels.
template <class Vector>
struct CellDigits {
    Vector of[2];
};
template <class Vector>
AQUATINT_INLINE CellDigits<Vector> load_cell(const void* from) {
    return {{pinned(load<Vector>(from)), pinned(load<Vector>(static_cast<const Byte*>(from) + vector_bytes))}};
}

}  // namespace avx2

}}  // namespace aquatint
