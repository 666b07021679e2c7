// SPDX-License-Identifier: BSL-1.0
// What the tiles of AVX2 share: accumulators, and the walk over a window. A lane is an output: inputs are broadcast, nothing is
// added across lanes.
#pragma once

#include <aquatint/arch/avx2/vector.hpp>
#include <aquatint/arch/concept.hpp>
#include <aquatint/arch/operations.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

namespace avx2 {

using SumRows = Int32 (*)[panel_outputs];   ///< a row a pixel

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

/// Where the inputs of each pixel start, `offset` further on. One pointer at a time: GCC 12 would load and add them as a vector,
/// which waits for the stores of the caller that wrote them.
template <Size Pixels, class Number>
struct Starts {
    const Number* of[Pixels];

    template <class Source>
    AQUATINT_INLINE Starts(const Source* const* pixels, Size offset) {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            of[Pixel] = pinned(reinterpret_cast<const Number*>(pixels[Pixel]) + offset);
        });
    }
};

/// Calls `action(starts)` for every run of the window in ascending order, inputs seen as `Number`s.
template <Size Pixels, class Number, class Source, class Action>
AQUATINT_INLINE void for_each_run(const Source* const* pixels, const Window& window, Action&& action) {
    for (Size row = 0; row < window.rows; ++row)
        for (Size column = 0; column < window.columns; ++column)
            action(Starts<Pixels, Number>(pixels, row * window.row_pitch + column * window.column_pitch));
}

/// The same in chunks of at most `steps` steps of `unit` elements each, across the borders of runs: `add(starts, first, stop)` adds
/// the elements of a run from `first` to `stop`, `flush()` empties what can hold no more. The last step may lie partly past the run.
template <Size Pixels, class Number, class Source, class Add, class Flush>
AQUATINT_INLINE void for_each_chunk(const Source* const* pixels, const Window& window, Size unit, Size steps, Add&& add,
                                    Flush&& flush) {
    const Size end = round_up(window.run, unit);
    Size room = steps;
    for_each_run<Pixels, Number>(pixels, window, [&](const auto& starts) AQUATINT_ALWAYS {
        for (Size first = 0; first < end;) {
            const Size stop = least(end, first + room * unit);
            room -= (stop - first) / unit;
            add(starts, first, stop);
            first = stop;
            if (room == 0) {
                flush();
                room = steps;
            }
        }
    });
    if (room != steps) flush();
}

}  // namespace avx2

}}  // namespace aquatint
