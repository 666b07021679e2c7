// SPDX-License-Identifier: BSL-1.0
#include "../support/random.hpp"

#include <aquatint/kernel/pooling.hpp>
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <vector>

using namespace aquatint;

namespace {

/// An image with a poisoned ring, which pooling must not read.
template <class Element>
struct Image {
    Extent extent;
    std::vector<Element> memory;

    Image(Shape shape, Size halo, Element poison) : extent{shape, halo}, memory(extent.elements(), poison) {}
    Element& at(Size row, Size column, Size channel) { return memory[extent.at(row, column) + channel]; }
};

struct Problem {
    Shape in;
    Geometry geometry;
};
/// More channels than lanes, windows that leave the image on either side, strides that skip, a window that is the image.
const Problem problems[] = {
    {{6, 7, 3}, {2, 2, 2}},
    {{7, 5, 19}, {3, 3, 2, 1, 1, 1, 1}},
    {{5, 5, 33}, {3, 2, 1, 1, 1, 1, 0}},
    {{4, 9, 16}, {4, 9, 1}},
    {{9, 4, 1}, {1, 1, 3}},
};

template <class Element, class Draw, class Expected>
void compare(bool average, Element poison, Draw draw, Expected expected) {
    for (const Problem& problem : problems) {
        const Geometry& g = problem.geometry;
        Image<Element> in(problem.in, 1, poison), out(g.output(problem.in, problem.in.channels), 2, poison);
        for (Size row = 0; row < problem.in.height; ++row)
            for (Size column = 0; column < problem.in.width; ++column)
                for (Size c = 0; c < problem.in.channels; ++c) in.at(row, column, c) = draw();
        pool(Pooling{g, average}, in.memory.data(), in.extent, out.memory.data(), out.extent);
        Size wrong = 0;
        for (Size row = 0; row < out.extent.shape.height; ++row)
            for (Size column = 0; column < out.extent.shape.width; ++column)
                for (Size c = 0; c < problem.in.channels; ++c) {
                    std::vector<Element> window;
                    for (Size y = row * g.stride; y < row * g.stride + g.kernel_height; ++y)
                        for (Size x = column * g.stride; x < column * g.stride + g.kernel_width; ++x)
                            if (y >= g.padding_height && y < g.padding_height + problem.in.height && x >= g.padding_width &&
                                x < g.padding_width + problem.in.width)
                                window.push_back(in.at(y - g.padding_height, x - g.padding_width, c));
                    wrong += out.at(row, column, c) != expected(window);
                }
        INFO(problem.in.height << " x " << problem.in.width << " x " << problem.in.channels);
        CHECK(wrong == 0);
    }
}

template <class Element>
Element largest(const std::vector<Element>& window) {
    Element most = window[0];
    for (const Element element : window) most = element > most ? element : most;
    return most;
}

}  // namespace

TEST_CASE("the largest of a window, negative numbers included") {
    support::Random random;
    compare<float>(false, std::numeric_limits<float>::infinity(), [&] { return random.number() - 2; }, largest<float>);
    compare<Byte>(false, 255, [&] { return static_cast<Byte>(random.between(0, 254)); }, largest<Byte>);
}

TEST_CASE("the mean of codes is a code: rounded to the nearest, ties to even") {
    support::Random random;
    compare<Byte>(true, 255, [&] { return static_cast<Byte>(random.extreme(0, 254)); }, [](const std::vector<Byte>& window) {
        double sum = 0;
        for (const Byte code : window) sum += code;
        return static_cast<Byte>(std::nearbyint(sum / static_cast<double>(window.size())));
    });
    CHECK(mean(Int32(5), 2) == 2);
    CHECK(mean(Int32(7), 2) == 4);
}

TEST_CASE("the mean of numbers: their sum in row order times the reciprocal of their count") {
    support::Random random;
    compare<float>(
        true, std::numeric_limits<float>::quiet_NaN(), [&] { return random.number(); },
        [](const std::vector<float>& window) {
            float sum = 0;
            for (const float number : window) sum += number;
            return sum * (1.0f / static_cast<float>(window.size()));
        });
}
