// SPDX-License-Identifier: BSL-1.0
// Reads IDX files, the format of MNIST, from bytes that somebody else owns: tensors of bytes, signed or not.
#pragma once

#include <aquatint/interop/tensor.hpp>

namespace aquatint { inline namespace v0 {

/// The header of an IDX file: two zero bytes, the element type, the rank, then that many
/// extents of four bytes, the highest first.
struct IdxHeader {
    Dtype dtype = Dtype::u8;
    Extents shape;
    Size bytes = 0;   ///< of the header

    /// A broken rule, what was expected and what was found; the name of the tensor is left to the caller.
    Error read(const Byte* file, Size size) {
        constexpr Size fixed = 4, each = 4;
        if (size < fixed) return refused(refusal::short_file, "", fixed, size);
        if (file[0] == 0x1F && file[1] == 0x8B) return refused(refusal::signature, "", "two zero bytes", "a file packed by gzip");
        if (file[0] != 0 || file[1] != 0) return error(refusal::signature);
        // Elements of several bytes stand the highest first, and a TensorView has no such elements.
        if (file[2] != unsigned_bytes && file[2] != signed_bytes) {
            Error e = refused(refusal::unknown_type, "", "8 (unsigned bytes) or 9 (signed bytes)", "");
            e.found.append_number(static_cast<Int64>(file[2]));
            return e;
        }
        dtype = file[2] == unsigned_bytes ? Dtype::u8 : Dtype::i8;
        const Size rank = file[3];
        if (rank > Extents::most_axes) return refused(refusal::rank, "", Extents::most_axes, rank);
        bytes = fixed + each * rank;
        if (size < bytes) return refused(refusal::short_file, "", bytes, size);
        for (Size axis = 0; axis < rank; ++axis) shape.append(read_extent(file + fixed + each * axis));
        return {};
    }

private:
    static constexpr Byte unsigned_bytes = 0x08, signed_bytes = 0x09;

    static Size read_extent(const Byte* from) {
        return static_cast<Size>(UInt32(from[0]) << 24 | UInt32(from[1]) << 16 | UInt32(from[2]) << 8 | UInt32(from[3]));
    }
};

/// Checks a whole file, `size` bytes at `file`, and gives a view of its tensor, under a name for messages.
/// Format: the page of Y. LeCun, C. Cortes and C. Burges, "The MNIST database of handwritten digits".
inline Result<TensorView> idx(const void* file, Size size, std::string_view name = "array") {
    const auto* first = static_cast<const Byte*>(file);
    IdxHeader header;
    if (Error e = header.read(first, size)) {
        e.tensor = refused("", name).tensor;
        return e;
    }
    TensorView array{Text<255>(), header.dtype, header.shape, first + header.bytes, 0};
    array.name.append_untrusted(name.data(), name.size());
    if (const char* rule = header.shape.count_bytes(traits(header.dtype).bits, array.bytes)) return refused(rule, name);
    const Size left = size - header.bytes;
    if (left != array.bytes) return refused(refusal::data_length, name, array.bytes, left);
    return array;
}

}}  // namespace aquatint::v0
