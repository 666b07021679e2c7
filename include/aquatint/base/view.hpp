// SPDX-License-Identifier: BSL-1.0
// Borrowed tensors of rank one, two and three over memory that somebody else owns.
#pragma once

#include <aquatint/base/integers.hpp>
#include <type_traits>

namespace aquatint { inline namespace v0 {

/// `size` elements in a row.
template <class Element>
struct VectorView {
    Element* data = nullptr;
    Size size = 0;

    constexpr VectorView() = default;
    constexpr VectorView(Element* first, Size count) : data(first), size(count) {}
    template <Size Count>
    constexpr VectorView(Element (&elements)[Count]) : data(elements), size(Count) {}
    /// From any container with data() and size(): vector, array, span.
    template <class Container>
        requires requires(Container& c) { static_cast<Element*>(c.data()); c.size(); }
    constexpr VectorView(Container& c) : data(c.data()), size(c.size()) {}
    /// And from a view that is made on the spot, as `std::span(bytes)`.
    template <class View>
        requires std::is_trivially_copyable_v<View> && requires(const View& v) { static_cast<Element*>(v.data()); v.size(); }
    constexpr VectorView(const View& v) : data(v.data()), size(v.size()) {}

    constexpr Element& operator[](Size i) const { return data[i]; }
    constexpr Element* begin() const { return data; }
    constexpr Element* end() const { return data + size; }
    constexpr operator VectorView<const Element>() const { return {data, size}; }
};

/// `rows` by `columns`, row after row; consecutive rows are `pitch` elements apart.
template <class Element>
struct MatrixView {
    Element* data = nullptr;
    Size rows = 0;
    Size columns = 0;
    Size pitch = 0;

    constexpr MatrixView() = default;
    constexpr MatrixView(Element* first, Size row_count, Size column_count, Size row_pitch = 0)
        : data(first), rows(row_count), columns(column_count), pitch(row_pitch == 0 ? column_count : row_pitch) {}
    template <Size Rows, Size Columns>
    constexpr MatrixView(Element (&elements)[Rows][Columns]) : MatrixView(&elements[0][0], Rows, Columns) {}

    constexpr VectorView<Element> operator[](Size row) const { return {data + row * pitch, columns}; }
    constexpr operator MatrixView<const Element>() const { return {data, rows, columns, pitch}; }
};

/// `height` by `width` pixels of `channels` interleaved values; pixels of a row are adjacent, rows `pitch` elements apart.
template <class Element>
struct ImageView {
    Element* data = nullptr;
    Size height = 0;
    Size width = 0;
    Size channels = 0;
    Size pitch = 0;

    constexpr ImageView() = default;
    constexpr ImageView(Element* first, Size rows, Size columns, Size depth, Size row_pitch = 0)
        : data(first), height(rows), width(columns), channels(depth), pitch(row_pitch == 0 ? columns * depth : row_pitch) {}

    constexpr Element* pixel(Size row, Size column) const { return data + row * pitch + column * channels; }
    constexpr operator ImageView<const Element>() const { return {data, height, width, channels, pitch}; }
};

template <class Element, Size Count>
VectorView(Element (&)[Count]) -> VectorView<Element>;
template <class Element, Size Rows, Size Columns>
MatrixView(Element (&)[Rows][Columns]) -> MatrixView<Element>;

}}  // namespace aquatint::v0
