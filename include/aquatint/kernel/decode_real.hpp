// SPDX-License-Identifier: BSL-1.0
// Packed weights of any policy to real numbers, piece by piece.
#pragma once

#include <aquatint/arch/detect.hpp>
#include <aquatint/kernel/pieces.hpp>
#include <aquatint/pack/packed_view.hpp>
#include <aquatint/policy/byte_reading.hpp>
#include <aquatint/policy/uniform.hpp>

namespace aquatint { inline namespace v0 {

/// A level is one digit, less a zero point, times a scale; groups that share a scale are whole cells.
template <class Quantizer, class Reader = typename Quantizer::Reader>
inline constexpr bool scales_digits = [] {
    if constexpr (Integral<Reader> && DigitReading<Reader>)
        return Terms<Reader>::count == 1 && !Terms<Reader>::planes && PackedShape<Quantizer>::group % cell_inputs == 0;
    else return false;
}();

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// The number that a code means; 0 for a code that the policy does not have, which memory from elsewhere may hold.
template <Policy Reader>
AQUATINT_INLINE constexpr float known_level(unsigned code, const typename Reader::Levels& levels) {
    if constexpr (Reader::codes == UInt64(1) << Reader::bits) return Reader::decode(code, levels);
    else return code < Reader::codes ? Reader::decode(code, levels) : 0.0f;
}

/// How the digits of a run of inputs become numbers for sixteen outputs. Here by Reader::decode of every code.
template <class Quantizer>
struct LevelDecoder {
    using Reader = typename Quantizer::Reader;
    using Digits = Uniform<Reader::bits, Asymmetric>;   ///< the codes as they are
    typename Reader::Levels levels[panel_outputs]{};

    constexpr void set(Size output, const typename Reader::Levels& own) { levels[output] = own; }
    AQUATINT_INLINE constexpr float decode(unsigned code, Size output) const { return known_level<Reader>(code, levels[output]); }
};
/// Few codes: a table for each output.
template <class Quantizer>
    requires(Quantizer::Reader::bits <= 5 && !scales_digits<Quantizer>)
struct LevelDecoder<Quantizer> {
    using Reader = typename Quantizer::Reader;
    using Digits = Uniform<Reader::bits, Asymmetric>;
    float levels[panel_outputs][1u << Reader::bits]{};

    constexpr void set(Size output, const typename Reader::Levels& own) {
        for (unsigned code = 0; code < Reader::codes; ++code) levels[output][code] = Reader::decode(code, own);
    }
    AQUATINT_INLINE constexpr float decode(unsigned code, Size output) const { return levels[output][code]; }
};
/// One digit: a conversion and a multiplication, which is how such policies define decode.
template <class Quantizer>
    requires scales_digits<Quantizer>
struct LevelDecoder<Quantizer> {
    using Reader = typename Quantizer::Reader;
    using Digits = Reader;
    alignas(32) Int32 zeros[panel_outputs]{};
    alignas(32) float scales[panel_outputs]{};

    constexpr void set(Size output, const typename Reader::Levels& own) {
        zeros[output] = Terms<Reader>::zero(own);
        scales[output] = own.scale;
    }
};

/// Pieces of sixteen outputs as floats [input][16]: in place for Real, else decoded to scratch.
template <class Arch, class Quantizer, Size MostCells>
struct RealDecoder {
    using Decoder = LevelDecoder<Quantizer>;
    static constexpr unsigned bits = Quantizer::Reader::bits;

    Decoder decoder{};
    alignas(64) Byte part[part_bytes(bits, MostCells)];
    alignas(64) Int8 digits[MostCells * panel_outputs * cell_inputs];
    alignas(64) float numbers[MostCells * cell_inputs * panel_outputs];

    constexpr RealDecoder() {}

    constexpr const float* decode(const PackedView<Quantizer>& weights, Size first, Size count, const Piece& piece) {
        const CellOrder order = weights.shape.order();
        const Byte* panel = weights.codes + first / panel_outputs * order.panel_bytes();
        panel = part_of_panel<bits>(panel, order, piece.first_cell(order.inputs), piece.cells(), part);
        const CellOrder own{bits, panel_outputs, {piece.rows, piece.run}};
        Chosen<DecodeDigits<typename Decoder::Digits, 0>, Arch>::run(panel, own, nullptr, digits);
        for_each_group(piece, [&](Size from, Size to) {
            for (Size output = 0; output < panel_outputs; ++output)
                decoder.set(output, weights.levels_at(first + least(output, count - 1), piece.first + from));
            for (Size row = 0; row < piece.rows; ++row)
                decode_run(digits + row * own.inputs.cells_per_segment() * panel_outputs * cell_inputs, from, to,
                           numbers + row * piece.run * panel_outputs);
        });
        return numbers;
    }

private:
    /// The inputs of a run that share levels.
    template <class Action>
    static constexpr void for_each_group(const Piece& piece, Action&& action) {
        constexpr Size group = PackedShape<Quantizer>::group == 0 ? ~Size(0) : PackedShape<Quantizer>::group;
        for (Size from = 0, to = 0; from < piece.run; from = to) {
            to = least(piece.run, from + group - (piece.first + from) % group);
            action(from, to);
        }
    }
    /// What is written past a run belongs to the next one, or to nobody.
    constexpr void decode_run(const Int8* run, Size from, Size to, float* run_numbers) const {
        if constexpr (scales_digits<Quantizer>) {
            Chosen<ScaleDigits, Arch>::run(run + from * panel_outputs, to - from, decoder.zeros, decoder.scales,
                                           run_numbers + from * panel_outputs);
        } else {
            for (Size input = from; input < to; ++input)
                for (Size output = 0; output < panel_outputs; ++output) {
                    const Int8 code = run[(input / cell_inputs * panel_outputs + output) * cell_inputs + input % cell_inputs];
                    run_numbers[input * panel_outputs + output] = decoder.decode(static_cast<Byte>(code), output);
                }
        }
    }
};

template <class Arch, class Quantizer, Size MostCells>
    requires PackedShape<Quantizer>::real
struct RealDecoder<Arch, Quantizer, MostCells> {
    static constexpr const float* decode(const PackedView<Quantizer>& weights, Size first, Size, const Piece& piece) {
        const Size input = piece.row * weights.shape.segments().run + piece.first;
        return weights.codes + first * weights.shape.columns() + input * panel_outputs;
    }
};

}}  // namespace aquatint
