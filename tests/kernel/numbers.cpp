// SPDX-License-Identifier: BSL-1.0
#include <aquatint/kernel/numbers.hpp>
#include <aquatint/policy/policies.hpp>
#include <doctest/doctest.h>

#include <array>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

using namespace aquatint;

namespace {

template <class Value>
using Viewed = decltype(as_view(std::declval<Value>()));

static_assert(std::is_same_v<Viewed<float (&)[3]>, VectorView<float>>);
static_assert(std::is_same_v<Viewed<const float (&)[2][3]>, MatrixView<const float>>);
static_assert(std::is_same_v<Viewed<std::vector<float>&>, VectorView<float>>);
static_assert(std::is_same_v<Viewed<const std::vector<float>&>, VectorView<const float>>);
static_assert(std::is_same_v<Viewed<const std::array<Byte, 3>&>, VectorView<const Byte>>);
static_assert(std::is_same_v<Viewed<std::span<const float>&>, VectorView<const float>>);
static_assert(std::is_same_v<Viewed<const ImageView<float>&>, ImageView<float>>);
static_assert(is_view<MatrixView, Viewed<Coded<Uniform<8>, MatrixView<Byte>>>> && !is_view<MatrixView, VectorView<float>>);

static_assert(codes_are_bytes<Uniform<8, Asymmetric>> && codes_are_bytes<Uniform<3, Asymmetric>>);
static_assert(!codes_are_bytes<Uniform<8>> && !codes_are_bytes<Binary> && !codes_are_bytes<LearnedBasis<2, Unipolar>>);

}  // namespace

TEST_CASE("vectors, matrices and images are grids of pixels") {
    float numbers[60];
    for (int i = 0; i < 60; ++i) numbers[i] = static_cast<float>(i);
    CHECK(*grid_of(VectorView<float>(numbers, 60)).at(0, 0) == 0);
    CHECK(grid_of(VectorView<float>(numbers, 60)).reach() == 60);
    const auto matrix = grid_of(MatrixView<float>(numbers, 3, 10, 12));
    CHECK(*matrix.at(0, 2) == 24);
    CHECK(matrix.reach() == 34);
    const auto image = grid_of(ImageView<float>(numbers, 2, 5, 4, 30));
    CHECK(*image.at(1, 4) == 46);
    CHECK(image.reach() == 50);
}

TEST_CASE("coded values carry their policy and levels") {
    Byte bytes[2][3]{};
    const auto values = values_of(coded<Uniform<8, Asymmetric>>(bytes, {0.5f, 7}));
    CHECK(values.levels.zero == 7);
    CHECK(values.grid.data == &bytes[0][0]);
    static_assert(std::is_same_v<decltype(values)::Reader, Uniform<8, Asymmetric>>);
}
