// SPDX-License-Identifier: BSL-1.0
// Finds and reads the binary version of CIFAR-10, in either layout of folders.
#include "dataset.hpp"

#include "../support/refuse.hpp"

#include <aquatint/interop/cifar10.hpp>
#include <aquatint/interop/file.hpp>
#include <filesystem>

namespace cifar10 {

using namespace examples;

DataFiles find_data(const std::string& folder) {
    const std::string places[] = {"/cifar10/", "/cifar-10-batches-bin/", "/"};
    const DataFiles names[] = {{"train_1.bin", "test.bin"}, {"data_batch_1.bin", "test_batch.bin"}};
    for (const std::string& place : places)
        for (const auto& [train, test] : names) {
            const DataFiles files{folder + place + train, folder + place + test};
            if (std::filesystem::exists(files.test) && std::filesystem::exists(files.train)) return files;
        }
    return {};
}

Pictures read_pictures(const std::string& path, Size count) {
    const Result<FileBytes> bytes = map_file(path);
    require(bytes.problem);
    const Result<Cifar10> file = aquatint::cifar10(bytes->data(), bytes->size());
    require(file.problem, path);
    if (count == 0) count = file->size();
    if (count > file->size())
        refuse(path + ": holds " + std::to_string(file->size()) + " images, " + std::to_string(count) + " are asked for");

    Pictures pictures{std::vector<Byte>(count * picture_bytes), std::vector<Byte>(count)};
    for (Size i = 0; i < count; ++i) {
        pictures.labels[i] = static_cast<Byte>(file->label(i));
        file->interleave(i, pictures.pixels.data() + i * picture_bytes);
    }
    return pictures;
}

}  // namespace cifar10
