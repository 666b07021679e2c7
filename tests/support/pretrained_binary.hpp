// SPDX-License-Identifier: BSL-1.0
// AdaBin's pretrained network and the first test images of CIFAR-10, from AQUATINT_DATA or ../shared/data, where they are.
#pragma once

#include "../../examples/cifar10/adabin.hpp"

#include <aquatint/interop/file.hpp>
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace support {

using namespace aquatint;

struct PretrainedBinary {
    FloatModel model;
    std::vector<Byte> pixels;   ///< [images][32][32][3]
    std::vector<Byte> labels;

    const Byte* operator[](Size image) const { return pixels.data() + image * 3072; }
};

/// Nothing, said plainly, where the files are not.
inline std::optional<PretrainedBinary> pretrained_binary(Size images) {
    const char* named = std::getenv("AQUATINT_DATA");
    const std::string folder = named != nullptr ? named : "../shared/data";
    const std::string weights = folder + "/resnet20_binary_adabin/resnet20_1w1a.safetensors",
                      pictures = folder + "/cifar10/test.bin";
    if (!std::filesystem::exists(weights) || !std::filesystem::exists(pictures)) {
        MESSAGE("skipped: no " << weights << " (set AQUATINT_DATA)");
        return {};
    }
    const auto file = read_file(weights), records = read_file(pictures);
    REQUIRE(file);
    REQUIRE(records);
    REQUIRE(records->size() >= images * 3073);
    const auto tensors = safetensors(file->data(), file->size());
    REQUIRE(tensors);
    PretrainedBinary found;
    REQUIRE(!cifar10::AdaBinReader(*tensors).read(found.model));
    for (Size i = 0; i < images; ++i) {
        const Byte* record = records->data() + i * 3073;
        found.labels.push_back(record[0]);
        for (Size k = 0; k < 1024; ++k)
            for (Size c = 0; c < 3; ++c) found.pixels.push_back(record[1 + c * 1024 + k]);
    }
    return found;
}

}  // namespace support
