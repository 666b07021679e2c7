// SPDX-License-Identifier: BSL-1.0
// The sentences with which the readers and writers of foreign tensor files refuse, in one place, to be read as prose.
#pragma once

#include <string_view>

#include <aquatint/base/error.hpp>

namespace aquatint { inline namespace v0 {

namespace refusal {

// The text of a header, whatever its format.
inline constexpr char malformed[] = "the header is not well formed";
inline constexpr char not_whole[] = "a number in the header is not a plain whole number";
inline constexpr char too_large[] = "a number in the header is too large";
inline constexpr char not_utf8[] = "a text in the header is not UTF-8";
inline constexpr char control_character[] = "a text in the header holds a control character";
inline constexpr char bad_escape[] = "a text in the header holds an escape sequence that is none";
inline constexpr char escaped_name[] = "a name holds an escape sequence, or a character that needs one";
inline constexpr char unknown_field[] = "the header holds a field that the format does not have";
inline constexpr char field_twice[] = "a field of the header is given twice";
inline constexpr char field_missing[] = "a field of the header is missing";

// The frame of the file.
inline constexpr char short_file[] = "the file is too short to hold a header";
inline constexpr char header_limit[] = "the header is longer than the format allows";
inline constexpr char header_cut[] = "the header is longer than the file";
inline constexpr char header_start[] = "the header does not begin with '{'";
inline constexpr char after_header[] = "something follows the end of the header";
inline constexpr char signature[] = "the file does not begin with the signature of the format";
inline constexpr char version[] = "the version of the format is unknown";
inline constexpr char too_many[] = "there are too many names";
inline constexpr char name_length[] = "the name is empty or too long";
inline constexpr char name_reserved[] = "the name is reserved by the format";
inline constexpr char name_twice[] = "the name is given twice";

// One tensor.
inline constexpr char unknown_type[] = "the element type is unknown";
inline constexpr char rank[] = "the tensor has too many dimensions";
inline constexpr char shape_overflow[] = "the shape is too large to be counted";
inline constexpr char partial_byte[] = "the tensor does not fill whole bytes";
inline constexpr char reversed[] = "the data ends before it begins";
inline constexpr char outside[] = "the data lies outside the file";
inline constexpr char data_length[] = "the data is not as long as shape and element type say";
inline constexpr char fortran_order[] = "the values are in Fortran order";
inline constexpr char no_data[] = "the tensor has no data";

// Records of pictures.
inline constexpr char whole_records[] = "the file is not made of whole records";
inline constexpr char label[] = "a label is none of the classes";

// All tensors together.
inline constexpr char overlap[] = "the data overlaps that of another tensor";
inline constexpr char hole[] = "the bytes before the data belong to no tensor";
inline constexpr char trailing[] = "the last bytes of the file belong to no tensor";

// What the reader of a valid file asked for.
inline constexpr char missing[] = "the file holds no tensor of this name";
inline constexpr char extra[] = "the file holds a tensor that nobody asked for";
inline constexpr char no_metadata[] = "the metadata has no such key";
inline constexpr char type_differs[] = "the element type differs";
inline constexpr char shape_differs[] = "the shape differs";
inline constexpr char not_finite[] = "a value is not finite";

// The file system.
inline constexpr char cannot_open[] = "the file cannot be opened";
inline constexpr char not_a_file[] = "this is not a file";
inline constexpr char cannot_read[] = "the file cannot be read";
inline constexpr char cannot_write[] = "the file cannot be written";
inline constexpr char no_memory[] = "there is not enough memory";
inline constexpr char no_room[] = "the memory is too small for the file";

}  // namespace refusal

/// About a tensor whose name comes from a file or from a user: it may hold anything.
constexpr Error refused(const char* rule, std::string_view name) {
    Error e = error(rule);
    e.tensor.append_untrusted(name.data(), name.size());
    return e;
}
constexpr Error refused(const char* rule, std::string_view name, const char* expected, const char* found) {
    Error e = refused(rule, name);
    e.expected.append(expected);
    e.found.append(found);
    return e;
}
constexpr Error refused(const char* rule, std::string_view name, UInt64 expected, UInt64 found) {
    Error e = refused(rule, name);
    e.expected.append_number(static_cast<Int64>(expected));
    e.found.append_number(static_cast<Int64>(found));
    return e;
}

}}  // namespace aquatint::v0
