// SPDX-License-Identifier: BSL-1.0
// A digit is a few strokes through points of the unit square; a hand bends and places them, a pen draws them.
#include "render.hpp"

#include <aquatint/train/random.hpp>
#include <algorithm>
#include <cmath>

namespace digits {

namespace {

using aquatint::train::Random;

/// x to the right, y downwards.
struct Point {
    double x, y;
};
using Stroke = std::vector<Point>;   ///< a smooth curve through its points
using Glyph = std::vector<Stroke>;

/// The ways to write each digit.
const std::vector<Glyph> ways_to_write[class_count] = {
    {{{{.5, 0}, {.2, .15}, {.08, .5}, {.2, .85}, {.5, 1}, {.8, .85}, {.92, .5}, {.8, .15}, {.5, 0}}}},
    {{{{.5, 0}, {.5, .5}, {.5, 1}}},
     {{{.25, .22}, {.52, 0}}, {{.52, 0}, {.5, 1}}},
     {{{.25, .22}, {.5, 0}}, {{.5, 0}, {.5, 1}}, {{.2, 1}, {.8, 1}}}},
    {{{{.12, .25}, {.3, .03}, {.68, .03}, {.82, .28}, {.55, .62}, {.12, 1}}, {{.12, 1}, {.9, 1}}},
     {{{.15, .2}, {.4, 0}, {.75, .1}, {.75, .4}, {.45, .75}, {.15, .95}, {.2, .75}, {.5, .9}, {.9, .95}}}},
    {{{{.15, .15}, {.45, 0}, {.78, .2}, {.65, .42}, {.35, .48}}, {{.35, .48}, {.72, .54}, {.85, .78}, {.5, 1}, {.1, .86}}},
     {{{.15, 0}, {.85, 0}}, {{.85, 0}, {.45, .4}}, {{.45, .4}, {.85, .6}, {.75, .95}, {.4, 1}, {.1, .88}}}},
    {{{{.62, 0}, {.08, .66}}, {{.08, .66}, {.95, .66}}, {{.66, .3}, {.66, 1}}},
     {{{.15, 0}, {.12, .5}, {.85, .5}}, {{.78, 0}, {.75, 1}}}},
    {{{{.85, 0}, {.25, 0}}, {{.25, 0}, {.2, .45}}, {{.2, .45}, {.55, .36}, {.86, .62}, {.62, .97}, {.12, .92}}}},
    {{{{.72, 0}, {.35, .25}, {.15, .65}, {.35, .98}, {.7, .95}, {.85, .72}, {.6, .5}, {.2, .65}}}},
    {{{{.1, 0}, {.88, 0}}, {{.88, 0}, {.6, .4}, {.42, 1}}},
     {{{.1, 0}, {.88, 0}}, {{.88, 0}, {.6, .4}, {.42, 1}}, {{.3, .5}, {.8, .5}}}},
    {{{{.5, .47}, {.18, .25}, {.5, 0}, {.82, .25}, {.5, .47}, {.12, .75}, {.5, 1}, {.88, .75}, {.5, .47}}}},
    {{{{.82, .25}, {.5, 0}, {.17, .23}, {.42, .5}, {.82, .25}}, {{.82, .25}, {.8, .6}, {.6, 1}}},
     {{{.82, .1}, {.4, 0}, {.15, .28}, {.45, .5}, {.8, .2}, {.78, .6}, {.5, .98}, {.2, .9}}}},
};

/// What a hand does to all points of a digit, beside trembling.
class Hand {
public:
    explicit Hand(Random& source) : random(source) {
        const double turn = .18 * random.normal(), slant = .1 + .22 * random.normal();
        const double width = 13 * between(.7, 1.2), height = 19 * between(.75, 1.1);
        const double cosine = std::cos(turn), sine = std::sin(turn);
        right = {width * cosine, width * sine};
        down = {height * (-sine - slant * cosine), height * (cosine - slant * sine)};
        middle = {side / 2.0 + 1.3 * random.normal(), side / 2.0 + 1.3 * random.normal()};
    }
    double between(double low, double high) { return low + (high - low) * random.uniform(); }

    /// Unit square to pixels.
    Point place(Point p) {
        constexpr double trembling = .05;
        const double x = p.x - .5 + trembling * random.normal(), y = p.y - .5 + trembling * random.normal();
        return {middle.x + x * right.x + y * down.x, middle.y + x * right.y + y * down.y};
    }

private:
    Random& random;
    Point right{}, down{}, middle{};
};

/// Between b and c, a and d being the points around them (Catmull and Rom).
Point spline(Point a, Point b, Point c, Point d, double t) {
    const auto along = [t](double p, double q, double r, double s) {
        return q + .5 * t * (r - p + t * (2 * p - 5 * q + 4 * r - s + t * (3 * (q - r) + s - p)));
    };
    return {along(a.x, b.x, c.x, d.x), along(a.y, b.y, c.y, d.y)};
}

/// Light on paper, pixel by pixel; where strokes cross, the brighter one counts.
class Paper {
public:
    /// A line with round ends and soft borders, `thickness` pixels wide.
    void draw_line(Point from, Point to, double thickness) {
        const double reach = thickness / 2 + 1, dx = to.x - from.x, dy = to.y - from.y,
                     length = std::max(dx * dx + dy * dy, 1e-9);
        const auto [left, right] = std::minmax(from.x, to.x);
        const auto [top, bottom] = std::minmax(from.y, to.y);
        for (Size y = inside(top - reach); y < inside(bottom + reach + 1); ++y)
            for (Size x = inside(left - reach); x < inside(right + reach + 1); ++x) {
                const double px = static_cast<double>(x) + .5 - from.x, py = static_cast<double>(y) + .5 - from.y;
                const double t = std::clamp((px * dx + py * dy) / length, 0.0, 1.0);
                const double distance = std::hypot(px - t * dx, py - t * dy);
                light[y][x] = std::max(light[y][x], std::clamp(thickness / 2 + .5 - distance, 0.0, 1.0));
            }
    }
    void draw(const Stroke& stroke, double thickness) {
        constexpr int pieces = 6;
        const auto at = [&](std::ptrdiff_t i) {
            return stroke[static_cast<Size>(std::clamp<std::ptrdiff_t>(i, 0, std::ssize(stroke) - 1))];
        };
        Point before = stroke.front();
        for (std::ptrdiff_t i = 0; i + 1 < std::ssize(stroke); ++i)
            for (int piece = 1; piece <= pieces; ++piece) {
                const Point next = spline(at(i - 1), at(i), at(i + 1), at(i + 2), static_cast<double>(piece) / pieces);
                draw_line(before, next, thickness);
                before = next;
            }
    }
    void scan(double contrast, double noise, Random& random, Byte* pixels) const {
        for (const auto& row : light)
            for (const double bright : row)
                *pixels++ = static_cast<Byte>(std::clamp(255 * (contrast * bright + noise * random.normal()), 0.0, 255.0));
    }

private:
    double light[side][side]{};

    static Size inside(double place) { return static_cast<Size>(std::clamp(place, 0.0, static_cast<double>(side))); }
};

void write_digit(Size digit, Random random, Byte* pixels) {
    const std::vector<Glyph>& ways = ways_to_write[digit];
    Hand hand(random);
    Paper paper;
    const double thickness = hand.between(1.1, 3.2);
    for (Stroke stroke : ways[random.below(ways.size())]) {
        for (Point& point : stroke) point = hand.place(point);
        paper.draw(stroke, thickness);
    }
    const double contrast = hand.between(.4, 1);
    paper.scan(contrast, hand.between(.02, .16), random, pixels);
}

}  // namespace

Images render(Size count, aquatint::UInt64 seed, aquatint::UInt64 part) {
    Images images{std::vector<Byte>(count * pixel_count), std::vector<Byte>(count)};
    for (Size i = 0; i < count; ++i) {
        images.labels[i] = static_cast<Byte>(i % class_count);   // training shuffles
        write_digit(i % class_count, Random(seed, part, i), images.pixels.data() + i * pixel_count);
    }
    return images;
}

}  // namespace digits
