// SPDX-License-Identifier: BSL-1.0
// Packed weights from an untrusted source: every code is one that the policy has, and padding is zero.
#pragma once

#include <aquatint/io/level_check.hpp>
#include <aquatint/pack/cells.hpp>
#include <aquatint/pack/real_order.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Where packed codes break a rule: at a weight, or in the padding.
struct CodeFault {
    bool found = false;
    bool padding = false;
    Size output = 0;
    unsigned code = 0;
};

/// Where the planes of one panel hold the codes of one byte vector.
struct VectorFields {
    FieldPlanes planes;
    const Byte* bytes[3]{};
    unsigned shift[3]{};

    constexpr VectorFields(const CellOrder& order, const Byte* panel, Size vector) : planes(order.bits) {
        for (unsigned plane = 0; plane < planes.count; ++plane) {
            const unsigned width = planes.width[plane];
            bytes[plane] = panel + vector / (8 / width) * vector_bytes;
            shift[plane] = static_cast<unsigned>(vector % (8 / width)) * width;
            panel += order.plane_bytes(width);
        }
    }
    constexpr unsigned code(Size at) const {
        unsigned code = 0;
        for (unsigned plane = 0; plane < planes.count; ++plane) {
            const unsigned mask = (1u << planes.width[plane]) - 1;
            code |= (static_cast<unsigned>(bytes[plane][at]) >> shift[plane] & mask) << planes.low_bit[plane];
        }
        return code;
    }
    /// Where this is the last vector of the panel: what lies above it in the bytes that it shares.
    constexpr bool rest_is_zero() const {
        for (unsigned plane = 0; plane < planes.count; ++plane)
            for (Size at = 0; at < vector_bytes; ++at)
                if (bytes[plane][at] >> (shift[plane] + planes.width[plane]) != 0) return false;
        return true;
    }
};

/// Codes of one part. Vectors of eight outputs by four inputs are skipped where there is neither padding nor a code that is none.
constexpr CodeFault find_code_fault(const Byte* packed, const CellOrder& order, UInt64 codes) {
    const Segments& inputs = order.inputs;
    const bool all_codes = codes == UInt64(1) << order.bits;
    for (Size panel = 0; panel < order.panels(); ++panel) {
        const Byte* start = packed + panel * order.panel_bytes();
        for (Size vector = 0; vector < order.byte_vectors(); ++vector) {
            const Size first_output = panel * panel_outputs + vector % 2 * 8;
            const Size first_input = vector / 2 % inputs.cells_per_segment() * cell_inputs;
            if (all_codes && first_output + 8 <= order.outputs && first_input + cell_inputs <= inputs.run) continue;
            const VectorFields fields(order, start, vector);
            for (Size at = 0; at < vector_bytes; ++at) {
                const Size output = first_output + at / cell_inputs;
                const bool padding = output >= order.outputs || first_input + at % cell_inputs >= inputs.run;
                const unsigned code = fields.code(at);
                if (padding ? code != 0 : code >= codes) return {true, padding, output, code};
            }
        }
        if (!VectorFields(order, start, order.byte_vectors() - 1).rest_is_zero()) return {true, true, 0, 0};
    }
    return {};
}

template <Policy Weight>
constexpr Error check_codes(const Byte* packed, Size bytes, const ProductPlan& plan, const NetworkPlace& place) {
    const CellOrder order{Weight::bits, plan.part_outputs(), plan.segments()};
    for (Size part = 0; part < plan.parts(); ++part) {
        const CodeFault fault = find_code_fault(packed + part * order.bytes(), order, Weight::codes);
        if (!fault.found) continue;
        if (fault.padding) return error(refusal::parameters_padding, place.text().c_str());
        return refused_for(refusal::code, place.element(part * plan.part_outputs() + fault.output),
                           Particular("less than ").append_number(static_cast<Int64>(Weight::codes)), as_number(fault.code));
    }
    for (Size i = plan.parts() * order.bytes(); i < bytes; ++i)
        if (packed[i] != 0) return error(refusal::parameters_padding, place.text().c_str());
    return {};
}

constexpr Error check_finite(const Byte* floats, Size count, const NetworkPlace& place) {
    for (Size i = 0; i < count; ++i)
        if (const float number = read_value<float>(floats + i * sizeof(float)); !is_finite(number))
            return refused_for(refusal::real_not_finite, place.element(i), {}, as_real(number));
    return {};
}

/// Weights in full precision: finite, and zero behind the last output of a part.
constexpr Error check_real_weights(const Byte* floats, Size bytes, const ProductPlan& plan, const NetworkPlace& place) {
    if (const Error problem = check_finite(floats, bytes / sizeof(float), place)) return problem;
    const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
    for (Size part = 0; part < plan.parts(); ++part)
        for (Size input = 0; input < order.inputs; ++input)
            for (Size output = order.outputs; output < order.panels() * panel_outputs; ++output)
                if (read_value<UInt32>(floats + (part * order.floats() + order.place(output, input)) * sizeof(float)) != 0)
                    return error(refusal::parameters_padding, place.text().c_str());
    return {};
}

}}  // namespace aquatint
