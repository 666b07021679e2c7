// SPDX-License-Identifier: BSL-1.0
// load(file, parameters): parameters copied from a file into memory that the caller owns.
#pragma once

#include <aquatint/io/view.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// From any address. Where the file is refused, nothing is copied.
template <class Net>
Error load(VectorView<const Byte> file, Parameters<Net>& parameters) {
    if (const Error problem = check_file<Net>(file)) return problem;
    copy(file.data + FileFrame::parameters, sizeof parameters, reinterpret_cast<Byte*>(&parameters));
    return {};
}
/// The same, and the example is run: this program computes what the one that wrote the file computed. Where it does not, the
/// parameters are zero. The file of a network with real inputs lies at a multiple of four.
template <class Net>
Error load(VectorView<const Byte> file, Parameters<Net>& parameters, Arena<Net>& arena) {
    Error problem = example_misplaced<Net>(file.data);
    if (!problem) problem = load(file, parameters);
    if (problem) return problem;
    problem = replay(parameters, arena, file.data);
    if (problem) fill(reinterpret_cast<Byte*>(&parameters), sizeof parameters, Byte(0));
    return problem;
}

}}  // namespace aquatint
