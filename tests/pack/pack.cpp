// SPDX-License-Identifier: BSL-1.0
// Law 2: unpack(pack(x)) == x, for every policy, granularity and shape.
#include "../laws/all_policies.hpp"
#include "../support/random.hpp"

#include <aquatint/pack/pack.hpp>
#include <doctest/doctest.h>

#include <cstring>
#include <initializer_list>
#include <vector>

using namespace aquatint;
using laws::for_each_policy;

namespace {

/// Levels of different scales that the policy takes.
template <class Reader>
typename Reader::Levels some_levels(Size index) {
    typename Reader::Levels levels{};
    if constexpr (requires { levels.scale; }) levels.scale = std::bit_cast<float>(static_cast<UInt32>(100 + index % 9) << 23);
    if constexpr (requires { levels.zero; }) levels.zero = static_cast<Int32>(index % Reader::codes);
    if constexpr (requires { levels.offset; }) levels.offset = static_cast<decltype(levels.offset)>(static_cast<int>(index) - 3);
    return levels;
}

/// Drawn codes, their levels, and the numbers that they mean; and memory to pack them into, poisoned.
template <class Quantizer>
struct Weights {
    using Reader = typename Quantizer::Reader;
    static constexpr Size most_elements = 1024;
    PackedShape<Quantizer> shape;
    typename Reader::Levels levels[33 * 7];
    Byte codes[most_elements];
    float numbers[most_elements];
    alignas(64) Byte bytes[4096];

    explicit Weights(const PackedShape<Quantizer>& of) : shape(of) {
        support::Random random;
        for (Size i = 0; i < shape.level_count(); ++i) levels[i] = some_levels<Reader>(i);
        for (Size i = 0; i < shape.elements(); ++i) {
            codes[i] = static_cast<Byte>(random() % Reader::codes);
            numbers[i] = Reader::decode(codes[i], levels[shape.level_of(i / shape.columns(), i % shape.columns())]);
        }
        std::memset(bytes, 0xa5, sizeof bytes);
    }
    VectorView<const typename Reader::Levels> known_levels() const { return {levels, shape.level_count()}; }
    template <class Element>
    MatrixView<Element> matrix(Element* elements) const {
        return {elements, shape.outputs, shape.columns()};
    }
    bool same(const void* a, const void* b, Size bytes_each) const {
        return std::memcmp(a, b, shape.elements() * bytes_each) == 0;
    }
};

/// Numbers that are levels come back as they are; the codes may be others where levels are equal.
template <class Quantizer>
bool numbers_come_back(const PackedShape<Quantizer>& shape) {
    Weights<Quantizer> weights(shape);
    float found[Weights<Quantizer>::most_elements];
    const auto memory = PackedMemory<Quantizer>::over(weights.bytes, shape.bytes(), shape);
    if (!memory || pack(weights.matrix(weights.numbers), weights.known_levels(), *memory)) return false;
    if (unpack(*memory, weights.matrix(found))) return false;
    bool same = true;
    for (Size i = 0; i < shape.elements(); ++i) same = same && found[i] == weights.numbers[i];
    return same;
}
/// Codes come back, mean the same numbers, and leave the padding zero.
template <class Quantizer>
bool codes_come_back(const PackedShape<Quantizer>& shape) {
    Weights<Quantizer> weights(shape);
    Byte codes[Weights<Quantizer>::most_elements];
    float numbers[Weights<Quantizer>::most_elements];
    const auto memory = PackedMemory<Quantizer>::over(weights.bytes, shape.bytes(), shape);
    if (!memory || pack_codes(weights.matrix(weights.codes), weights.known_levels(), *memory)) return false;
    if (unpack_codes(*memory, weights.matrix(codes)) || unpack(*memory, weights.matrix(numbers)) || inspect(*memory))
        return false;
    return weights.same(codes, weights.codes, sizeof(Byte)) && weights.same(numbers, weights.numbers, sizeof(float));
}

}  // namespace

TEST_CASE("numbers that are levels are unpacked as they were packed, whatever the policy") {
    for_each_policy([]<class Reader>() {
        INFO(Reader::name);
        using Shape = PackedShape<Quantizer<Reader, PerChannel>>;
        bool all = true;
        for (const Shape& shape : {Shape{17, 33}, Shape{5, 3, 3, 3}, Shape{1, 1}}) all = all && numbers_come_back(shape);
        CHECK(all);
    });
}

TEST_CASE("codes are unpacked as they were packed, whatever width, granularity and shape") {
    for_each_index(IndicesBelow<8>{}, []<Size Index>() {
        using Shape = PackedShape<Quantizer<Uniform<Index + 1>, PerChannel>>;
        INFO("bits: " << Index + 1);
        for (const Shape& shape : {Shape{17, 33}, Shape{5, 3, 3, 3}, Shape{33, 6, 1, 5}, Shape{1, 1}})
            CHECK(codes_come_back(shape));
    });
    CHECK(codes_come_back<Quantizer<Ternary, PerTensor>>({33, 6, 1, 5}));
    CHECK(codes_come_back<Quantizer<Ternary, PerGroup<5>>>({16, 31}));
    CHECK(codes_come_back<Quantizer<Log2<6>, PerGroup<1>>>({3, 4}));
}

TEST_CASE("Real keeps every pattern of bits") {
    static Packed<Quantizer<Real>, 17, 5, 2> packed;
    support::Random random;
    std::vector<float> weights(17 * 20), unpacked(17 * 20);
    for (float& weight : weights) weight = std::bit_cast<float>(random());
    REQUIRE_FALSE(pack({weights.data(), 17, 20}, packed));
    REQUIRE_FALSE(unpack(packed, {unpacked.data(), 17, 20}));
    CHECK(std::memcmp(weights.data(), unpacked.data(), weights.size() * sizeof(float)) == 0);
}

TEST_CASE("pack fits, then encodes: the round trip of the quantizer, with gaps between rows") {
    using W4 = Quantizer<Uniform<4>, PerGroup<8>>;
    constexpr Size outputs = 3, inputs = 20, pitch = 23;
    support::Random random;
    std::vector<float> memory(outputs * pitch), expected(outputs * inputs), unpacked(outputs * inputs);
    for (float& weight : memory) weight = random.number();
    const MatrixView<const float> weights(memory.data(), outputs, inputs, pitch);
    W4::Levels levels[9];
    REQUIRE_FALSE(W4::fit(weights, levels));
    REQUIRE_FALSE(W4::round_trip(weights, levels, {expected.data(), outputs, inputs}));
    static Packed<W4, outputs, inputs> packed;
    REQUIRE_FALSE(pack(weights, packed));
    REQUIRE_FALSE(unpack(packed, {unpacked.data(), outputs, inputs}));
    CHECK(unpacked == expected);
}

TEST_CASE("a learned basis is as wide as the sums leave it") {
    CHECK(widest_basis(1) == 15);
    CHECK(widest_basis(1152) == 12);
    for (const Size inputs : {Size(27), Size(1152), Size(4096), Size(100'000)}) {
        const UInt64 levels = (UInt64(1) << widest_basis(inputs)) - 1;
        CHECK(levels * 255 * inputs < UInt64(1) << 31);
        CHECK((2 * levels + 1) * 255 * inputs >= (widest_basis(inputs) == 15 ? 0 : UInt64(1) << 31));
    }
    static Packed<Quantizer<LearnedBasis<3>, PerChannel>, 2, 4096> packed;
    std::vector<float> weights(2 * 4096);
    support::Random random;
    for (float& weight : weights) weight = random.number();
    REQUIRE_FALSE(pack({weights.data(), 2, 4096}, packed));
    int reach = 0;
    for (int k = 0; k < 3; ++k) reach += magnitude(static_cast<int>(packed.levels[0].basis[k]));
    CHECK(reach < 2048);
    CHECK(reach > 1000);
}

TEST_CASE("integers of other engines") {
    static Packed<Quantizer<Uniform<4>>, 2, 4> packed;
    const Uniform<4>::Levels levels[] = {{0.5f}};
    const Int8 integers[2][4] = {{-8, 7, 0, -1}, {1, 2, 3, -4}};
    REQUIRE_FALSE(pack_integers(integers, levels, packed));
    for (Size output = 0; output < 2; ++output)
        for (Size input = 0; input < 4; ++input)
            CHECK(packed.value(output, input) == 0.5f * static_cast<float>(integers[output][input]));
    const Int8 beyond[2][4] = {{0, 0, 0, 0}, {0, 0, 8, 0}};
    CHECK(pack_integers(beyond, levels, packed).message() ==
          "integers: an integer is no level of the policy; expected uniform4/1, found 8");
}

TEST_CASE("refused, with particulars") {
    static Packed<Quantizer<Ternary, PerChannel>, 2, 3, 3, 1> packed;
    float weights[2][9]{}, few[2][8]{}, many[3][9]{};
    Byte codes[2][9]{};
    const Ternary::Levels levels[2]{}, unusable[2] = {{1}, {0}};
    CHECK(pack(many, packed).message() == "weights: weights have a row for each output; expected 2, found 3");
    CHECK(pack(few, packed).message() == "weights: a row of weights has all inputs of an output; expected 9, found 8");
    CHECK(pack(weights, unusable, packed).message() ==
          "levels: levels keep what their policy promises; expected usable levels of ternary/1, found others at index 1");
    CHECK(pack(weights, {levels, 1}, packed).message() ==
          "levels: granularity and shape say how many levels there are; expected 2, found 1");
    codes[1][4] = 3;
    CHECK(pack_codes(codes, levels, packed).message() == "codes: a code has no level; expected 2, found 3");
    weights[1][8] = std::bit_cast<float>(0x7fc00000u);
    CHECK(pack(weights, packed).message() ==
          "weights: weights to fit are finite; expected finite numbers, found NaN or infinity at output 1, input 8");
    CHECK(unpack(packed, few).message() == "weights: a row of weights has all inputs of an output; expected 9, found 8");
    static Packed<Quantizer<Uniform<4>, PerTensor>, 2, 2> shared;
    float gaps[2][3]{};
    CHECK(pack(MatrixView<const float>(&gaps[0][0], 2, 2, 3), shared).message() ==
          "weights: what shares levels lies in one piece of memory");
}
