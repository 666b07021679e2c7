// SPDX-License-Identifier: BSL-1.0
// Reads the binary version of CIFAR-10, in either layout of folders.
#include "dataset.hpp"

#include "../support/refuse.hpp"

#include <aquatint/interop/file.hpp>
#include <filesystem>

namespace cifar10 {

using namespace examples;

namespace {

constexpr Size plane_bytes = picture_side * picture_side;
constexpr Size record_bytes = 1 + picture_bytes;

void interleave(const Byte* planes, Byte* pixels) {
    for (Size pixel = 0; pixel < plane_bytes; ++pixel)
        for (Size color = 0; color < 3; ++color) pixels[pixel * 3 + color] = planes[color * plane_bytes + pixel];
}

}  // namespace

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
    const Result<FileBytes> file = map_file(path);
    require(file.problem);
    const Size there = file->size() / record_bytes;
    if (there == 0 || file->size() % record_bytes != 0)
        refuse(path + ": records of CIFAR-10 take " + std::to_string(record_bytes) + " bytes each, and this file has " +
               std::to_string(file->size()) + " bytes");
    if (count == 0) count = there;
    if (count > there) refuse(path + ": holds " + std::to_string(there) + " images, " + std::to_string(count) + " are asked for");

    Pictures pictures{std::vector<Byte>(count * picture_bytes), std::vector<Byte>(count)};
    for (Size i = 0; i < count; ++i) {
        const Byte* const record = file->data() + i * record_bytes;
        if (record[0] >= class_count)
            refuse(path + ": record " + std::to_string(i) + " has the label " + std::to_string(record[0]) + ", they go to 9");
        pictures.labels[i] = record[0];
        interleave(record + 1, pictures.pixels.data() + i * picture_bytes);
    }
    return pictures;
}

}  // namespace cifar10
