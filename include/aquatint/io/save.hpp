// SPDX-License-Identifier: BSL-1.0
// save(parameters, arena, example, file): parameters and an example, as a file in memory that the caller owns.
#pragma once

#include <aquatint/io/view.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// The sections as they are, and zero between them whatever stood there: equal parameters are equal files.
template <class Net>
void write_sections(const Parameters<Net>& parameters, Byte* to) {
    const Byte* from = reinterpret_cast<const Byte*>(&parameters);
    for (Size i = 0; i < layout<Net>.count; ++i) {
        const Section& section = layout<Net>.sections[i];
        copy(from + section.offset, section.bytes, to + section.offset);
    }
}

/// Writes saved_size<Net> bytes. `example` is one input as infer takes it; the network's answer to it is stored, and compared
/// whenever the file is loaded: one that stirs many weights is a good one. Parameters that load would refuse are refused here;
/// the file then begins with zeros.
template <class Net>
Error save(const Parameters<Net>& parameters, Arena<Net>& arena, const InputElement<Net>* example, VectorView<Byte> file) {
    constexpr FileFrame frame = file_frame<Net>;
    if (file.size < frame.bytes())
        return refused_for(refusal::parameters_room, Particular("file"), as_number(frame.bytes()), as_number(file.size));
    fill(file.data, frame.bytes(), Byte(0));
    write_sections(parameters, file.data + frame.parameters);
    if (const Error problem = check_values<Net>(file.data + frame.parameters)) return problem;
    copy(reinterpret_cast<const Byte*>(example), frame.input_bytes, file.data + frame.input());
    if (const Error problem = check_example<Net>(file.data + frame.input())) return problem;
    const VectorView<const float> output = infer(parameters, arena, example);
    for (Size i = 0; i < output.size; ++i) {
        if (!is_finite(output[i])) return refused_for(refusal::example_output, element_of("output", i), {}, as_real(output[i]));
        write_little_endian(std::bit_cast<UInt32>(output[i]), file.data + frame.output() + i * sizeof(float));
    }
    write_header(frame, file.data);
    return {};
}

}}  // namespace aquatint
