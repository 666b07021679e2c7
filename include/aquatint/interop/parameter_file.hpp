// SPDX-License-Identifier: BSL-1.0
// Parameters to a file of the system and back, in one call each.
#pragma once

#include <string>
#include <vector>

#include <aquatint/interop/file.hpp>
#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// Writes what `save` makes. The file of that name is replaced at once and only if all went well.
template <class Net>
Error save_file(const Parameters<Net>& parameters, Arena<Net>& arena, const InputElement<Net>* example, const std::string& path) {
    std::vector<Byte> bytes(saved_size<Net>);
    if (const Error problem = save(parameters, arena, example, bytes)) return problem;
    AtomicFile file(path);
    file.put(bytes.data(), bytes.size());
    return file.commit();
}

/// Reads a file, checks it and runs its example.
template <class Net>
Error load_file(const std::string& path, Parameters<Net>& parameters, Arena<Net>& arena) {
    const Result<FileBytes> file = read_file(path);
    return file ? load(*file, parameters, arena) : file.problem;
}

}}  // namespace aquatint
