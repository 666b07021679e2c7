// SPDX-License-Identifier: BSL-1.0
// The portable order of the dot family: where the code of one weight lies, as a bijection that every processor shares.
#pragma once

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size panel_outputs = 16;   ///< outputs of a panel: two vectors of eight 32-bit lanes
inline constexpr Size cell_inputs = 4;      ///< consecutive inputs of one output, side by side in a 32-bit lane
inline constexpr Size vector_bytes = 32;

/// The inputs of one output: `segments` runs of `run` consecutive inputs. A dense layer has one segment; a convolution one per
/// kernel row, since the inputs under a kernel row are adjacent in memory. Every segment starts a new cell.
struct Segments {
    Size segments = 1;
    Size run = 0;

    constexpr Size inputs() const { return segments * run; }
    AQUATINT_INLINE constexpr Size cells_per_segment() const { return ceil_div(run, cell_inputs); }
    AQUATINT_INLINE constexpr Size cells() const { return segments * cells_per_segment(); }
};

/// A code of 3, 5, 6 or 7 bits is stored as planes of fields of 4, 2 and 1 bits, the wide ones first and lowest.
struct FieldPlanes {
    unsigned width[3]{};
    unsigned low_bit[3]{};   ///< the lowest bit of the code that the plane holds
    unsigned count = 0;

    constexpr explicit FieldPlanes(unsigned bits) {
        unsigned done = 0;
        for (unsigned field = 8; field != 0; field /= 2)
            if ((bits & field) != 0) {
                width[count] = field;
                low_bit[count++] = done;
                done += field;
            }
    }
};

/// Where a field lies: `(bytes[byte] >> shift) & ((1 << width) - 1)`.
struct FieldPlace {
    Size byte = 0;
    unsigned shift = 0;
};

/// Panels of 16 outputs; in a panel, plane after plane; in a plane of `width`-bit fields, vectors of 32 bytes:
///
///     byte vector v = 2 * cell + half    holds for outputs half*8 ... half*8+7 the four inputs of the cell:
///         byte  0    1    2    3  |  4    5 ...                31
///              o0k0 o0k1 o0k2 o0k3  o1k0 o1k1 ...            o7k3
///     packed vector v / (8/width), field v % (8/width), counted from the low bits, holds byte vector v
///
/// so that one shift and one mask turn a packed vector into the byte vector that the arithmetic wants, for every width.
/// Padding (inputs past the run, outputs past the last) is code 0.
struct CellOrder {
    unsigned bits = 8;
    Size outputs = 0;
    Segments inputs;

    constexpr Size panels() const { return ceil_div(outputs, panel_outputs); }
    AQUATINT_INLINE constexpr Size byte_vectors() const { return 2 * inputs.cells(); }
    AQUATINT_INLINE constexpr Size plane_bytes(unsigned width) const {
        return ceil_div(byte_vectors(), 8 / width) * vector_bytes;
    }
    constexpr Size panel_bytes() const {
        const FieldPlanes planes(bits);
        Size sum = 0;
        for (unsigned plane = 0; plane < planes.count; ++plane) sum += plane_bytes(planes.width[plane]);
        return sum;
    }
    constexpr Size bytes() const { return panels() * panel_bytes(); }

    constexpr FieldPlace place(unsigned plane, Size output, Size segment, Size input) const {
        const FieldPlanes planes(bits);
        Size at = output / panel_outputs * panel_bytes();
        for (unsigned before = 0; before < plane; ++before) at += plane_bytes(planes.width[before]);
        const Size lane = output % panel_outputs;
        const Size cell = segment * inputs.cells_per_segment() + input / cell_inputs;
        const Size vector = 2 * cell + lane / 8;
        const Size fields = 8 / planes.width[plane];
        return {at + vector / fields * vector_bytes + lane % 8 * cell_inputs + input % cell_inputs,
                static_cast<unsigned>(vector % fields) * planes.width[plane]};
    }

    constexpr unsigned load(const Byte* bytes, Size output, Size segment, Size input) const {
        const FieldPlanes planes(bits);
        unsigned code = 0;
        for (unsigned plane = 0; plane < planes.count; ++plane) {
            const FieldPlace field = place(plane, output, segment, input);
            const unsigned mask = (1u << planes.width[plane]) - 1;
            code |= (static_cast<unsigned>(bytes[field.byte]) >> field.shift & mask) << planes.low_bit[plane];
        }
        return code;
    }
    constexpr void store(Byte* bytes, Size output, Size segment, Size input, unsigned code) const {
        const FieldPlanes planes(bits);
        for (unsigned plane = 0; plane < planes.count; ++plane) {
            const FieldPlace field = place(plane, output, segment, input);
            const unsigned mask = (1u << planes.width[plane]) - 1;
            const unsigned cleared = static_cast<unsigned>(bytes[field.byte]) & ~(mask << field.shift);
            bytes[field.byte] = static_cast<Byte>(cleared | (code >> planes.low_bit[plane] & mask) << field.shift);
        }
    }
};

}}  // namespace aquatint::v0
