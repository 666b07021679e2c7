// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <aquatint/interop/idx.hpp>

#include <initializer_list>

using namespace aquatint;

namespace {

/// A file of that type and shape with bytes 0, 1, 2 ... as data.
Bytes idx_file(Byte type, std::initializer_list<UInt32> shape, std::size_t data_bytes) {
    Bytes file{0, 0, type, static_cast<Byte>(shape.size())};
    for (const UInt32 extent : shape)
        for (unsigned shift = 32; shift > 0; shift -= 8) file.push_back(static_cast<Byte>(extent >> (shift - 8)));
    for (std::size_t i = 0; i < data_bytes; ++i) file.push_back(static_cast<Byte>(i));
    return file;
}
std::string refusal_of_idx(const Bytes& file) { return idx(file.data(), file.size(), "images").problem.message().c_str(); }

}  // namespace

TEST_CASE("bytes of either sign are read, in every rank") {
    const Bytes file = idx_file(8, {2, 3, 4}, 24);
    const Result<TensorView> images = idx(file.data(), file.size(), "images");
    REQUIRE(images.problem.message() == "");
    CHECK(images->name == "images");
    CHECK(images->dtype == Dtype::u8);
    CHECK(images->shape == Extents{2, 3, 4});
    CHECK(images->bytes == 24);
    CHECK(images->data == file.data() + 16);
    Byte values[24];
    REQUIRE_FALSE(images->read({2, 3, 4}, values));
    CHECK(values[23] == 23);
    CHECK(images->read({24}, values).message() == "images: the shape differs; expected [24], found [2,3,4]");

    const Bytes negative = idx_file(9, {300}, 300);
    signed char numbers[300];
    REQUIRE_FALSE(idx(negative.data(), negative.size())->read({300}, numbers));
    CHECK(numbers[255] == -1);

    CHECK(refusal_of_idx(idx_file(8, {}, 1)) == "");
    CHECK(refusal_of_idx(idx_file(8, {0, 4294967295u, 2}, 0)) == "");
    CHECK(refusal_of_idx(idx_file(8, {1, 1, 1, 1, 1, 1, 1, 2}, 2)) == "");
}

TEST_CASE("every other file is refused by the rule that it breaks") {
    CHECK(refusal_of_idx({}) == "images: the file is too short to hold a header; expected 4, found 0");
    CHECK(refusal_of_idx({0, 0, 8, 3, 0, 0}) == "images: the file is too short to hold a header; expected 16, found 6");
    CHECK(refusal_of_idx({0, 1, 8, 1, 0, 0, 0, 0}) == "images: the file does not begin with the signature of the format");
    CHECK(
        refusal_of_idx({0x1F, 0x8B, 8, 0}) ==
        "images: the file does not begin with the signature of the format; expected two zero bytes, found a file packed by gzip");
    for (const int type : {0, 7, 10, 11, 12, 13, 14, 255})
        CHECK(refusal_of_idx(idx_file(static_cast<Byte>(type), {2}, 2)) ==
              "images: the element type is unknown; expected 8 (unsigned bytes) or 9 (signed bytes), found " +
                  std::to_string(type));
    CHECK(refusal_of_idx(idx_file(8, {1, 1, 1, 1, 1, 1, 1, 1, 1}, 1)) ==
          "images: the tensor has too many dimensions; expected 8, found 9");
    CHECK(refusal_of_idx(idx_file(8, {4294967295u, 4294967295u, 4294967295u}, 100)) ==
          "images: the shape is too large to be counted");
    CHECK(refusal_of_idx(idx_file(8, {0, 4294967295u, 4294967295u, 4294967295u}, 0)) ==
          "images: the shape is too large to be counted");
    CHECK(refusal_of_idx(idx_file(8, {4294967295u}, 7)) ==
          "images: the data is not as long as shape and element type say; expected 4294967295, found 7");
    CHECK(refusal_of_idx(idx_file(8, {2, 3}, 5)) ==
          "images: the data is not as long as shape and element type say; expected 6, found 5");
    CHECK(refusal_of_idx(idx_file(8, {2, 3}, 7)) ==
          "images: the data is not as long as shape and element type say; expected 6, found 7");
}

TEST_CASE("every truncation is refused, every change of one byte of the header is refused or harmless") {
    Bytes file = idx_file(8, {2, 3, 4}, 24);
    for (std::size_t size = 0; size < file.size(); ++size)
        REQUIRE(refusal_of_idx(Bytes(file.begin(), file.begin() + static_cast<std::ptrdiff_t>(size))) != "");
    std::size_t accepted = 0, sum = 0;
    for (std::size_t place = 0; place < 16; ++place)
        for (unsigned change = 1; change < 256; ++change) {
            file[place] = static_cast<Byte>(file[place] ^ change);
            if (const Result<TensorView> array = idx(file.data(), file.size())) {
                ++accepted;
                for (std::size_t i = 0; i < array->bytes; ++i) sum += array->data[i];
            }
            file[place] = static_cast<Byte>(file[place] ^ change);
        }
    CHECK(accepted == 1);   // signed bytes
    CHECK(sum == 23 * 24 / 2);
}

TEST_CASE("the test images of MNIST, where they are present") {
    const FileBytes images = data_file("mnist/t10k-images-idx3-ubyte"), labels = data_file("mnist/t10k-labels-idx1-ubyte");
    if (images.size() == 0 || labels.size() == 0) return;
    const Result<TensorView> pixels = idx(images.data(), images.size(), "images"),
                             classes = idx(labels.data(), labels.size(), "labels");
    REQUIRE(pixels.problem.message() == "");
    REQUIRE(classes.problem.message() == "");
    CHECK(pixels->shape == Extents{10000, 28, 28});
    CHECK(classes->shape == Extents{10000});
    CHECK(classes->data[0] == 7);   // as the page of the database shows it
}
