// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <aquatint/interop/export_header.hpp>
#include <aquatint/layer/layers.hpp>

using namespace aquatint;

namespace {

/// What a compiler makes of lines of string literals; octal escapes are all there is.
Bytes compiled(const std::string& lines) {
    Bytes bytes;
    bool inside = false;
    for (Size i = 0; i < lines.size(); ++i) {
        if (lines[i] == '"') inside = !inside;
        else if (inside && lines[i] == '\\') {
            unsigned byte = 0, digits = 0;
            while (digits < 3 && lines[i + 1] >= '0' && lines[i + 1] <= '7') {
                byte = byte * 8 + static_cast<unsigned>(lines[++i] - '0');
                ++digits;
            }
            CHECK(digits > 0);
            bytes.push_back(static_cast<unsigned char>(byte));
        } else if (inside) {
            CHECK(lines[i] != '?');
            bytes.push_back(static_cast<unsigned char>(lines[i]));
        } else {
            CHECK((lines[i] == ' ' || lines[i] == '\n'));
        }
    }
    return bytes;
}

}  // namespace

TEST_CASE("every pair of bytes survives a string literal") {
    Bytes bytes;
    for (unsigned first = 0; first < 256; ++first)
        for (unsigned second = 0; second < 256; ++second) {
            bytes.push_back(static_cast<unsigned char>(first));
            bytes.push_back(static_cast<unsigned char>(second));
        }
    const std::string lines = literal_lines(bytes);
    CHECK(compiled(lines) == bytes);
    for (Size begin = 0; begin < lines.size(); begin = lines.find('\n', begin) + 1) {
        const Size end = std::min(lines.find('\n', begin), lines.size());
        CHECK(end - begin <= 130);
        if (end == lines.size()) break;
    }
}

TEST_CASE("an array has a name that compilers take, and that cannot break out of the header") {
    for (const char* name : {"a", "keyword_file", "Net2"}) CHECK(is_array_name(name));
    for (const char* name : {"", "2net", "a b", "a[1]; int b", "_a", "a__b", "\xc3\xa4"}) CHECK_FALSE(is_array_name(name));
    struct Tiny : Network<Input<Vector<1>>, Dense<1>> {};
    Parameters<Tiny> parameters{};
    Arena<Tiny> arena;
    const float example[1] = {1};
    const Folder folder;
    CHECK(export_header(parameters, arena, example, folder / "x.hpp", "x; y").message() ==
          "x; y: this is not a name that an array can have");
    CHECK(folder.files() == 0);
    CHECK(export_header(parameters, arena, example, folder / "x.hpp", "x").message() == "");
    CHECK(folder.files() == 1);
}
