// SPDX-License-Identifier: BSL-1.0
#include <vector>

#include "networks.hpp"

using namespace io;

namespace {

/// What the order itself says of these bytes: all codes below `codes`, and no bit set that belongs to no weight.
bool acceptable(const std::vector<Byte>& bytes, const CellOrder& order, unsigned codes) {
    std::vector<Byte> rest = bytes;
    for (Size output = 0; output < order.outputs; ++output)
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input) {
                if (order.load(bytes.data(), output, segment, input) >= codes) return false;
                order.store(rest.data(), output, segment, input, 0);
            }
    for (const Byte byte : rest)
        if (byte != 0) return false;
    return true;
}

/// Every single bit of random codes turned over, one after the other.
void compare(const CellOrder& order, unsigned codes, support::Random& random) {
    std::vector<Byte> bytes(order.bytes());
    for (Size output = 0; output < order.outputs; ++output)
        for (Size segment = 0; segment < order.inputs.segments; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input)
                order.store(bytes.data(), output, segment, input, static_cast<unsigned>(random.below(codes)));
    CHECK_FALSE(find_code_fault(bytes.data(), order, codes).found);
    Size wrong = 0;
    for (Byte& byte : bytes)
        for (unsigned bit = 0; bit < 8; ++bit) {
            byte ^= static_cast<Byte>(1u << bit);
            wrong += find_code_fault(bytes.data(), order, codes).found == acceptable(bytes, order, codes);
            byte ^= static_cast<Byte>(1u << bit);
        }
    CHECK(wrong == 0);
}

}  // namespace

TEST_CASE("a code that is none and a bit of padding are found wherever they are, for every width") {
    support::Random random{5};
    for (unsigned bits = 1; bits <= 8; ++bits)
        for (const Segments& inputs : {Segments{1, 1}, Segments{1, 4}, Segments{2, 5}})
            for (const Size outputs : {Size(8), Size(17)}) {
                compare({bits, outputs, inputs}, 1u << bits, random);
                if (bits > 1 && outputs == 8) compare({bits, outputs, inputs}, (1u << (bits - 1)) + 1, random);
            }
}

TEST_CASE("the error names the output and the code, or the padding") {
    Saved<Learned> saved;
    auto& ternary = step_of<1>(saved.stored());
    const CellOrder order{2, 3, {2, 4}};
    order.store(ternary.weights, 2, 1, 3, 3);
    saved.fix_checksum();
    CHECK(saved.refusal() ==
          "step 1 conv/1 weights[2]: a weight has a code that its policy does not have; expected less than 3, found 3");
    order.store(ternary.weights, 2, 1, 3, 0);
    ternary.weights[31] = 1;
    saved.fix_checksum();
    CHECK(saved.refusal() == "step 1 conv/1 weights: what should be zero is not");
}

TEST_CASE("real weights are finite, and zero where there is no output") {
    Saved<Digits> saved;
    auto& weights = step_of<2>(saved.stored()).weights;
    const RealOrder order{2, 3};
    for (Size place = 0; place < order.floats(); ++place) {
        const float before = weights[place];
        weights[place] = -0.0f;   // padding is all bits zero
        saved.fix_checksum();
        CHECK(saved.refusal() == (place % 16 < 2 ? "" : "step 2 dense/1 weights: what should be zero is not"));
        weights[place] = std::bit_cast<float>(0x7fc00000u);
        saved.fix_checksum();
        CHECK(saved.refusal() ==
              "step 2 dense/1 weights[" + std::to_string(place) + "]: a number is not finite, found not a number");
        weights[place] = before;
    }
    saved.fix_checksum();
    CHECK(saved.refusal() == "");
}
