// SPDX-License-Identifier: BSL-1.0
// A table of text in columns as wide as their longest entry: words to the left, numbers to the right. ASCII only.
#pragma once

#include <aquatint/base/integers.hpp>

#include <string>
#include <vector>

namespace aquatint { inline namespace v0 {

/// 1234567 as 1,234,567.
inline std::string grouped(UInt64 number) {
    std::string digits = std::to_string(number);
    for (Size at = digits.size(); at > 3;) digits.insert(at -= 3, 1, ',');
    return digits;
}

class TextTable {
public:
    struct Column {
        std::string heading;
        bool number = false;
    };
    using Row = std::vector<std::string>;

    explicit TextTable(std::vector<Column> headed) : columns(headed) {}

    /// One entry a column; missing ones are empty.
    void add(Row row) {
        row.resize(columns.size());
        rows.push_back(row);
    }
    /// A line of dashes.
    void rule() { rows.emplace_back(); }

    /// The heading is dimmed where the reader is a terminal that wants colours.
    std::string text(bool colour = false) const {
        Row headings;
        for (const Column& column : columns) headings.push_back(column.heading);
        std::string lines = colour ? "\x1b[2m" : "";
        lines += line(headings);
        lines += colour ? "\x1b[0m\n" : "\n";
        for (const Row& row : rows) lines += (row.empty() ? std::string(line(headings, true).size(), '-') : line(row)) + "\n";
        return lines;
    }

private:
    std::vector<Column> columns;
    std::vector<Row> rows;

    Size width(Size column) const {
        Size widest = columns[column].heading.size();
        for (const Row& row : rows)
            if (!row.empty()) widest = most(widest, row[column].size());
        return widest;
    }
    /// Without spaces at its end, unless it is to be as wide as the table.
    std::string line(const Row& row, bool whole = false) const {
        std::string text;
        for (Size i = 0; i < columns.size(); ++i) {
            const std::string space(width(i) - row[i].size(), ' ');
            text += (i == 0 ? "" : "  ") + (columns[i].number ? space + row[i] : row[i] + space);
        }
        if (!whole) text.erase(text.find_last_not_of(' ') + 1);
        return text;
    }
};

}}  // namespace aquatint::v0
