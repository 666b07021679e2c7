// SPDX-License-Identifier: BSL-1.0
// The images of CIFAR-10: bytes as the network reads them, and what they show.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/interop/cifar10.hpp>
#include <string>
#include <vector>

namespace cifar10 {

using namespace aquatint;

inline constexpr Size picture_side = Cifar10::side;
inline constexpr Size picture_bytes = Cifar10::picture_bytes;
inline constexpr Size class_count = Cifar10::classes;
inline constexpr const char* class_names[class_count] = {"airplane", "automobile", "bird", "cat", "deer",
                                                         "dog", "frog", "horse", "ship", "truck"};

struct Pictures {
    std::vector<Byte> pixels;   ///< [pictures][32 rows][32 columns][red, green, blue]
    std::vector<Byte> labels;

    Size count() const { return labels.size(); }
    const Byte* operator[](Size index) const { return pixels.data() + index * picture_bytes; }
    MatrixView<const Byte> rows() const { return {pixels.data(), count(), picture_bytes}; }
};

/// Where the files of the two sets lie; both empty if they do not.
struct DataFiles {
    std::string train, test;

    explicit operator bool() const { return !test.empty(); }
};

/// Knows `cifar10/train_1.bin` and `test.bin`, and the official `cifar-10-batches-bin/data_batch_1.bin` and `test_batch.bin`; the
/// folder may also be named itself.
DataFiles find_data(const std::string& folder);

/// The first `count` pictures (0: all) of such a file.
Pictures read_pictures(const std::string& path, Size count);

}  // namespace cifar10
