// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <aquatint/interop/tensor.hpp>

using namespace aquatint;

TEST_CASE("bytes of a shape are counted exactly or not at all") {
    const auto bytes = [](const Extents& shape, Size bits) {
        Size count = 12345;
        const char* rule = shape.count_bytes(bits, count);
        return rule == nullptr ? std::to_string(count) : std::string(rule);
    };
    const Size top = Size(1) << (sizeof(Size) * 8 - 1);
    CHECK(bytes({}, 32) == "4");
    CHECK(bytes({16, 3, 3, 3}, 32) == "1728");
    CHECK(bytes({0}, 32) == "0");
    CHECK(bytes({4, 0, 7}, 4) == "0");
    CHECK(bytes({2, 3}, 4) == "3");
    CHECK(bytes({3}, 4) == refusal::partial_byte);
    CHECK(bytes({4}, 6) == "3");
    CHECK(bytes({top, 2}, 8) == refusal::shape_overflow);
    CHECK(bytes({top, 0, 2}, 8) == refusal::shape_overflow);
    CHECK(bytes({top, 1}, 8) == refusal::shape_overflow);   // the bits do not fit
    CHECK(bytes({top / 4, 0}, 64) == refusal::shape_overflow);
    CHECK(bytes({top / 8, 1}, 8) == std::to_string(top / 8));
    CHECK(bytes({(Size(1) << sizeof(Size) * 4) + 1, (Size(1) << sizeof(Size) * 4) - 1}, 8) == refusal::shape_overflow);
    CHECK(bytes({1, 1, 1, 1, 1, 1, 1, 1}, 8) == "1");
    CHECK(bytes({1, 1, 1, 1, 1, 1, 1, 1, 1}, 8) == refusal::rank);
}

TEST_CASE("shapes are equal if ranks and extents are") {
    CHECK(Extents{2, 3} == Extents{2, 3});
    CHECK(Extents{2, 3} != Extents{3, 2});
    CHECK(Extents{2} != Extents{2, 1});
    CHECK(Extents{} != Extents{1});
    CHECK(Extents{2, 0} != Extents{2});
    CHECK(Extents{1, 1, 1, 1, 1, 1, 1, 1} != Extents{1, 1, 1, 1, 1, 1, 1, 1, 1});
    CHECK(Extents{16, 3, 3, 3}.text() == "[16,3,3,3]");
    CHECK(Extents{}.text() == "[]");
}

TEST_CASE("element types of C++ have one of the file's each") {
    static_assert(dtype_of<float>() == Dtype::f32 && dtype_of<double>() == Dtype::f64);
    static_assert(dtype_of<signed char>() == Dtype::i8 && dtype_of<unsigned char>() == Dtype::u8);
    static_assert(dtype_of<short>() == Dtype::i16 && dtype_of<unsigned short>() == Dtype::u16);
    static_assert(dtype_of<int>() == Dtype::i32 && dtype_of<unsigned>() == Dtype::u32);
    static_assert(dtype_of<long long>() == Dtype::i64 && dtype_of<unsigned long long>() == Dtype::u64);
    static_assert(!TensorElement<bool>);
    for (Size i = 0; i < dtype_count; ++i)
        for (Size j = 0; j < i; ++j) CHECK(dtype_table[i].name != dtype_table[j].name);
    CHECK(traits(Dtype::f4).name == "F4");
    CHECK(traits(Dtype::f64).bits == 64);
}

template <class Element>
static void copies_from_any_address(std::initializer_list<Element> values) {
    for (Size shift = 0; shift < 9; ++shift) {
        std::vector<Byte> memory(shift);
        for (const Element value : values) {
            const auto* bytes = reinterpret_cast<const Byte*>(&value);
            memory.insert(memory.end(), bytes, bytes + sizeof value);
        }
        TensorView tensor{
            Text<255>("t"), dtype_of<Element>(), {values.size()}, memory.data() + shift, values.size() * sizeof(Element)};
        std::vector<Element> out(values.size());
        CHECK_FALSE(tensor.read({values.size()}, out.data()));
        CHECK(out == std::vector<Element>(values));
    }
}

TEST_CASE("values are copied from addresses of any alignment") {
    copies_from_any_address<float>({1.5f, -0.0f, 1e-45f, 3.4e38f});
    copies_from_any_address<double>({1.5, -0.0, 1e-320, 1e308});
    copies_from_any_address<Int8>({-128, 127, 0});
    copies_from_any_address<Byte>({0, 255});
    copies_from_any_address<Int16>({-32768, 32767});
    copies_from_any_address<Int32>({-2147483647 - 1, 2147483647});
    copies_from_any_address<Int64>({-9223372036854775807 - 1, 9223372036854775807});
    copies_from_any_address<UInt64>({0, ~UInt64(0)});
}

TEST_CASE("files are little-endian") {
    const Byte bytes[] = {0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x88};
    CHECK(read_element<UInt32>(bytes) == 0x04030201u);
    CHECK(read_element<UInt64>(bytes) == 0x8807060504030201u);
    CHECK(read_element<Int8>(bytes + 7) == -0x78);
}

TEST_CASE("another element type, shape or value than expected is refused, with nothing written") {
    const float infinity = std::numeric_limits<float>::infinity();
    float values[] = {1, 2, 3, 4, 5, 6};
    float out[] = {9, 9, 9, 9, 9, 9};
    TensorView tensor{Text<255>("conv1.weight"), Dtype::f32, {2, 3}, reinterpret_cast<const Byte*>(values), sizeof values};
    const auto refusal_of = [&](auto* memory, const Extents& expected, NotFinite unusual = NotFinite::refused) {
        return std::string(tensor.read(expected, memory, unusual).message().c_str());
    };
    Int32 numbers[6];
    double wide[6];
    CHECK(refusal_of(numbers, {2, 3}) == "conv1.weight: the element type differs; expected I32, found F32");
    CHECK(refusal_of(wide, {2, 3}) == "conv1.weight: the element type differs; expected F64, found F32");
    CHECK(refusal_of(out, {3, 2}) == "conv1.weight: the shape differs; expected [3,2], found [2,3]");
    CHECK(refusal_of(out, {6}) == "conv1.weight: the shape differs; expected [6], found [2,3]");
    values[4] = std::numeric_limits<float>::quiet_NaN();
    CHECK(refusal_of(out, {2, 3}) == "conv1.weight: a value is not finite, found NaN at index 4");
    values[1] = -infinity;
    CHECK(refusal_of(out, {2, 3}) == "conv1.weight: a value is not finite, found infinity at index 1");
    for (const float untouched : out) CHECK(untouched == 9);
    CHECK(refusal_of(out, {2, 3}, NotFinite::accepted) == "");
    CHECK(out[1] == -infinity);
    CHECK(out[4] != out[4]);
    CHECK(out[5] == 6);
}
