// SPDX-License-Identifier: BSL-1.0
// What products read and write: views of numbers, and views of codes together with their levels.
#pragma once

#include <aquatint/base/view.hpp>
#include <aquatint/policy/byte_reading.hpp>
#include <aquatint/policy/real.hpp>
#include <type_traits>

namespace aquatint { inline namespace v0 {

/// The view of an array, of a container with data() and size(), or a view itself.
template <template <class> class View, class Element>
    requires std::is_pointer_v<decltype(View<Element>::data)>
constexpr View<Element> as_view(View<Element> view) {
    return view;
}
template <class Element, Size Count>
constexpr VectorView<Element> as_view(Element (&elements)[Count]) {
    return elements;
}
template <class Element, Size Rows, Size Columns>
constexpr MatrixView<Element> as_view(Element (&elements)[Rows][Columns]) {
    return elements;
}
template <class Container>
    requires requires(Container& c) { *c.data(); c.size(); }
constexpr auto as_view(Container& c) {
    return VectorView(c.data(), c.size());
}

/// Whether each code is the byte that integer kernels read for it.
template <ByteReading Reader>
inline constexpr bool codes_are_bytes = [] {
    if (Terms<Reader>::planes) return false;
    for (unsigned code = 0; code < Reader::codes; ++code)
        if (ByteLevels<Reader>::byte(code, {}) != code) return false;
    return true;
}();

/// Codes of an activation policy, a byte each, and what they mean.
template <Policy ReaderType, class View>
struct Coded {
    static_assert(ReaderType::bits <= 8, "aquatint: coded values are of at most 8 bits");
    using Reader = ReaderType;
    using Levels = typename Reader::Levels;
    View view;
    Levels levels;
};

/// coded<Uniform<8, Asymmetric>>(bytes, {scale, zero}): bytes is an array or a view.
template <Policy Reader, class Bytes>
constexpr auto coded(Bytes&& bytes, const typename Reader::Levels& levels) {
    return Coded<Reader, decltype(as_view(bytes))>{as_view(bytes), levels};
}
template <Policy Reader, class View>
constexpr Coded<Reader, View> as_view(const Coded<Reader, View>& values) {
    return values;
}

/// Whether something is a view of this rank, of numbers or coded.
template <template <class> class View, class Candidate>
inline constexpr bool is_view = false;
template <template <class> class View, class Element>
inline constexpr bool is_view<View, View<Element>> = true;
template <template <class> class View, Policy Reader, class Element>
inline constexpr bool is_view<View, Coded<Reader, View<Element>>> = true;
/// And whether it can be seen as one.
template <class Candidate, template <class> class View>
concept ViewedAs = requires(Candidate& candidate) { requires is_view<View, decltype(as_view(candidate))>; };

/// Pixels of adjacent channels, rows and columns at any distance: an image, the rows of a matrix, a vector.
template <class Element>
struct Grid {
    Element* data = nullptr;
    Size height = 0, width = 0, channels = 0;
    Size row_pitch = 0, column_pitch = 0;

    constexpr Element* at(Size row, Size column) const { return data + row * row_pitch + column * column_pitch; }
    /// From the first element to the end of the last.
    constexpr Size reach() const { return (height - 1) * row_pitch + (width - 1) * column_pitch + channels; }
    constexpr bool empty() const { return height == 0 || width == 0; }
    constexpr operator Grid<const Element>() const { return {data, height, width, channels, row_pitch, column_pitch}; }
};

template <class Element>
constexpr Grid<Element> grid_of(VectorView<Element> vector) {
    return {vector.data, 1, 1, vector.size, 0, 0};
}
template <class Element>
constexpr Grid<Element> grid_of(MatrixView<Element> matrix) {
    return {matrix.data, 1, matrix.rows, matrix.columns, 0, matrix.pitch};
}
template <class Element>
constexpr Grid<Element> grid_of(ImageView<Element> image) {
    return {image.data, image.height, image.width, image.channels, image.pitch, image.channels};
}

/// A grid and the policy that its elements are codes of; Real for plain numbers.
template <class ElementType, Policy ReaderType>
struct Values {
    using Element = ElementType;
    using Reader = ReaderType;
    Grid<Element> grid;
    typename Reader::Levels levels;
};
template <template <class> class View, class Element>
constexpr Values<Element, Real> values_of(View<Element> view) {
    return {grid_of(view), {}};
}
template <Policy Reader, class View>
constexpr auto values_of(const Coded<Reader, View>& coded) {
    return Values<typename std::remove_pointer_t<decltype(coded.view.data)>, Reader>{grid_of(coded.view), coded.levels};
}

}}  // namespace aquatint::v0
