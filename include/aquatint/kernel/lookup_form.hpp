// SPDX-License-Identifier: BSL-1.0
// Which pairs of policies are multiplied by tables, and how their bits meet in them.
#pragma once

#include <aquatint/kernel/window.hpp>
#include <aquatint/pack/nibbles.hpp>
#include <aquatint/policy/byte_reading.hpp>

namespace aquatint { inline namespace v0 {

/// Codes of one bit that are read as -1 and +1.
template <class Reader>
constexpr bool codes_are_signs() {
    if constexpr (DigitReading<Reader> && ByteReading<Reader>)
        return Reader::codes == 2 && !Terms<Reader>::planes && Terms<Reader>::digit(0, 0) == -1 &&
               Terms<Reader>::digit(1, 0) == 1;
    else return false;
}

/// Weights as bits that index tables: one plane of signs, times one number; or level = sum of coefficient * bit over one or two
/// planes; or so many planes of signs, each times a learned number.
struct PlaneWeights {
    unsigned planes = 0;   ///< 0: they are none of these
    bool signs = false;
    bool learned = false;
    int coefficients[2]{};
};
template <DigitReading Weight>
constexpr PlaneWeights plane_weights() {
    using Digits = Terms<Weight>;
    if (Weight::bits > 2 || Digits::has_zero || Digits::has_offset) return {};
    if (codes_are_signs<Weight>()) return {1, true, false, {1}};
    if (Digits::planes) {
        for (unsigned code = 0; code < Weight::codes; ++code)
            for (unsigned plane = 0; plane < Weight::bits; ++plane)
                if (Digits::digit(code, plane) != ((code >> plane & 1u) != 0 ? 1 : -1)) return {};
        return {Weight::bits, true, true, {}};
    }
    PlaneWeights bits{Weight::bits, false, false, {Digits::digit(1, 0), Weight::bits == 2 ? Digits::digit(2, 0) : 0}};
    if (Digits::digit(0, 0) != 0 || largest_digit<Weight> > LookupSums::largest_coefficient) return {};
    if (Weight::codes == 4 && Digits::digit(3, 0) != bits.coefficients[0] + bits.coefficients[1]) return {};
    return bits;
}

/// How a product is looked up.
struct LookupForm {
    enum class Inputs {
        none,      ///< it is not
        signs,     ///< -1 and +1 times signs; bytes 0 and 2, and padding that is neither
        few,       ///< bytes 0 ... 3 times any bits but learned ones
        learned,   ///< sums of two learned numbers times planes of learned ones
    };
    Inputs inputs = Inputs::none;
    PlaneWeights weights;
    unsigned largest_byte = 0;

    constexpr bool exists() const { return inputs != Inputs::none; }
    /// Of an input as tables take it, all bits that it can have: what it lacks of that is carried nowhere.
    constexpr unsigned largest_input() const { return inputs == Inputs::few && largest_byte > 1 ? 3 : 1; }
    constexpr unsigned largest_entry() const { return group_inputs * largest_input(); }
    /// Panels whose sums of four pixels fit the registers.
    constexpr Size most_panels() const {
        return inputs == Inputs::learned ? 1 : LookupSums::most_panels / weights.planes;
    }
    /// Pixels whose sums of one panel fit them.
    constexpr Size most_pixels() const { return inputs == Inputs::learned ? tile_pixels : 2 * tile_pixels; }
    /// How often a table must be read, by taps, panels or neighbours, to be worth making: where the dot family becomes slower.
    /// Measured in products of 576 inputs; learned numbers win with one panel, since the dot
    /// family has operands of 16 bits for them.
    constexpr Size least_uses() const {
        return inputs == Inputs::learned ? 1 : inputs == Inputs::signs ? 4 : 2 * weights.planes;
    }
    /// Of a plane in LookupTile: entries of signs count differences, so each takes away what it would have added.
    constexpr Int8 coefficient(Size plane) const {
        const int own = weights.coefficients[plane];
        return static_cast<Int8>(inputs == Inputs::signs ? -2 : weights.signs ? -own : own);
    }
    /// Whether what lies outside of an image, where bytes are `zero`, may be left out: signs are neither there, once sums begin
    /// with as many less; of others, where a zero has nothing in common with any weight.
    constexpr bool zero_adds_nothing(Int32 zero) const {
        return inputs == Inputs::signs || (!weights.signs && zero == 0);
    }
};
template <Policy Weight, Policy InputReader>
constexpr LookupForm lookup_form() {
    using Inputs = LookupForm::Inputs;
    if constexpr (DigitReading<Weight> && ByteReading<InputReader>) {
        constexpr PlaneWeights weights = plane_weights<Weight>();
        constexpr unsigned largest = ByteLevels<InputReader>::highest_byte;
        if (codes_are_signs<Weight>() && codes_are_signs<InputReader>()) return {Inputs::signs, weights, 2};
        if (weights.planes == 0 || SignReading<Weight> || SignReading<InputReader>) return {};
        if (weights.learned && Terms<InputReader>::planes && InputReader::bits == 2) return {Inputs::learned, weights, 255};
        if (!weights.learned && ByteLevels<InputReader>::contiguous && largest <= 3) return {Inputs::few, weights, largest};
    }
    return {};
}

/// What an input is worth to a weight, twice. Signs are bytes 0 and 2: they are worth 1 where they differ, and a half where no
/// input is, a byte of 1, since padding of signs cannot be zero: so it adds nothing to a sum of signs times signs. Learned
/// numbers count either of their bits. Others are worth themselves where the weight is 1; or, where weights are signs, what they
/// lack of `largest`, and themselves where it is 0.
template <LookupForm::Inputs Inputs, bool Signs, unsigned Largest>
constexpr unsigned two_shares(unsigned input, unsigned weight) {
    if (Inputs == LookupForm::Inputs::signs) return input == 1 ? 1 : 2 * (input / 2 ^ weight);
    if (Inputs == LookupForm::Inputs::learned) return 2 * ((input & 1u) ^ weight) + 32 * (input / 2 ^ weight);
    if (Signs) return 2 * (weight != 0 ? input ^ Largest : input);
    return 2 * input * weight;
}
template <LookupForm::Inputs Inputs, bool Signs, unsigned Largest>
inline constexpr LookupTables tables_of_inputs = make_tables([](unsigned inputs, unsigned weights) {
    unsigned twice = 0;
    for (unsigned i = 0; i < group_inputs; ++i)
        twice += two_shares<Inputs, Signs, Largest>(inputs >> 2 * i & 3u, weights >> i & 1u);
    return twice / 2;
});
template <LookupForm Form>
inline constexpr const LookupTables& lookup_tables = tables_of_inputs<Form.inputs, Form.weights.signs, Form.largest_input()>;

}}  // namespace aquatint::v0
