// SPDX-License-Identifier: BSL-1.0
// Columns of text as wide as they need to be.
#pragma once

#include <string>
#include <vector>

namespace cifar10 {

/// 9173 as "9,173".
std::string grouped(unsigned long long number);
/// With so many digits after the point.
std::string fixed(double number, int digits);

class TextTable {
public:
    enum class Align { left, right };
    struct Column {
        std::string heading;
        Align align = Align::right;
    };

    explicit TextTable(std::vector<Column> heads) : columns(std::move(heads)) {}
    /// As many cells as columns, or fewer; what is not there stays empty.
    void add(std::vector<std::string> cells) { lines.push_back(std::move(cells)); }
    std::string text() const;

private:
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> lines;
};

}  // namespace cifar10
