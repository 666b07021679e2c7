// SPDX-License-Identifier: BSL-1.0
// Two IDX files a set, perhaps packed.
#include "mnist.hpp"

#include "gunzip.hpp"
#include "../support/refuse.hpp"

#include <algorithm>
#include <aquatint/interop/file.hpp>
#include <aquatint/interop/idx.hpp>
#include <filesystem>

namespace digits {

using namespace examples;

namespace {

using namespace aquatint;

FileBytes read(const std::string& path) {
    Result<FileBytes> file = read_file(path);
    require(file.problem);
    return std::move(file.value);
}

/// The bytes of the unpacked file, from itself or from the packed one beside it.
std::vector<Byte> unpacked(const std::string& path) {
    constexpr Size limit = Size(1) << 28;
    const std::string with_suffix = path + ".gz";
    if (std::filesystem::exists(path) || !std::filesystem::exists(with_suffix)) {
        const FileBytes file = read(path);
        return {file.data(), file.data() + file.size()};
    }
    const FileBytes file = read(with_suffix);
    try {
        return gunzip({file.data(), file.size()}, limit);
    } catch (const Refusal& refusal) {
        refuse(with_suffix + ": " + refusal.what());
    }
}

Result<TensorView> tensor(const std::vector<Byte>& file, const std::string& path) { return idx(file.data(), file.size(), path); }

/// The first `count` images, 0 for all.
Images read_set(const std::string& path, Size count) {
    const std::string image_path = path + "-images-idx3-ubyte", label_path = path + "-labels-idx1-ubyte";
    const std::vector<Byte> image_file = unpacked(image_path), label_file = unpacked(label_path);
    const Result<TensorView> pixels = tensor(image_file, image_path), labels = tensor(label_file, label_path);
    require(pixels.problem);
    require(labels.problem);
    Images images;
    images.labels.resize(labels->bytes);
    images.pixels.resize(labels->bytes * pixel_count);
    require(labels->read({labels->bytes}, images.labels.data()));
    require(pixels->read({labels->bytes, side, side}, images.pixels.data()));
    for (const Byte label : images.labels)
        if (label >= class_count) refuse(label_path + ": holds the label " + std::to_string(label));
    if (images.count() == 0) refuse(label_path + ": holds no labels");
    if (count > images.count())
        refuse(label_path + ": holds " + std::to_string(images.count()) + " labels, " + std::to_string(count) + " are asked for");
    if (count != 0) {
        images.labels.resize(count);
        images.pixels.resize(count * pixel_count);
    }
    return images;
}

}  // namespace

Task read_mnist(const std::string& folder, Size count) {
    return {"MNIST", read_set(folder + "/train", count), read_set(folder + "/t10k", 0)};
}

}  // namespace digits
