// SPDX-License-Identifier: BSL-1.0
// Writes a program from a row: its type from the sources of this program, its weights from the run.
#include "take.hpp"

#include "trained.hpp"

#include "../support/refuse.hpp"
#include "../support/write_file.hpp"

#include <aquatint/interop/export_header.hpp>
#include <filesystem>
#include <string_view>

namespace cifar10 {

using namespace examples;

namespace {

constexpr std::string_view main_source = R"(// Says what a picture shows: 32 x 32 pixels as bytes red, green, blue, which end the file; so a PPM will do.
#include "network.hpp"
#include "weights.hpp"

#include <aquatint/io/embedded.hpp>
#include <cstdio>

using namespace cifar10;

int main(int count, char** words) {
    static const char* const names[] = {"airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"};
    static unsigned char picture[32 * 32 * 3];
    static Arena<Classifier> arena;
    std::FILE* const file = count == 2 ? std::fopen(words[1], "rb") : nullptr;
    if (!file || std::fseek(file, -3072, SEEK_END) != 0 || std::fread(picture, 1, 3072, file) != 3072) return 1;
    std::puts(names[argmax(infer(embedded<Classifier, weights>(), arena, picture))]);
}
)";

/// What follows `using Network = ` in the row's entry of precisions.hpp, or, where it was
/// trained, in the network's of learned.hpp.
std::string type_of(const std::string& name) {
    const bool trained = name.ends_with(trained_suffix);
    const std::string_view source = trained ? learned_source : precisions_source;
    constexpr std::string_view before = "using Network = ";
    const std::string own = trained ? name.substr(0, name.size() - trained_suffix.size()) : name;
    const std::size_t entry = source.find("name = \"" + own + "\"");
    const std::size_t type = source.find(before, entry);
    if (entry == source.npos || type == source.npos) refuse(name + ": its type is not written where --take looks for it");
    const std::size_t from = type + before.size();
    return std::string(source.substr(from, source.find(';', from) - from));
}

std::string network_source(const std::string& name) {
    const std::string type = type_of(name);
    const bool binary = std::string_view(binary_resnet20_source).find("struct " + type) != std::string_view::npos;
    std::string source = binary ? binary_resnet20_source : resnet20_source;
    return source.insert(source.rfind("}  // namespace cifar10"), "/// " + name + "\nusing Classifier = " + type + ";\n\n");
}

std::string ppm(const Byte* picture) {
    return "P6\n32 32\n255\n" + std::string(reinterpret_cast<const char*>(picture), picture_bytes);
}

}  // namespace

void make_folder(const std::string& folder) {
    std::error_code problem;
    std::filesystem::create_directories(folder, problem);
    if (problem) refuse(folder + ": " + problem.message());
    if (!std::filesystem::is_empty(folder, problem) || problem)
        refuse(folder + ": --take writes to a new or empty folder, and this one is neither");
}

std::string take(const Row& row, const Pictures& pictures, const std::string& folder) {
    write_file(folder + "/network.hpp", network_source(row.facts().name));
    const std::vector<Byte> file = row.file(pictures[0]);
    write_file(folder + "/weights.hpp", header_text(file, "weights"));
    write_file(folder + "/main.cpp", std::string(main_source));
    write_file(folder + "/picture.ppm", ppm(pictures[0]));
    return "cd " + folder + "\ng++ -std=c++20 -O3 -march=native -I " + include_folder +
           " main.cpp -o classify\n./classify picture.ppm\n";
}

}  // namespace cifar10
