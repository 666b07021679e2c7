// SPDX-License-Identifier: BSL-1.0
// Reads .npy files, the arrays of NumPy, from bytes that somebody else owns: the five plain element types, in C order.
#pragma once

#include <cstring>

#include <aquatint/interop/scanner.hpp>

namespace aquatint { inline namespace v0 {

/// The frame of a .npy file: where its header lies.
struct NpyFrame {
    static constexpr std::string_view signature = "\x93NUMPY";
    Size header_begin = 0;
    Size header_bytes = 0;

    /// Signature, major and minor version, then the length of the header: 2 bytes in version 1, 4 in versions 2 and 3.
    Error read(const Byte* bytes, Size size) {
        constexpr Size version_end = signature.size() + 2;
        if (size < version_end + 2) return refused(refusal::short_file, "", version_end + 2, size);
        if (std::memcmp(bytes, signature.data(), signature.size()) != 0) return error(refusal::signature);
        const Byte major = bytes[version_end - 2], minor = bytes[version_end - 1];
        if (major < 1 || major > 3 || minor != 0) return refused(refusal::version, "", 1, major);
        header_begin = version_end + (major == 1 ? 2 : 4);
        if (size < header_begin) return refused(refusal::short_file, "", header_begin, size);
        const Byte* length = bytes + version_end;
        header_bytes = major == 1 ? read_little_endian<UInt16>(length) : read_little_endian<UInt32>(length);
        const Size left = size - header_begin;
        return header_bytes <= left ? Error() : refused(refusal::header_cut, "", left, header_bytes);
    }
};

/// The header: a Python dictionary, `{'descr': '<f4', 'fortran_order': False, 'shape': (16, 3), }`, then spaces and a newline.
struct NpyHeader {
    Dtype dtype = Dtype::f32;
    Extents shape;

    void read(Scanner& text) {
        unsigned seen = 0;
        text.expect('{');
        for (bool first = true; text.another_or_comma('}', first); first = false) {
            switch (text.field(fields, seen, '\'')) {
            case 0: read_dtype(text); break;
            case 1: read_order(text); break;
            case 2: read_shape(text); break;
            default: break;
            }
        }
        text.expect_fields(fields, seen);
        text.expect_end();
    }

private:
    static constexpr std::string_view fields[] = {"descr", "fortran_order", "shape"};

    void read_dtype(Scanner& text) {
        constexpr std::string_view names[] = {"<f4", "|u1", "|i1", "<i4", "<i8"};
        constexpr Dtype types[] = {Dtype::f32, Dtype::u8, Dtype::i8, Dtype::i32, Dtype::i64};
        const std::string_view description = text.name('\'');
        Size index = 0;
        while (index < 5 && names[index] != description) ++index;
        if (index < 5) dtype = types[index];
        else if (!text.broken()) text.fail_at(description, refusal::unknown_type, "<f4, |u1, |i1, <i4 or <i8");
    }
    static void read_order(Scanner& text) {
        if (text.accept("False")) return;
        text.fail(text.rest.starts_with("True") ? refusal::fortran_order : refusal::malformed, "False");
    }
    void read_shape(Scanner& text) {
        text.expect('(');
        while (!text.broken() && !text.accept(")")) {
            text.append_extent(shape);
            if (text.accept(",")) continue;
            if (shape.rank == 1) text.fail(refusal::malformed, "','");   // in Python, (3) is a number and (3,) a shape
            text.expect(')');
            return;
        }
    }
};

/// Checks a whole file, `size` bytes at `bytes`, and gives a view of its array, under a name for messages.
/// Format: https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html, versions 1 to 3.
inline Result<TensorView> npy(const void* bytes, Size size, std::string_view name = "array") {
    const auto* first = static_cast<const Byte*>(bytes);
    const auto refuse = [&](Error e) {
        e.tensor = refused("", name).tensor;
        return e;
    };
    NpyFrame frame;
    if (const Error e = frame.read(first, size)) return refuse(e);
    Scanner text({reinterpret_cast<const char*>(first) + frame.header_begin, frame.header_bytes}, frame.header_begin);
    NpyHeader header;
    header.read(text);
    if (text.broken()) return text.problem(name);
    TensorView array{Text<255>(), header.dtype, header.shape, first + frame.header_begin + frame.header_bytes, 0};
    array.name.append_untrusted(name.data(), name.size());
    if (const char* rule = header.shape.count_bytes(traits(header.dtype).bits, array.bytes)) return refused(rule, name);
    const Size left = size - frame.header_begin - frame.header_bytes;
    if (left != array.bytes) return refused(refusal::data_length, name, array.bytes, left);
    return array;
}

}}  // namespace aquatint::v0
