// SPDX-License-Identifier: BSL-1.0
// Lays out tables of text.
#include "text_table.hpp"

#include "terminal.hpp"

#include <algorithm>
#include <cstdio>

namespace cifar10 {

std::string grouped(unsigned long long number) {
    std::string digits = std::to_string(number);
    for (std::size_t end = digits.size(); end > 3; end -= 3) digits.insert(end - 3, 1, ',');
    return digits;
}
std::string fixed(double number, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, number);
    return text;
}

std::string TextTable::text() const {
    std::vector<std::string> headings;
    std::vector<std::size_t> widths;
    for (const Column& column : columns) {
        headings.push_back(column.heading);
        widths.push_back(columns_of(column.heading));
    }
    for (const auto& line : lines)
        for (std::size_t c = 0; c < line.size(); ++c) widths[c] = std::max(widths[c], columns_of(line[c]));

    const auto laid_out = [&](const std::vector<std::string>& cells) {
        std::string line;
        for (std::size_t c = 0; c < cells.size(); ++c)
            line += (c == 0 ? "" : "  ") + padded(cells[c], widths[c], columns[c].align == Align::right);
        return line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    };
    std::string all = bold(laid_out(headings));
    for (const auto& line : lines) all += laid_out(line);
    return all;
}

}  // namespace cifar10
