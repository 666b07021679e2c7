// SPDX-License-Identifier: BSL-1.0
// A character is two pixels: the upper half block in the foreground colour, the rest of it in the background colour.
#include "show.hpp"

#include "terminal.hpp"

#include <algorithm>
#include <numeric>

namespace cifar10 {

namespace {

std::string color(const Byte* pixel) {
    return std::to_string(pixel[0]) + ";" + std::to_string(pixel[1]) + ";" + std::to_string(pixel[2]);
}

std::string two_rows(const Byte* picture, Size row) {
    constexpr Size pitch = picture_side * 3;
    std::string line;
    for (Size column = 0; column < picture_side; ++column) {
        const Byte* const upper = picture + row * pitch + column * 3;
        line += "\x1b[38;2;" + color(upper) + ";48;2;" + color(upper + pitch) + "m▀";
    }
    return line + "\x1b[0m";
}

/// The wrong verdicts about a picture and the different ones among them.
struct Disagreement {
    Size wrong = 0;
    bool differ = false;
};
Disagreement disagreement(const std::vector<Line>& lines, Byte truth, Size index) {
    Disagreement found;
    for (const Line& line : lines) {
        found.wrong += line.outcome.verdicts[index] != truth;
        found.differ = found.differ || line.outcome.verdicts[index] != lines.front().outcome.verdicts[index];
    }
    return found;
}

/// First those on which the rows differ, then those on which all are wrong.
std::vector<Size> interesting_first(const std::vector<Line>& lines, const Pictures& pictures) {
    std::vector<int> rank;
    for (Size i = 0; i < pictures.count(); ++i) {
        const auto [wrong, differ] = disagreement(lines, pictures.labels[i], i);
        rank.push_back(differ ? 0 : wrong != 0 ? 1 : 2);
    }
    std::vector<Size> order(pictures.count());
    std::iota(order.begin(), order.end(), Size(0));
    std::stable_sort(order.begin(), order.end(), [&](Size a, Size b) { return rank[a] < rank[b]; });
    return order;
}

std::vector<std::string> caption(const std::vector<Line>& lines, const Pictures& pictures, Size index) {
    const Byte truth = pictures.labels[index];
    std::vector<std::string> all{bold(class_names[truth]) + " (image " + std::to_string(index) + ")"};
    for (const Line& line : lines) {
        const Byte verdict = line.outcome.verdicts[index];
        const std::string name = class_names[verdict];
        all.push_back(padded(line.row->facts().name, 20) + (verdict == truth ? green(name) : red(name)));
    }
    return all;
}

}  // namespace

std::string pictures_text(const std::vector<Line>& lines, const Pictures& pictures, Size count) {
    const std::vector<Size> order = interesting_first(lines, pictures);
    const Size shown = std::min(count, order.size());
    const Size across = std::max<Size>(1, (terminal_columns() + 2) / (picture_side + 2));
    std::string text;
    for (Size first = 0; first < shown; first += across) {
        std::vector<std::string> block(picture_side / 2 + 1 + lines.size());
        for (Size i = first; i < std::min(first + across, shown); ++i) {
            const std::string gap = i == first ? "" : "  ";
            for (Size row = 0; row < picture_side; row += 2) block[row / 2] += gap + two_rows(pictures[order[i]], row);
            const std::vector<std::string> words = caption(lines, pictures, order[i]);
            for (Size w = 0; w < words.size(); ++w) block[picture_side / 2 + w] += gap + padded(words[w], picture_side);
        }
        for (const std::string& line : block) text += line + "\n";
        text += "\n";
    }
    return text;
}

}  // namespace cifar10
