// SPDX-License-Identifier: BSL-1.0
// view<Net>(file): parameters read in place, from flash, a memory map or an array. Checked, not copied.
#pragma once

#include <aquatint/io/value_check.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Nothing if the bytes are a file of this network's parameters. Any address will do; no byte is used before it is checked.
template <class Net>
constexpr Error check_file(VectorView<const Byte> file) {
    constexpr FileFrame frame = file_frame<Net>;
    if (const Error problem = check_frame(frame, file.data, file.size)) return problem;
    if (const Error problem = check_values<Net>(file.data + frame.parameters)) return problem;
    return check_example<Net>(file.data + frame.input());
}

/// Whether the example can be run where it lies: a network with real inputs reads them in place.
template <class Net>
Error example_misplaced(const Byte* file) {
    const Size rest = (reinterpret_cast<std::uintptr_t>(file) + file_frame<Net>.input()) % alignof(InputElement<Net>);
    if (rest == 0) return {};
    return refused_for(refusal::example_alignment, Particular("file"), as_number(0), as_number(rest));
}
/// Runs the example of a checked file and compares the output bit for bit.
template <class Net>
Error replay(const Parameters<Net>& parameters, Arena<Net>& arena, const Byte* file) {
    constexpr FileFrame frame = file_frame<Net>;
    if (const Error problem = example_misplaced<Net>(file)) return problem;
    const auto* const input = reinterpret_cast<const InputElement<Net>*>(file + frame.input());
    const VectorView<const float> output = infer(parameters, arena, input);
    for (Size i = 0; i < output.size; ++i) {
        const float stored = read_value<float>(file + frame.output() + i * sizeof(float));
        if (std::bit_cast<UInt32>(stored) != std::bit_cast<UInt32>(output[i]))
            return refused_for(refusal::replay, element_of("output", i), as_real(stored), as_real(output[i]));
    }
    return {};
}

/// The parameters in a file that lies at a multiple of 64 and stays there:
///
///     const auto parameters = view<Keyword>(keyword_file);   // an array, a vector, a FileBytes; or {address, size}
///     if (!parameters) return report(parameters.problem);
///     infer(*parameters, arena, frame);
template <class Net>
Result<const Parameters<Net>&> view(VectorView<const Byte> file) {
    if (const Size rest = reinterpret_cast<std::uintptr_t>(file.data) % file_alignment; rest != 0)
        return refused_for(refusal::parameters_alignment, Particular("file"), Particular("a multiple of 64"),
                           Particular().append_number(static_cast<Int64>(rest)).append(" past one"));
    if (const Error problem = check_file<Net>(file)) return problem;
    return *reinterpret_cast<const Parameters<Net>*>(file.data + FileFrame::parameters);
}
/// The same, and the example is run: this program computes what the one that wrote the file computed.
template <class Net>
Result<const Parameters<Net>&> view(VectorView<const Byte> file, Arena<Net>& arena) {
    const Result<const Parameters<Net>&> parameters = view<Net>(file);
    if (!parameters) return parameters;
    if (const Error problem = replay(*parameters, arena, file.data)) return problem;
    return parameters;
}

}}  // namespace aquatint
