// SPDX-License-Identifier: BSL-1.0
// Files for the tests of interop/: made by hand, byte by byte, or real ones where they are present.
#pragma once

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <aquatint/interop/file.hpp>
#include <aquatint/interop/safetensors.hpp>

using Bytes = std::vector<unsigned char>;

/// The length of the header in front, then the header as it is, then bytes 0, 1, 2 ... as data.
inline Bytes safetensors_file(std::string_view header, std::size_t data_bytes) {
    Bytes file;
    for (unsigned i = 0; i < 8; ++i) file.push_back(static_cast<unsigned char>(std::uint64_t(header.size()) >> 8 * i));
    file.insert(file.end(), header.begin(), header.end());
    for (std::size_t i = 0; i < data_bytes; ++i) file.push_back(static_cast<unsigned char>(i));
    return file;
}

inline aquatint::Result<aquatint::Safetensors> open(const Bytes& file) { return aquatint::safetensors(file.data(), file.size()); }

/// What the reader says of such a file; empty if it accepts it.
inline std::string refusal_of(const Bytes& file) { return open(file).problem.message().c_str(); }
inline std::string refusal_of(std::string_view header, std::size_t data_bytes) {
    return refusal_of(safetensors_file(header, data_bytes));
}

/// Looks at every byte of every tensor and at every lookup: where a file was accepted, all of that has to be harmless.
inline std::size_t touch(const aquatint::Safetensors& file) {
    std::size_t sum = 0, tensors = 0;
    for (const aquatint::TensorView& tensor : file) {
        for (std::size_t i = 0; i < tensor.bytes; ++i) sum += tensor.data[i];
        CHECK(file.find(words(tensor.name))->data == tensor.data);
        ++tensors;
    }
    CHECK(tensors == file.size());
    if (const aquatint::Result<aquatint::JsonText> text = file.metadata("format")) sum += text->copy(nullptr, 0);
    return sum;
}

/// A folder of its own, gone at the end.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / ("aquatint_" + std::to_string(std::random_device()()));
    Folder() { std::filesystem::create_directories(path); }
    Folder(const Folder&) = delete;
    ~Folder() { std::filesystem::remove_all(path); }
    std::string operator/(const char* name) const { return (path / name).string(); }
    std::ptrdiff_t files() const {
        return std::distance(std::filesystem::directory_iterator(path), std::filesystem::directory_iterator());
    }
};

/// A file of the folder in the environment variable AQUATINT_DATA, else of ../shared/data; nothing if it is not there.
inline aquatint::FileBytes data_file(const std::string& name) {
    const char* folder = std::getenv("AQUATINT_DATA");
    aquatint::Result<aquatint::FileBytes> file = aquatint::map_file((folder ? folder : "../shared/data") + ("/" + name));
    if (file.problem) MESSAGE("skipped, set AQUATINT_DATA: " << file.problem.message().c_str());
    return std::move(file.value);
}
