// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <aquatint/interop/cifar10.hpp>

using namespace aquatint;

namespace {

/// Records with these labels; byte i of picture n is i * 7 + n.
Bytes cifar10_file(const Bytes& labels) {
    Bytes file;
    for (std::size_t n = 0; n < labels.size(); ++n) {
        file.push_back(labels[n]);
        for (std::size_t i = 0; i < Cifar10::picture_bytes; ++i) file.push_back(static_cast<Byte>(i * 7 + n));
    }
    return file;
}
std::string refusal_of_cifar10(const Bytes& file) { return cifar10(file.data(), file.size(), "batch").problem.message().c_str(); }

}  // namespace

TEST_CASE("records are read as they lie, and with the colors of a pixel side by side") {
    const Bytes file = cifar10_file({3, 0, 9});
    const Result<Cifar10> pictures = cifar10(file.data(), file.size());
    REQUIRE(pictures.problem.message() == "");
    REQUIRE(pictures->size() == 3);
    CHECK(pictures->label(0) == 3);
    CHECK(pictures->label(2) == 9);
    CHECK(pictures->planes(1) == file.data() + 3073 + 1);
    Bytes pixels(Cifar10::picture_bytes);
    pictures->interleave(2, pixels.data());
    for (std::size_t pixel = 0; pixel < 1024; ++pixel)
        for (std::size_t color = 0; color < 3; ++color)
            REQUIRE(pixels[pixel * 3 + color] == static_cast<Byte>((color * 1024 + pixel) * 7 + 2));
}

TEST_CASE("files of pictures that are none are refused by the rule that they break") {
    CHECK(refusal_of_cifar10({}) == "batch: the file is not made of whole records; expected 3073, found 0");
    CHECK(refusal_of_cifar10({1, 2, 3}) == "batch: the file is not made of whole records; expected 3073, found 3");
    CHECK(refusal_of_cifar10(cifar10_file({1, 10})) == "batch: a label is none of the classes; expected 9, found 10 in record 1");
    CHECK(refusal_of_cifar10(cifar10_file({255})) == "batch: a label is none of the classes; expected 9, found 255 in record 0");
    const Bytes whole = cifar10_file({1, 2});
    for (const std::size_t size : {3072u, 3074u, 6145u}) {
        const std::string said = refusal_of_cifar10(Bytes(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)));
        CHECK(said == "batch: the file is not made of whole records; expected " + std::string(size < 3073 ? "3073" : "6146") +
                          ", found " + std::to_string(size));
    }
    Bytes more = whole;
    more.push_back(0);
    CHECK(refusal_of_cifar10(more) == "batch: the file is not made of whole records; expected 9219, found 6147");
}

TEST_CASE("the test images of CIFAR-10, where they are present") {
    const FileBytes file = data_file("cifar10/test.bin");
    if (file.size() == 0) return;
    const Result<Cifar10> pictures = cifar10(file.data(), file.size());
    REQUIRE(pictures.problem.message() == "");
    CHECK(pictures->size() == 10000);
    std::size_t of_class[Cifar10::classes]{};
    for (std::size_t i = 0; i < pictures->size(); ++i) ++of_class[pictures->label(i)];
    for (const std::size_t count : of_class) CHECK(count == 1000);
}
