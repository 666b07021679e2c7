// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <aquatint/interop/npy.hpp>

using namespace aquatint;

namespace {

using Bytes = std::vector<unsigned char>;

/// As numpy.save writes it, with this header and bytes 0, 1, 2 ... as data.
Bytes npy_file(std::string header, std::size_t data_bytes, unsigned version = 1) {
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    header.append(63 - (8 + length_bytes + header.size()) % 64, ' ').append("\n");
    Bytes file = {0x93, 'N', 'U', 'M', 'P', 'Y', static_cast<Byte>(version), 0};
    for (std::size_t i = 0; i < length_bytes; ++i) file.push_back(static_cast<Byte>(header.size() >> 8 * i));
    file.insert(file.end(), header.begin(), header.end());
    for (std::size_t i = 0; i < data_bytes; ++i) file.push_back(static_cast<Byte>(i));
    return file;
}
std::string refusal_of(const Bytes& file) { return npy(file.data(), file.size()).problem.message().c_str(); }
std::string of_header(const std::string& header, std::size_t data_bytes) { return refusal_of(npy_file(header, data_bytes)); }
std::string of_shape(const std::string& shape, std::size_t data_bytes) {
    return of_header("{'descr': '|u1', 'fortran_order': False, 'shape': " + shape + ", }", data_bytes);
}

const std::string good = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }";

}  // namespace

TEST_CASE("an array of every version and element type is read") {
    struct {
        const char* name;
        Dtype dtype;
    } const types[] = {{"<f4", Dtype::f32}, {"|u1", Dtype::u8}, {"|i1", Dtype::i8}, {"<i4", Dtype::i32}, {"<i8", Dtype::i64}};
    for (unsigned version = 1; version <= 3; ++version)
        for (const auto& type : types) {
            const std::string header = "{'descr': '" + std::string(type.name) + "', 'fortran_order': False, 'shape': (2, 3), }";
            const std::size_t data_bytes = 6 * traits(type.dtype).bits / 8;
            const Bytes bytes = npy_file(header, data_bytes, version);
            const Result<TensorView> array = npy(bytes.data(), bytes.size(), "image");
            REQUIRE(array.problem.message() == "");
            CHECK(array->dtype == type.dtype);
            CHECK(array->shape == Extents{2, 3});
            CHECK(array->bytes == data_bytes);
            CHECK(array->data[1] == 1);
            CHECK(array->name == "image");
        }
    const Bytes bytes = npy_file(good, 24);
    float values[6];
    CHECK_FALSE(npy(bytes.data(), bytes.size())->read({2, 3}, values));
    CHECK(std::bit_cast<UInt32>(values[5]) == 0x17161514u);
    CHECK(npy(bytes.data(), bytes.size(), "image")->read({6}, values).message() ==
          "image: the shape differs; expected [6], found [2,3]");
}

TEST_CASE("shapes are tuples of Python") {
    CHECK(of_shape("()", 1) == "");
    CHECK(of_shape("(3,)", 3) == "");
    CHECK(of_shape("(3, 0)", 0) == "");
    CHECK(of_shape("(1,2,3,)", 6) == "");
    CHECK(of_shape("(1, 1, 1, 1, 1, 1, 1, 1)", 1) == "");
    CHECK(of_shape("(1, 1, 1, 1, 1, 1, 1, 1, 1)", 1) ==
          "array: the tensor has too many dimensions; expected at most 8, found '1), }' at byte 85");
    CHECK(of_shape("(3)", 3) == "array: the header is not well formed; expected ',', found '), }' at byte 62");
    CHECK(of_shape("(,)", 1) == "array: a number in the header is not a plain whole number, found ',), }' at byte 61");
    CHECK(of_shape("3", 3) != "");
    CHECK(of_shape("(3L,)", 3) != "");
    CHECK(of_shape("(-1,)", 3) == "array: a number in the header is not a plain whole number, found '-1,), }' at byte 61");
    CHECK(of_shape("((3,),)", 3) != "");
    CHECK(of_shape("(4294967296, 4294967296)", 0).starts_with("array: the shape is too large to be counted"));
}

TEST_CASE("every other array is refused by the rule that it breaks") {
    CHECK(of_header("{'descr': '>f4', 'fortran_order': False, 'shape': (2, 3), }", 24) ==
          "array: the element type is unknown; expected <f4, |u1, |i1, <i4 or <i8, found '>f4', 'fortran_o' at byte 21");
    for (const char* type : {"<f8", "|O", "<U4", "|b1", "<c8", "=f4", "f4", "", "<f2", "<i2"})
        CHECK(of_header("{'descr': '" + std::string(type) + "', 'fortran_order': False, 'shape': (2, 3), }", 24)
                  .find("element type") != std::string::npos);
    CHECK(of_header("{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (2, 3), }", 24) != "");
    CHECK(of_header("{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), }", 24) ==
          "array: the values are in Fortran order; expected False, found 'True, 'shape': (' at byte 44");
    CHECK(of_header("{'descr': '<f4', 'fortran_order': 0, 'shape': (2, 3), }", 24) ==
          "array: the header is not well formed; expected False, found '0, 'shape': (2,' at byte 44");
    CHECK(of_header("{'descr': '<f4', 'shape': (2, 3), }", 24)
              .find("array: a field of the header is missing; expected fortran_order") == 0);
    CHECK(of_header("{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), }", 24)
              .find("array: a field of the header is given twice") == 0);
    CHECK(of_header("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3), 'x': 1}", 24)
              .find("array: the header holds a field that the format does not have") == 0);
    CHECK(of_header(good + "x", 24).find("array: something follows the end of the header") == 0);
    CHECK(of_header(good, 23) == "array: the data is not as long as shape and element type say; expected 24, found 23");
    CHECK(of_header(good, 25) == "array: the data is not as long as shape and element type say; expected 24, found 25");
    Bytes bytes = npy_file(good, 24);
    bytes[0] = 'N';
    CHECK(refusal_of(bytes) == "array: the file does not begin with the signature of the format");
    bytes = npy_file(good, 24, 4);
    CHECK(refusal_of(bytes) == "array: the version of the format is unknown; expected 1, found 4");
    bytes = npy_file(good, 24);
    bytes[9] = 0xFF;
    CHECK(refusal_of(bytes).find("array: the header is longer than the file") == 0);
    CHECK(npy(nullptr, 0).problem.message() == "array: the file is too short to hold a header; expected 10, found 0");
}

TEST_CASE("every truncation is refused, every change of one byte of the header is refused or harmless") {
    for (const unsigned version : {1u, 2u}) {
        Bytes bytes = npy_file(good, 24, version);
        for (std::size_t size = 0; size < bytes.size(); ++size)
            REQUIRE(refusal_of(Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size))) != "");
        std::size_t accepted = 0, sum = 0;
        for (std::size_t place = 0; place < bytes.size() - 24; ++place)
            for (unsigned change = 1; change < 256; ++change) {
                bytes[place] = static_cast<Byte>(bytes[place] ^ change);
                if (const Result<TensorView> array = npy(bytes.data(), bytes.size())) {
                    ++accepted;
                    for (std::size_t i = 0; i < array->bytes; ++i) sum += array->data[i];
                }
                bytes[place] = static_cast<Byte>(bytes[place] ^ change);
            }
        CHECK(accepted > 0);   // another 4-byte type, other white space
        CHECK(accepted < 300);
        CHECK(sum > 0);
    }
}
