// SPDX-License-Identifier: BSL-1.0
#include <limits>

#include "networks.hpp"

using namespace io;

TEST_CASE("equal parameters are equal files, whatever stands between the sections") {
    for_each_network([]<class Net>() {
        static Saved<Net> saved;
        static Parameters<Net> other;
        std::memset(static_cast<void*>(&other), 0x5a, sizeof other);
        for (Size i = 0; i < layout<Net>.count; ++i) {
            const Section& section = layout<Net>.sections[i];
            std::memcpy(reinterpret_cast<char*>(&other) + section.offset,
                        reinterpret_cast<const char*>(&saved.parameters) + section.offset, section.bytes);
        }
        alignas(64) static Byte file[saved_size<Net>];
        CHECK_FALSE(save(other, saved.arena, saved.example.elements, file));
        CHECK(std::memcmp(file, saved.file, sizeof file) == 0);
    });
}

TEST_CASE("what load would refuse is not saved, and no file is left behind") {
    Saved<Digits> saved;
    step_of<1>(saved.parameters).levels[2].scale = -std::numeric_limits<float>::infinity();
    const Error problem = save(saved.parameters, saved.arena, saved.example.elements, saved.file);
    CHECK(problem.message() ==
          "step 1 dense/1 levels[2]: the scale is not a usable number; expected a magnitude from 2^-100 to 2^100, "
          "found -infinity");
    CHECK(saved.refusal() == "file: this is not a file of parameters");
}

TEST_CASE("the memory has to hold the file; more is left alone") {
    Saved<Digits> saved;
    std::vector<Byte> file(saved_size<Digits> + 3, Byte(0xee));
    CHECK(save(saved.parameters, saved.arena, saved.example.elements, {file.data(), saved_size<Digits> - 1}).message() ==
          "file: the memory is too small for the file; expected 704, found 703");
    CHECK(file[0] == 0xee);
    CHECK_FALSE(save(saved.parameters, saved.arena, saved.example.elements, file));
    CHECK(file[saved_size<Digits>] == 0xee);
    CHECK(std::memcmp(file.data(), saved.file, saved_size<Digits>) == 0);
}

TEST_CASE("an example without a finite answer is refused") {
    struct Plain : Network<Input<Vector<2>>, GlobalAverage> {};
    Saved<Plain> saved;
    const float example[2] = {1, std::numeric_limits<float>::infinity()};
    const Error problem = save(saved.parameters, saved.arena, example, saved.file);
    CHECK(problem.rule == refusal::example_output);
    CHECK(problem.message() == "output[1]: the network's answer to the example is not a number, found infinity");
}
