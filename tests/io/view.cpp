// SPDX-License-Identifier: BSL-1.0
#include "networks.hpp"

using namespace io;

namespace {

/// A file at a multiple of 64, and room to move it.
struct Aligned {
    alignas(64) Byte bytes[saved_size<Digits> + 64];
};

}  // namespace

TEST_CASE("a view is the file itself") {
    Saved<Digits> saved;
    const auto parameters = view<Digits>(saved.file);
    REQUIRE(parameters);
    CHECK(reinterpret_cast<const Byte*>(&*parameters) == saved.file + 64);
    const float first = infer(saved.parameters, saved.arena, saved.example.elements)[0];
    CHECK(infer(*parameters, saved.arena, saved.example.elements)[0] == first);
    CHECK(&*view<Digits>({saved.file, sizeof saved.file}) == &*parameters);
    CHECK(&*view<Digits>(saved.file, saved.arena) == &*parameters);
}

TEST_CASE("a view has to be aligned") {
    Saved<Digits> saved;
    static Aligned moved;
    for (Size shift = 0; shift <= 64; ++shift) {
        std::copy(std::begin(saved.file), std::end(saved.file), moved.bytes + shift);
        const auto parameters = view<Digits>({moved.bytes + shift, sizeof saved.file});
        CHECK(bool(parameters) == (shift % 64 == 0));
        if (shift == 5)
            CHECK(parameters.problem.message() ==
                  "file: the address is not aligned: parameters are read in place here, load copies them; "
                  "expected a multiple of 64, found 5 past one");
    }
}

TEST_CASE("a view is refused for what load refuses") {
    Saved<Digits> saved;
    saved.stored();
    step_of<1>(saved.stored()).levels[1].scale = 0;
    saved.fix_checksum();
    CHECK(view<Digits>(saved.file).problem.message() == saved.refusal().c_str());
    CHECK(view<Digits>(saved.file, saved.arena).problem.rule == refusal::scale);
    CHECK(view<Learned>(saved.file).problem.rule == refusal::parameters_schema);
}

TEST_CASE("a view runs the example where it is given an arena") {
    Saved<Digits> saved;
    step_of<2>(saved.stored()).bias[0] += 1;
    saved.fix_checksum();
    CHECK(view<Digits>(saved.file));
    const auto replayed = view<Digits>(saved.file, saved.arena);
    CHECK_FALSE(replayed);
    CHECK(replayed.problem.rule == refusal::replay);
}
