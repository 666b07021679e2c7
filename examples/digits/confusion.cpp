// SPDX-License-Identifier: BSL-1.0
// Green on the diagonal, red beside it; without colours the numbers have to do.
#include "confusion.hpp"

#include <cmath>
#include <cstdio>

namespace digits {

namespace {

std::string background(Size count, Size of_row, bool right) {
    const double share =
        std::sqrt(static_cast<double>(count) / static_cast<double>(std::max<Size>(of_row, 1)));   // small shares are seen, too
    const int strong = static_cast<int>(40 + 160 * std::min(1.0, right ? share : 2 * share));
    return "\x1b[97;48;2;" + (right ? "20;" + std::to_string(strong * 3 / 4) + ";60" : std::to_string(strong) + ";30;40") + "m";
}

std::string cell(Size count, bool colour, Size of_row, bool right) {
    if (count == 0) return "    \xC2\xB7 ";
    char text[32];
    std::snprintf(text, sizeof text, "%5zu ", count);
    return colour ? background(count, of_row, right) + text + "\x1b[0m" : text;
}

}  // namespace

std::string confusion_text(const Score& score, bool colour) {
    std::string text = "           read as\nwritten";
    for (Size answer = 0; answer < class_count; ++answer) text += "     " + std::to_string(answer);
    text += "\n";
    for (Size truth = 0; truth < class_count; ++truth) {
        Size of_row = 0;
        for (const Size count : score.confusion[truth]) of_row += count;
        std::string line = "      " + std::to_string(truth) + " ";
        for (Size answer = 0; answer < class_count; ++answer)
            line += cell(score.confusion[truth][answer], colour, of_row, truth == answer);
        text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
    }
    return text;
}

}  // namespace digits
