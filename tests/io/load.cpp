// SPDX-License-Identifier: BSL-1.0
#include "networks.hpp"

using namespace io;

namespace {

/// An integer layer whose sums are the outputs: every weight of an input that is not zero counts.
struct Sums : Network<Input<Vector<5>, Uniform<8>>, Quantized<In<Uniform<3>>, Dense<3>>> {};

template <class Net>
bool same_bytes(const Parameters<Net>& a, const Parameters<Net>& b) {
    return std::memcmp(static_cast<const void*>(&a), static_cast<const void*>(&b), sizeof a) == 0;
}

}  // namespace

TEST_CASE("what was saved is loaded: the same bytes, and the same file again") {
    for_each_network([]<class Net>() {
        for (UInt64 seed = 1; seed < 6; ++seed) {
            static Saved<Net> saved(seed), again(seed);
            static Parameters<Net> loaded;
            std::memset(static_cast<void*>(&loaded), 0xa5, sizeof loaded);
            CHECK(load(saved.file, loaded, saved.arena).message() == "");
            CHECK(same_bytes(loaded, saved.parameters));
            alignas(64) static Byte file[saved_size<Net>];
            CHECK_FALSE(save(loaded, saved.arena, saved.example.elements, file));
            CHECK(std::memcmp(file, saved.file, sizeof file) == 0);
        }
    });
}

TEST_CASE("any address will do; only real inputs that are run in place have to be aligned") {
    for_each_network([]<class Net>() {
        static Saved<Net> saved;
        std::vector<Byte> shifted(sizeof saved.file + 1);
        std::copy(std::begin(saved.file), std::end(saved.file), shifted.begin() + 1);
        const VectorView<const Byte> odd(shifted.data() + 1, sizeof saved.file);
        static Parameters<Net> loaded;
        CHECK_FALSE(load(odd, loaded));
        CHECK(same_bytes(loaded, saved.parameters));
        std::memset(static_cast<void*>(&loaded), 0, sizeof loaded);
        const Error replayed = load(odd, loaded, saved.arena);
        if constexpr (std::is_same_v<InputElement<Net>, float>) {
            const std::vector<Byte> untouched(sizeof loaded);
            CHECK(replayed.rule == refusal::example_alignment);
            CHECK(std::memcmp(&loaded, untouched.data(), sizeof loaded) == 0);
        } else {
            CHECK_FALSE(replayed);
        }
    });
}

TEST_CASE("nothing is copied from a file that is refused") {
    static Saved<Wide> saved;
    static Parameters<Wide> loaded, before;
    support::random_parameters(before, 9);
    std::memcpy(static_cast<void*>(&loaded), static_cast<const void*>(&before), sizeof loaded);
    saved.file[200] ^= 1;
    CHECK(load(saved.file, loaded, saved.arena));
    CHECK(same_bytes(loaded, before));
}

// A scale is moved by four units in the last place: two roundings swallow less.
TEST_CASE("every code, scale and bias that is off by a step is noticed by the example") {
    Saved<Sums> saved;
    for (const Byte element : saved.example.elements) CHECK(element != 0);
    Parameters<Sums>& stored = saved.stored();
    Parameters<Sums> loaded;
    const auto noticed = [&] {
        saved.fix_checksum();
        CHECK(load(saved.file, loaded).message() == "");
        const Error problem = load(saved.file, loaded, saved.arena);
        CHECK(problem.rule == refusal::replay);
        CHECK(problem.tensor.length == std::string("output[0]").size());
        constexpr Parameters<Sums> zero{};
        CHECK(step_of<1>(loaded).bias[0] == step_of<1>(zero).bias[0]);   // not kept
    };
    const CellOrder order{3, 3, {1, 5}};
    auto& own = step_of<1>(stored);
    for (Size output = 0; output < 3; ++output) {
        for (Size input = 0; input < 5; ++input) {
            const unsigned code = order.load(own.weights, output, 0, input);
            order.store(own.weights, output, 0, input, code ^ 1u);
            noticed();
            order.store(own.weights, output, 0, input, code);
        }
        const float scale = own.levels[output].scale;
        own.levels[output].scale = std::bit_cast<float>(std::bit_cast<UInt32>(scale) + 4);
        noticed();
        own.levels[output].scale = scale;
        own.bias[output] += 1 << shift_of<Sums, 1>;
        noticed();
        own.bias[output] -= 1 << shift_of<Sums, 1>;
    }
    saved.fix_checksum();
    CHECK(load(saved.file, loaded, saved.arena).message() == "");
}

TEST_CASE("the example's own bytes are part of the promise") {
    for_each_network([]<class Net>() {
        static Saved<Net> saved;
        static Parameters<Net> loaded;
        saved.file[file_frame<Net>.output()] ^= 1;
        saved.fix_checksum();
        const Error problem = load(saved.file, loaded, saved.arena);
        CHECK(problem.rule == refusal::replay);
        CHECK(problem.tensor == "output[0]");
        CHECK_FALSE(problem.expected == problem.found.c_str());   // a difference in the last digit is shown
    });
}

TEST_CASE("an example of codes that the input does not have is refused") {
    struct Narrow : Network<Input<Vector<3>, Uniform<4>>, Quantized<In<Uniform<8>, Uniform<4>>, Dense<2>>> {};
    Saved<Narrow> saved;
    saved.file[file_frame<Narrow>.input() + 1] = 16;
    saved.fix_checksum();
    CHECK(saved.refusal() ==
          "input[1]: the example has an input that the network's Input does not have; expected at most 15, found 16");
}
