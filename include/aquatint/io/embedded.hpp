// SPDX-License-Identifier: BSL-1.0
// embedded<Net, file>(): the parameters in a file that is part of the program. Checked by the compiler, free at run time.
#pragma once

#include <aquatint/io/format.hpp>

namespace aquatint { inline namespace v0 {

template <UInt64 Expected, UInt64 Found>
struct EmbeddedSchema {
    static_assert(Expected == Found,
                  "aquatint: this array holds the parameters of another network, or of another version of this one");
    static constexpr bool told = true;
};
template <Size Expected, Size Found>
struct EmbeddedSize {
    static_assert(Expected == Found, "aquatint: this array is not a whole file of parameters");
    static constexpr bool told = true;
};

/// What the header of an array says, in a constant expression; 0 where it is not a file of parameters.
template <Size Bytes>
constexpr UInt64 embedded_schema(const Byte (&file)[Bytes]) {
    for (Size i = 0; i < version_offset; ++i)
        if (file[i] != static_cast<Byte>(file_signature[i])) return 0;
    if (read_little_endian<UInt32>(file + version_offset) != file_version) return 0;
    return read_little_endian<UInt64>(file + schema_offset);
}

/// The compiler compares size and schema; everything else was checked when the header was written, and the array is as constant
/// as code. `File` is a constexpr array in a namespace, declared with alignas(64), as export_header writes it. (Else the program
/// stops here; in portable mode nobody looks.)
///
///     const Parameters<Keyword>& weights = embedded<Keyword, keyword_file>();
template <class Net, const auto& File>
const Parameters<Net>& embedded() {
    static_assert(EmbeddedSize<saved_size<Net>, sizeof(File)>::told);
    static_assert(EmbeddedSchema<file_frame<Net>.schema, embedded_schema(File)>::told);
#if !AQUATINT_PORTABLE
    // No compiler tells the alignment of an array in a constant expression. Where it was declared, this is not even an
    // instruction.
    if (reinterpret_cast<std::uintptr_t>(&File[0]) % file_alignment != 0) __builtin_trap();
#endif
    return *reinterpret_cast<const Parameters<Net>*>(&File[0] + FileFrame::parameters);
}

}}  // namespace aquatint::v0
