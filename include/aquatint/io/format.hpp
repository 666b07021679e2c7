// SPDX-License-Identifier: BSL-1.0
// The file format of parameters: a frame of known size around the very bytes of Parameters<Net>.
#pragma once

#include <aquatint/base/little_endian.hpp>
#include <aquatint/base/view.hpp>
#include <aquatint/io/particulars.hpp>
#include <aquatint/io/refusals.hpp>
#include <aquatint/network/infer.hpp>

namespace aquatint { inline namespace v0 {

static_assert(std::endian::native == std::endian::little, "aquatint: parameters are little-endian, on disk as in memory");

// Numbers are little-endian. Every size follows from the network's type: readers compare, they never use what a file says.
//
//     byte  0  12 characters  "aquatint" CR LF SUB LF, so that a transfer as text is noticed
//          12  UInt32         version of the format: 1
//          16  UInt64         schema<Net>.hash
//          24  UInt64         bytes of the file
//          32  UInt64         bytes of the parameters
//          40  UInt64         bytes of the example's input
//          48  UInt64         bytes of the example's output
//          56  UInt64         checksum: Hash over all 64-bit words of the file in order, this one left out
//          64  Parameters<Net>, zero between its sections
//              zero up to a multiple of 64
//              the example's input, as infer takes it: bytes or floats
//              zero up to a multiple of 64
//              the example's output: floats that infer gave, to be given again bit for bit
//              zero, at least one byte, up to a multiple of 64
//
// Every byte is either under a rule of its own or zero, so that equal networks are equal files. The zero at the end lets a string
// literal hold a file.
inline constexpr char file_signature[13] = "aquatint\r\n\x1a\n";
inline constexpr UInt32 file_version = 1;
inline constexpr Size file_alignment = 64;

/// What the type of a network says about its file.
struct FileFrame {
    UInt64 schema = 0;
    Size parameter_bytes = 0, input_bytes = 0, output_bytes = 0;

    static constexpr Size parameters = file_alignment;
    constexpr Size input() const { return round_up(parameters + parameter_bytes, file_alignment); }
    constexpr Size output() const { return round_up(input() + input_bytes, file_alignment); }
    constexpr Size bytes() const { return round_up(output() + output_bytes + 1, file_alignment); }
};
template <class Net>
inline constexpr FileFrame file_frame{schema<Net>.hash, sizeof(Parameters<Net>),
                                      Net::input_shape.elements() * sizeof(InputElement<Net>),
                                      Net::graph.values[Net::graph.output].shape.elements() * sizeof(float)};
/// Bytes of a file of this network's parameters.
template <class Net>
inline constexpr Size saved_size = file_frame<Net>.bytes();

/// One number of the header, where it stands and what it has to be.
struct HeaderField {
    const char* name;
    Size offset;
    UInt64 value;
};
struct HeaderSizes {
    HeaderField fields[4];
};
constexpr HeaderSizes header_sizes(const FileFrame& frame) {
    return {{{"bytes of the file", 24, frame.bytes()},
             {"bytes of the parameters", 32, frame.parameter_bytes},
             {"bytes of the example's input", 40, frame.input_bytes},
             {"bytes of the example's output", 48, frame.output_bytes}}};
}
inline constexpr Size version_offset = 12, schema_offset = 16, checksum_offset = 56;

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// `size` is a multiple of 8 and covers the header.
constexpr UInt64 file_checksum(const Byte* file, Size size) {
    Hash hash;
    for (Size at = 0; at < size; at += 8)
        if (at != checksum_offset) hash.add(read_little_endian<UInt64>(file + at));
    return hash.state;
}
constexpr void write_header(const FileFrame& frame, Byte* file) {
    for (Size i = 0; i < version_offset; ++i) file[i] = static_cast<Byte>(file_signature[i]);
    write_little_endian(file_version, file + version_offset);
    write_little_endian(frame.schema, file + schema_offset);
    for (const HeaderField& field : header_sizes(frame).fields) write_little_endian(field.value, file + field.offset);
    write_little_endian(file_checksum(file, frame.bytes()), file + checksum_offset);
}

/// Every byte of a range is zero, or the error names the first that is not, by its place in the file.
constexpr Error check_zero(const Byte* file, Size begin, Size end) {
    for (Size i = begin; i < end; ++i)
        if (file[i] != 0)
            return refused_for(refusal::parameters_padding, element_of("byte", i), as_number(0), as_number(file[i]));
    return {};
}
/// Everything but what stands in parameters and example.
constexpr Error check_frame(const FileFrame& frame, const Byte* file, Size size) {
    constexpr Particular file_itself("file");
    if (size < FileFrame::parameters)
        return refused_for(refusal::parameters_short, file_itself, as_number(frame.bytes()), as_number(size));
    for (Size i = 0; i < version_offset; ++i)
        if (file[i] != static_cast<Byte>(file_signature[i])) return error(refusal::parameters_foreign, "file");
    const UInt32 version = read_little_endian<UInt32>(file + version_offset);
    if (version != file_version)
        return refused_for(refusal::parameters_version, file_itself, as_number(file_version), as_number(version));
    const UInt64 own_schema = read_little_endian<UInt64>(file + schema_offset);
    if (own_schema != frame.schema)
        return refused_for(refusal::parameters_schema, file_itself, as_hexadecimal(frame.schema), as_hexadecimal(own_schema));
    for (const HeaderField& field : header_sizes(frame).fields)
        if (const UInt64 found = read_little_endian<UInt64>(file + field.offset); found != field.value)
            return refused_for(refusal::parameters_size, Particular(field.name), as_number(field.value), as_number(found));
    if (size != frame.bytes())
        return refused_for(refusal::parameters_size, file_itself, as_number(frame.bytes()), as_number(size));
    const UInt64 stored = read_little_endian<UInt64>(file + checksum_offset);
    if (const UInt64 found = file_checksum(file, size); found != stored)
        return refused_for(refusal::parameters_checksum, file_itself, as_hexadecimal(stored), as_hexadecimal(found));
    if (const Error problem = check_zero(file, FileFrame::parameters + frame.parameter_bytes, frame.input())) return problem;
    if (const Error problem = check_zero(file, frame.input() + frame.input_bytes, frame.output())) return problem;
    return check_zero(file, frame.output() + frame.output_bytes, size);
}

}}  // namespace aquatint
