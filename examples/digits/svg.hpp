// SPDX-License-Identifier: BSL-1.0
// Drawings that stand in a page or alone: every colour is written where it is used, and fits a light and a dark background.
#pragma once

#include <string>
#include <vector>

namespace digits {

inline constexpr const char *blue = "#3b7dd8", *orange = "#e07b39", *grey = "#808080";

/// In pixels, y downwards.
struct Position {
    double x, y;
};
struct Ink {
    const char* colour = grey;
    double opacity = 1;
};
enum class Anchor { start, middle, end };

class Svg {
public:
    Svg(double width, double height);

    void line(Position from, Position to, Ink ink = {}, double width = 1);
    void path(const std::vector<Position>& points, Ink ink, double width = 2);
    void area(const std::vector<Position>& corners, Ink ink);
    void rectangle(Position corner, double width, double height, Ink ink = {});
    void text(Position at, const std::string& words, Anchor anchor = Anchor::start, Ink ink = {});
    std::string finish() const { return drawing + "</svg>\n"; }

private:
    std::string drawing;
};

/// A number with at most so many digits after the point, as in 0.25 or 3.
std::string short_number(double number, int digits = 2);
/// Text that may hold any character, for HTML and SVG.
std::string escaped(const std::string& text);

}  // namespace digits
