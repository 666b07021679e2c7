// SPDX-License-Identifier: BSL-1.0
// Refused: the sentence that was promised
// Named: Wrong<7>
// Planted: the right sentence about something else.
template <int Number>
struct Wrong {
    static_assert(Number < 0, "the sentence that was promised");
};
#ifdef MISTAKE
template struct Wrong<8>;
#endif
