// SPDX-License-Identifier: BSL-1.0
// Elements of SVG as text.
#include "svg.hpp"

#include <cstdio>

namespace digits {

namespace {

std::string attribute(const char* name, double number) { return std::string(" ") + name + "=\"" + short_number(number) + "\""; }
std::string attribute(const char* name, const std::string& words) { return std::string(" ") + name + "=\"" + words + "\""; }

std::string places(const std::vector<Position>& points) {
    std::string list;
    for (const Position& point : points)
        list.append(list.empty() ? "" : " ").append(short_number(point.x, 1)).append(",").append(short_number(point.y, 1));
    return list;
}
std::string stroke(Ink ink, double width) {
    return attribute("stroke", ink.colour) + attribute("stroke-width", width) +
           (ink.opacity < 1 ? attribute("opacity", ink.opacity) : "");
}

}  // namespace

std::string short_number(double number, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, number);
    std::string shorter = text;
    if (shorter.find('.') == shorter.npos) return shorter;
    shorter.erase(shorter.find_last_not_of('0') + 1);
    if (shorter.back() == '.') shorter.pop_back();
    return shorter == "-0" ? "0" : shorter;
}

std::string escaped(const std::string& text) {
    std::string safe;
    for (const char character : text) {
        if (character == '&') safe += "&amp;";
        else if (character == '<') safe += "&lt;";
        else if (character == '>') safe += "&gt;";
        else if (character == '"') safe += "&quot;";
        else safe += character;
    }
    return safe;
}

Svg::Svg(double width, double height)
    : drawing("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + short_number(width) + " " + short_number(height) +
              "\"" + attribute("width", width) + " font-family=\"system-ui, sans-serif\" font-size=\"12\">\n") {}

void Svg::line(Position from, Position to, Ink ink, double width) {
    drawing += "<line" + attribute("x1", from.x) + attribute("y1", from.y) + attribute("x2", to.x) + attribute("y2", to.y) +
               stroke(ink, width) + "/>\n";
}
void Svg::path(const std::vector<Position>& points, Ink ink, double width) {
    drawing += "<polyline fill=\"none\"" + attribute("points", places(points)) + stroke(ink, width) + "/>\n";
}
void Svg::area(const std::vector<Position>& corners, Ink ink) {
    drawing += "<polygon" + attribute("points", places(corners)) + attribute("fill", ink.colour) + "/>\n";
}
void Svg::rectangle(Position corner, double width, double height, Ink ink) {
    drawing += "<rect" + attribute("x", corner.x) + attribute("y", corner.y) + attribute("width", width) +
               attribute("height", height) + attribute("fill", ink.colour) +
               (ink.opacity < 1 ? attribute("opacity", ink.opacity) : "") + "/>\n";
}
void Svg::text(Position at, const std::string& words, Anchor anchor, Ink ink) {
    constexpr const char* names[] = {"start", "middle", "end"};
    drawing += "<text" + attribute("x", at.x) + attribute("y", at.y) + attribute("fill", ink.colour) +
               attribute("text-anchor", names[static_cast<int>(anchor)]) + ">" + escaped(words) + "</text>\n";
}

}  // namespace digits
