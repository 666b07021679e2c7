// SPDX-License-Identifier: BSL-1.0
// What the tiles of all vector processors share: the walk over a window, and loops over registers. A lane is an output: inputs
// are broadcast, nothing is added across lanes.
#pragma once

#include <aquatint/arch/operations.hpp>
#include <aquatint/base/config.hpp>
#include <aquatint/base/indices.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Calls `action` for 0 ... Count - 1 with a constant: loops over arrays of registers.
template <Size Count, class Action>
AQUATINT_INLINE void unrolled(Action&& action) {
    for_each_index(IndicesBelow<Count>{}, static_cast<Action&&>(action));
}

template <Size From, Size To, class Action>
AQUATINT_INLINE void unrolled_from(Action&& action) {
    unrolled<To - From>([&]<Size Index>() AQUATINT_ALWAYS { action.template operator()<From + Index>(); });
}

/// Calls action.operator()<Pixels>(first) for tiles of `Most` of some neighbours in a row. The last tile has
/// pixels of the one before it once more, so that nothing past the row is read or written; a row that is
/// shorter than a tile falls into smaller ones.
template <Size Most, class Action>
AQUATINT_INLINE void for_each_row_tile(Size pixels, Action&& action) {
    if constexpr (Most > 1)
        if (pixels < Most) return for_each_row_tile<Most / 2>(pixels, action);
    for (Size first = 0; first < pixels; first += Most) action.template operator()<Most>(least(first, pixels - Most));
}

/// Calls action(at) for each whole vector of `count` bytes, four together while there are; returns how many bytes those were.
template <Size VectorBytes, class Action>
AQUATINT_INLINE Size for_each_vector(Size count, Action&& action) {
    Size at = 0;
    for (; at + 4 * VectorBytes <= count; at += 4 * VectorBytes)
        unrolled<4>([&]<Size Vector>() AQUATINT_ALWAYS { action(at + Vector * VectorBytes); });
    for (; at + VectorBytes <= count; at += VectorBytes) action(at);
    return at;
}

/// Where the inputs of each pixel start, `offset` further on. One pointer at a time: GCC 12 would load and add them as a vector,
/// which waits for the stores of the caller that wrote them.
template <Size Pixels, class Number>
struct Starts {
    const Number* of[Pixels];

    template <class Source>
    AQUATINT_INLINE Starts(const Source* const* pixels, Size offset) {
        unrolled<Pixels>([&]<Size Pixel>() AQUATINT_ALWAYS {
            const Number* start = reinterpret_cast<const Number*>(pixels[Pixel]) + offset;
            asm("" : "+r"(start));
            of[Pixel] = start;
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

/// The stretches of a run: `action.operator()<From, To>(first, stop)` takes the elements from `first` to `stop`, of the
/// pixels `From` to `To`. Where elements are zero for the first or the last pixel, it is left out.
template <Size Pixels, class Action>
AQUATINT_INLINE void for_each_stretch_of_run(const Window& window, Action&& action) {
    if constexpr (Pixels == 1) {
        action.template operator()<0, 1>(0, window.run);
    } else {
        const Size begin = window.first_outside, end = window.run - window.last_outside;
        if (begin != 0) action.template operator()<1, Pixels>(0, begin);
        action.template operator()<0, Pixels>(begin, end);
        if (end != window.run) action.template operator()<0, Pixels - 1>(end, window.run);
    }
}
/// Those of all runs: `action.operator()<From, To>(starts, first, stop)`.
template <Size Pixels, class Number, class Source, class Action>
AQUATINT_INLINE void for_each_stretch(const Source* const* pixels, const Window& window, Action&& action) {
    for_each_run<Pixels, Number>(pixels, window, [&](const auto& starts) AQUATINT_ALWAYS {
        for_each_stretch_of_run<Pixels>(window, [&]<Size From, Size To>(Size first, Size stop) AQUATINT_ALWAYS {
            action.template operator()<From, To>(starts, first, stop);
        });
    });
}

/// Cuts stretches into chunks, across their borders: of at most `steps` steps of `unit` elements each.
struct Chunks {
    Size unit, steps, room = steps;

    /// `add(first, stop)` adds some elements, `flush()` empties what can hold no more. The last step may lie partly past `stop`.
    template <class Add, class Flush>
    AQUATINT_INLINE void cut(Size first, Size stop, Add&& add, Flush&& flush) {
        for (const Size end = first + round_up(stop - first, unit); first < end;) {
            const Size next = least(end, first + room * unit);
            room -= (next - first) / unit;
            add(first, next);
            first = next;
            if (room != 0) continue;
            flush();
            room = steps;
        }
    }
    template <class Flush>
    AQUATINT_INLINE void end(Flush&& flush) const {
        if (room != steps) flush();
    }
};

/// Runs in such chunks: `add(starts, first, stop)`.
template <Size Pixels, class Number, class Source, class Add, class Flush>
AQUATINT_INLINE void for_each_chunk(const Source* const* pixels, const Window& window, Size unit, Size steps, Add&& add,
                                    Flush&& flush) {
    Chunks chunks{unit, steps};
    for_each_run<Pixels, Number>(pixels, window, [&](const auto& starts) AQUATINT_ALWAYS {
        chunks.cut(0, window.run, [&](Size first, Size stop) AQUATINT_ALWAYS { add(starts, first, stop); }, flush);
    });
    chunks.end(flush);
}

}}  // namespace aquatint
