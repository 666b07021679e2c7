// SPDX-License-Identifier: BSL-1.0
// Each class of malformed header, and the sentence that refuses it.
#include "files.hpp"

using namespace aquatint;

namespace {

/// The refusal of a header whose only tensor is `t` with these fields and `data_bytes` bytes of data.
std::string of_fields(std::string_view fields, std::size_t data_bytes) {
    return refusal_of("{\"t\":{" + std::string(fields) + "}}", data_bytes);
}
std::string of_tensor(std::string_view dtype, std::string_view shape, std::string_view offsets, std::size_t data_bytes) {
    std::string fields = "\"dtype\":" + std::string(dtype);
    fields.append(",\"shape\":").append(shape).append(",\"data_offsets\":").append(offsets);
    return of_fields(fields, data_bytes);
}
std::string of_name(std::string_view name) {
    return refusal_of("{\"" + std::string(name) + "\":{\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1);
}
std::string of_metadata(std::string_view value) { return refusal_of("{\"__metadata__\":" + std::string(value) + "}", 0); }

}  // namespace

TEST_CASE("what the format allows is accepted") {
    CHECK(refusal_of("{}", 0) == "");
    CHECK(refusal_of("{}   ", 0) == "");
    CHECK(of_tensor("\"F32\"", "[]", "[0,4]", 4) == "");
    CHECK(of_tensor("\"F32\"", "[0]", "[0,0]", 0) == "");
    CHECK(of_tensor("\"F32\"", "[3,0,5]", "[0,0]", 0) == "");
    CHECK(of_tensor("\"F32\"", "[1,1,1,1,1,1,1,2]", "[0,8]", 8) == "");
    CHECK(of_tensor("\"F4\"", "[3,4]", "[0,6]", 6) == "");
    CHECK(of_fields("\"data_offsets\":[0,2],\"shape\":[2],\"dtype\":\"BOOL\"", 2) == "");
    CHECK(refusal_of("{ \"t\" : { \"dtype\" : \"U8\" ,\n\t\"shape\" : [ 1 ] , \"data_offsets\" : [ 0 , 1 ] } }\r\n", 1) == "");
    for (const DtypeTraits& type : dtype_table) {
        CAPTURE(type.name);
        const std::string bytes = std::to_string(type.bits);
        CHECK(of_tensor("\"" + std::string(type.name) + "\"", "[2,4]", "[0," + bytes + "]", type.bits) == "");
    }
}

TEST_CASE("shapes: products that overflow, too many axes, bytes that are not whole") {
    const char* const overflow = "t: the shape is too large to be counted, found ";
    CHECK(of_tensor("\"F32\"", "[4398046511105,4398046511105]", "[0,4]", 4).starts_with(overflow));
    // 2^32 * 2^32 = 2^64: zero in the arithmetic of the machine
    CHECK(of_tensor("\"U8\"", "[4294967296,4294967296]", "[0,0]", 0).starts_with(overflow));
    CHECK(of_tensor("\"F64\"", "[2305843009213693952]", "[0,0]", 0).starts_with(overflow));
    CHECK(of_tensor("\"U8\"", "[0,4294967296,4294967296]", "[0,0]", 0).starts_with(overflow));
    CHECK(of_tensor("\"U8\"", "[1,1,1,1,1,1,1,1,1]", "[0,1]", 1) ==
          "t: the tensor has too many dimensions; expected at most 8, found '1],\"data_offsets' at byte 52");
    CHECK(of_tensor("\"F4\"", "[3]", "[0,1]", 1) == "t: the tensor does not fill whole bytes, found F4 [3]");
    CHECK(of_tensor("\"F6_E2M3\"", "[2,3]", "[0,5]", 5) == "t: the tensor does not fill whole bytes, found F6_E2M3 [2,3]");
}

TEST_CASE("the number of bytes follows from shape and element type") {
    CHECK(of_tensor("\"F32\"", "[2,3]", "[0,23]", 23) ==
          "t: the data is not as long as shape and element type say; expected 24, found 23");
    CHECK(of_tensor("\"F16\"", "[2,3]", "[0,24]", 24) ==
          "t: the data is not as long as shape and element type say; expected 12, found 24");
    CHECK(of_tensor("\"F32\"", "[]", "[0,0]", 0) ==
          "t: the data is not as long as shape and element type say; expected 4, found 0");
    CHECK(of_tensor("\"F32\"", "[0]", "[0,4]", 4) ==
          "t: the data is not as long as shape and element type say; expected 0, found 4");
}

TEST_CASE("offsets outside the file, reversed, negative, huge") {
    CHECK(of_tensor("\"U8\"", "[5]", "[0,5]", 4) == "t: the data lies outside the file; expected 4, found 5");
    CHECK(of_tensor("\"U8\"", "[4]", "[4,8]", 4) == "t: the data lies outside the file; expected 4, found 8");
    CHECK(of_tensor("\"U8\"", "[4]", "[4,0]", 4) == "t: the data ends before it begins; expected 4, found 0");
    CHECK(of_tensor("\"U8\"", "[4]", "[9223372036854775804,0]", 4) ==
          "t: the data ends before it begins; expected 9223372036854775804, found 0");
    CHECK(of_tensor("\"U8\"", "[4]", "[-4,0]", 4) ==
          "t: a number in the header is not a plain whole number, found '-4,0]}}' at byte 55");
    CHECK(of_tensor("\"U8\"", "[4]", "[18446744073709551612,4]", 4) ==
          "t: a number in the header is too large; expected less than 2^63, found '1844674407370955' at byte 55");
    CHECK(of_tensor("\"U8\"", "[4]", "[0]", 4) == "t: the header is not well formed; expected ',', found ']}}' at byte 56");
    CHECK(of_tensor("\"U8\"", "[4]", "[0,4,8]", 4) == "t: the header is not well formed; expected ']', found ',8]}}' at byte 58");
}

TEST_CASE("numbers that are not plain whole numbers") {
    for (const char* shape :
         {"[1.0]", "[1e0]", "[01]", "[null]", "[\"1\"]", "[true]", "[[1]]", "[{}]", "[1e400]", "[-1]", "[]]", "[1,]", "[,1]"}) {
        CAPTURE(shape);
        CHECK(of_tensor("\"U8\"", shape, "[0,1]", 1) != "");
    }
    CHECK(of_tensor("\"U8\"", "[1e400]", "[0,1]", 1) ==
          "t: a number in the header is not a plain whole number, found '1e400],\"data_off' at byte 36");
    CHECK(of_tensor("\"U8\"", "[99999999999999999999]", "[0,1]", 1) ==
          "t: a number in the header is too large; expected less than 2^63, found '9999999999999999' at byte 36");
}

TEST_CASE("names given twice, in every object") {
    const std::string tensor = "\"t\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}";
    CHECK(refusal_of("{" + tensor + "," + tensor + "}", 0) == "t: the name is given twice");
    CHECK(of_fields("\"dtype\":\"U8\",\"dtype\":\"U8\"", 0) ==
          "t: a field of the header is given twice, found 'dtype\":\"U8\"}}' at byte 28");
    CHECK(of_metadata("{\"a\":\"1\",\"b\":\"2\",\"a\":\"1\"}") == "a: the name is given twice");
    CHECK(refusal_of("{\"__metadata__\":{},\"__metadata__\":{}}", 0) == "__metadata__: the name is given twice");
}

TEST_CASE("element types and fields that the format does not have, and fields that are missing") {
    CHECK(of_tensor("\"F31\"", "[1]", "[0,4]", 4) == "t: the element type is unknown, found 'F31\",\"shape\":[1]' at byte 23");
    CHECK(of_tensor("\"f32\"", "[1]", "[0,4]", 4) == "t: the element type is unknown, found 'f32\",\"shape\":[1]' at byte 23");
    CHECK(of_tensor("\"\"", "[1]", "[0,4]", 4) == "t: the element type is unknown, found '\",\"shape\":[1],\"d' at byte 23");
    CHECK(of_fields("\"dtype\":\"U8\",\"shape\":[1]", 1) ==
          "t: a field of the header is missing; expected data_offsets, found '}' at byte 39");
    CHECK(of_fields("", 1) == "t: a field of the header is missing; expected dtype, found '}' at byte 15");
    CHECK(of_fields("\"dtype\":\"U8\",\"shape\":[1],\"data_offsets\":[0,1],\"strides\":[1]", 1) ==
          "t: the header holds a field that the format does not have, found 'strides\":[1]}}' at byte 61");
}

TEST_CASE("other JSON than the format's") {
    CHECK(refusal_of("{\"t\":1}", 0) == "t: the header is not well formed; expected '{', found '1}' at byte 13");
    CHECK(refusal_of("{\"t\":null}", 0) == "t: the header is not well formed; expected '{', found 'null}' at byte 13");
    CHECK(refusal_of("{t:1}", 0) == "the header is not well formed; expected '\"', found 't:1}' at byte 9");
    CHECK(refusal_of("{\"t\"", 0) == "the header is not well formed; expected ':', found the end of the header at byte 12");
    CHECK(refusal_of("{\"t\":{}", 0) ==
          "t: a field of the header is missing; expected dtype, found the end of the header at byte 15");
    CHECK(refusal_of("{,}", 0) == "the header is not well formed; expected '\"', found ',}' at byte 9");
    CHECK(refusal_of("{}x", 0) == "something follows the end of the header; expected spaces, found 'x' at byte 10");
    CHECK(refusal_of(std::string_view("{}\0", 3), 0) ==
          "something follows the end of the header; expected spaces, found '?' at byte 10");
    CHECK(refusal_of("{}{}", 0) == "something follows the end of the header; expected spaces, found '{}' at byte 10");
    CHECK(of_tensor("1", "[1]", "[0,1]", 1) ==
          "t: the header is not well formed; expected '\"', found '1,\"shape\":[1],\"d' at byte 22");
    CHECK(of_tensor("\"U8\"", "1", "[0,1]", 1) ==
          "t: the header is not well formed; expected '[', found '1,\"data_offsets\"' at byte 35");
}

TEST_CASE("nesting, however deep, costs nothing") {
    const std::string deep(1'000'000, '[');
    CHECK(refusal_of("{\"t\":" + deep, 0) ==
          "t: the header is not well formed; expected '{', found '[[[[[[[[[[[[[[[[' at byte 13");
    CHECK(of_tensor("\"U8\"", deep, "[0,1]", 1) ==
          "t: a number in the header is not a plain whole number, found '[[[[[[[[[[[[[[[[' at byte 36");
    CHECK(of_metadata("{\"a\":" + deep) ==
          "__metadata__: the header is not well formed; expected '\"', found '[[[[[[[[[[[[[[[[' at byte 29");
}

TEST_CASE("names that are not UTF-8, that need escapes, that are too long") {
    CHECK(of_name("caf\xC3\xA9") == "");
    CHECK(of_name("\xFF") == "a text in the header is not UTF-8, found '?\":{\"dtype\":\"U8\"' at byte 10");
    CHECK(of_name("\xC0\x80") == "a text in the header is not UTF-8, found '??\":{\"dtype\":\"U8' at byte 10");
    CHECK(of_name("\\u0074") ==
          "a name holds an escape sequence, or a character that needs one, found '\\u0074\":{\"dtype\"' at byte 10");
    CHECK(of_name("a\\ud800") ==
          "a text in the header holds an escape sequence that is none, found '\\ud800\":{\"dtype\"' at byte 11");
    CHECK(of_name(std::string_view("a\0b", 3)) ==
          "a text in the header holds a control character, found '?b\":{\"dtype\":\"U8' at byte 11");
    CHECK(of_name("a\x1b[2J") == "a text in the header holds a control character, found '?[2J\":{\"dtype\":\"' at byte 11");
    CHECK(of_name(std::string(255, 'x')) == "");
    CHECK(of_name(std::string(256, 'x')) == std::string(79, 'x') + ": the name is empty or too long; expected 255, found 256");
    CHECK(of_name("") == "the name is empty or too long; expected 255, found 0");
}

TEST_CASE("metadata is a map of strings") {
    std::string many = "{\"0\":\"\"";
    for (int i = 1; i < 16'384; ++i) many += ",\"" + std::to_string(i) + "\":\"\"";
    CHECK(of_metadata(many + "}") == "");
    CHECK(of_metadata(many + ",\"x\":\"\"}") == "__metadata__: there are too many names; expected at most 16384");
    CHECK(of_metadata("{}") == "");
    CHECK(of_metadata("{\"format\":\"pt\",\"config\":\"{\\\"nested\\\": [1, {}]}\\n\\u00e9\"}") == "");
    CHECK(of_metadata("null") == "__metadata__: the header is not well formed; expected '{', found 'null}' at byte 24");
    CHECK(of_metadata("{\"a\":1}") == "__metadata__: the header is not well formed; expected '\"', found '1}}' at byte 29");
    CHECK(of_metadata("{\"a\":{\"b\":\"c\"}}") ==
          "__metadata__: the header is not well formed; expected '\"', found '{\"b\":\"c\"}}}' at byte 29");
    CHECK(of_metadata("{\"a\":\"\xFF\"}") == "__metadata__: a text in the header is not UTF-8, found '?\"}}' at byte 30");
    CHECK(of_metadata("{\"a\":\"\\x\"}") ==
          "__metadata__: a text in the header holds an escape sequence that is none, found '\\x\"}}' at byte 30");
}
