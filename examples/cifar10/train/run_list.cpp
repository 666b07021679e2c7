// SPDX-License-Identifier: BSL-1.0
// The list as lines of cells, two spaces or more between them. The first cell names the checkpoint; the last may hold any spaces.
#include "run_list.hpp"

#include <algorithm>
#include <aquatint/interop/file.hpp>
#include <aquatint/report/table.hpp>
#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <vector>

namespace cifar10 {

using namespace aquatint;

namespace {

constexpr std::size_t cell_count = 6;
using Line = std::array<std::string, cell_count>;
constexpr const char* headings[cell_count] = {"checkpoint", "state", "epochs", "test", "at (UTC)", "command"};

Line cells_of(const std::string& text) {
    Line line;
    std::size_t from = 0;
    for (std::size_t cell = 0; cell < cell_count && from < text.size(); ++cell) {
        const std::size_t end = cell + 1 < cell_count ? std::min(text.find("  ", from), text.size()) : text.size();
        line[cell] = text.substr(from, end - from);
        from = std::min(text.find_first_not_of(' ', end), text.size());
    }
    return line;
}
/// A cell takes one line, its words are separated by single spaces, and there is always something in it.
std::string as_cell(const std::string& words) {
    std::string cell;
    for (const char c : words) {
        const char plain = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        if (plain != ' ' || (!cell.empty() && cell.back() != ' ')) cell += plain;
    }
    return cell.empty() ? "-" : cell;
}
std::string time_now() {
    char text[32];
    const std::time_t now = std::time(nullptr);
    return {text, std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", std::gmtime(&now))};
}
std::string laid_out(const std::vector<Line>& lines) {
    std::vector<TextTable::Column> columns;
    for (const char* heading : headings) columns.push_back({heading});
    TextTable table(columns);
    for (const Line& line : lines) table.add({line.begin(), line.end()});
    return table.text();
}

}  // namespace

void record_run(const std::string& checkpoint, const std::string& command, const RunState& now) {
    if (checkpoint.empty()) return;
    const std::filesystem::path file(checkpoint);
    const std::string list = (file.parent_path() / "runs.txt").string(), name = as_cell(file.filename().string());
    std::vector<Line> lines;
    {
        std::ifstream before(list);
        for (std::string text; std::getline(before, text);)
            if (const Line line = cells_of(text); line[0] != headings[0] && !line[0].empty()) lines.push_back(line);
    }
    auto own = std::find_if(lines.begin(), lines.end(), [&](const Line& line) { return line[0] == name; });
    if (own == lines.end()) own = lines.insert(own, Line{name, "", "-", "-", "", ""});
    (*own)[1] = as_cell(now.state);
    if (!now.epochs.empty()) (*own)[2] = as_cell(now.epochs);
    if (!now.accuracy.empty()) (*own)[3] = as_cell(now.accuracy);
    (*own)[4] = time_now();
    (*own)[5] = as_cell(command);
    AtomicFile written(list);
    const std::string text = laid_out(lines);
    written.put(text.data(), text.size());
    static_cast<void>(written.commit());   // a training is worth more than its list
}

}  // namespace cifar10
