// SPDX-License-Identifier: BSL-1.0
#include <cstring>

#include "../support/random_parameters.hpp"
#include "files.hpp"

#include <aquatint/interop/parameter_file.hpp>
#include <aquatint/layer/layers.hpp>

using namespace aquatint;

namespace {

struct Small : Network<Input<Vector<3>, Uniform<8>>, Quantized<Precision<Uniform<4>, Uniform<8>>, Dense<5>, Relu>, Dense<2>> {};

struct Fixture {
    Folder folder;
    Parameters<Small> parameters, loaded{};
    Arena<Small> arena;
    support::RandomInput<Small> example{1};
    std::string path = folder / "small.aquatint";

    Fixture() { support::random_parameters(parameters, 1); }
    Error save() { return save_file(parameters, arena, example.elements, path); }
    bool same() const {
        return std::memcmp(static_cast<const void*>(&parameters), static_cast<const void*>(&loaded), sizeof loaded) == 0;
    }
};

}  // namespace

TEST_CASE("what is saved to a file is loaded, and viewed in a map of it") {
    Fixture small;
    CHECK(small.save().message() == "");
    CHECK(small.folder.files() == 1);
    CHECK(load_file(small.path, small.loaded, small.arena).message() == "");
    CHECK(small.same());
    const Result<FileBytes> file = map_file(small.path);
    CHECK(file.value.size() == saved_size<Small>);
    const auto viewed = view<Small>(*file, small.arena);
    REQUIRE(viewed);
    CHECK(reinterpret_cast<const Byte*>(&*viewed) == file->data() + 64);
}

TEST_CASE("a file that cannot be saved leaves the old one as it is") {
    Fixture small;
    CHECK_FALSE(small.save());
    step_of<1>(small.parameters).levels[0].scale = 0;
    CHECK(std::string(small.save().rule) == refusal::scale);
    CHECK_FALSE(load_file(small.path, small.loaded, small.arena));
    CHECK(small.folder.files() == 1);
    small.path = small.folder / "missing/small.aquatint";
    step_of<1>(small.parameters).levels[0].scale = 1;
    CHECK(std::string(small.save().rule) == refusal::cannot_write);
    CHECK(std::string(load_file(small.path, small.loaded, small.arena).rule) == refusal::cannot_open);
}
