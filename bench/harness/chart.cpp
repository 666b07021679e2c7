// SPDX-License-Identifier: BSL-1.0
// The ladder: GOP/s by precision as an SVG, contestants and ceilings drawn in.
#include "results.hpp"

#include <cstdio>
#include <map>

namespace bench {

namespace {

// Two columns of panels; in a panel words on the left, bars, words behind the bars.
constexpr double panel_width = 620, left = 78, right = 250, ours_height = 13, other_height = 10, gap = 8;

std::string number(double x) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", x);
    return text;
}
std::string escaped(const std::string& words) {
    std::string all;
    for (const char c : words) all += c == '<' ? "&lt;" : c == '>' ? "&gt;" : c == '&' ? "&amp;" : std::string(1, c);
    return all;
}
std::string label(double x, double y, const char* style, const std::string& words) {
    return "<text x=\"" + number(x) + "\" y=\"" + number(y) + "\" class=\"" + style + "\">" + escaped(words) + "</text>\n";
}
std::string bar(double y, double length, double height, const char* style) {
    return "<rect x=\"" + number(left) + "\" y=\"" + number(y) + "\" width=\"" + number(length) + "\" height=\"" +
           number(height) + "\" class=\"" + style + "\"/>\n";
}
const char* style_of(Role role) {
    constexpr const char* styles[] = {"ours", "peer", "baseline", "rival"};
    return styles[static_cast<int>(role)];
}

std::string part(const std::string& name, int index) {
    std::size_t from = 0;
    for (; index > 0; --index) from = name.find('/', from) + 1;
    return name.substr(from, name.find('/', from) - from);
}

/// Rows of one operation and shape, as they were listed.
class Panel {
public:
    explicit Panel(const Run& of_run) : run(of_run) {}

    void add(const Result& result) {
        rows.push_back(&result);
        for (const Standing& s : result.standings) most = std::max(most, s.gops);
    }
    std::size_t size() const { return rows.size(); }

    std::string draw(const std::string& title, double& height) const {
        std::string svg = label(left, height = 22, "title", title);
        height += 4;
        for (const Result* result : rows) {
            height += gap;
            svg += draw_row(*result, height);
        }
        return svg;
    }

private:
    const Run& run;
    std::vector<const Result*> rows;
    double most = 1;   ///< of all bars; a ceiling may lie outside of the panel

    double length(double gops) const { return gops / most * (panel_width - left - right); }

    std::string draw_row(const Result& result, double& y) const {
        std::string svg = label(left - 6, y + 11, "precision", part(result.name, 1));
        if (result.share > 0) {
            const double ceiling = result.gops / result.share, x = left + length(ceiling);
            if (ceiling <= 1.05 * most)
                svg +=
                    "<path d=\"M" + number(x) + " " + number(y - 3) + "v" + number(ours_height + 6) + "\" class=\"ceiling\"/>\n";
            else svg += label(panel_width - 12, y + 11, "beyond", number(ceiling) + " \u25b8");
        }
        for (const Standing& s : result.standings) {
            const double height = s.role == Role::ours ? ours_height : other_height;
            svg += bar(y, length(s.gops), height, style_of(s.role));
            svg += label(left + length(s.gops) + 5, y + height - 2, s.role == Role::ours ? "value" : "name", words(s));
            y += height + 1;
        }
        return svg;
    }
    std::string words(const Standing& s) const {
        if (s.role == Role::ours) return number(s.gops) + " GOP/s, " + to_text(s.verdict);
        char ratio[32];
        std::snprintf(ratio, sizeof ratio, " (ours %.2fx)", s.ratio);
        std::string all = s.name + " " + number(s.gops) + ratio;
        if (s.verdict == Verdict::wrong) all += ", WRONG";
        else if (s.verdict == Verdict::saturates) all += ", saturates: inexact";
        else if (!s.full_range && run.saturates(s.name)) all += ", saturates at W8A8";
        return all;
    }
};

constexpr const char style_sheet[] =
    "<style>text{font:10px sans-serif;fill:#333}.title{font-size:14px;font-weight:bold}.head{font-size:11px}"
    ".precision{text-anchor:end;font-size:12px;font-weight:bold}.value,.name{paint-order:stroke;stroke:#fff;stroke-width:2}."
    "value{font-weight:bold}"
    ".ours{fill:#1f6f8b}.peer{fill:#d9a066}.baseline{fill:#9fb7a4}.rival{fill:#b79fb5}"
    ".beyond{text-anchor:end;fill:#b00020}.ceiling{stroke:#b00020;stroke-width:2;fill:none}</style>\n";

}  // namespace

std::string to_svg(const Run& run) {
    std::vector<std::string> titles;   // in the order of the rows
    std::map<std::string, Panel> panels;
    for (const Result& result : run.results) {
        const std::string title = part(result.name, 0) + " " + part(result.name, 2);
        if (panels.find(title) == panels.end()) titles.push_back(title);
        panels.try_emplace(title, run).first->second.add(result);
    }
    std::string body = label(12, 20, "head", run.processor + "; " + run.compiler + "; " + run.command);
    body += label(12, 35, "head",
                  "One thread; noise " + number(100 * run.noise()) +
                      " %. GOP/s, a multiply-accumulate is two. Red: "
                      "what the instructions of the row reach in registers, or reading its weights. In brackets: ours as a "
                      "multiple of it.");
    double bottom[2] = {44, 44};
    for (const std::string& title : titles) {
        if (panels.at(title).size() < 3) continue;
        const int column = bottom[1] < bottom[0] ? 1 : 0;
        double height = 0;
        const std::string panel = panels.at(title).draw(title, height);
        body += "<g transform=\"translate(" + number(column * panel_width) + " " + number(bottom[column]) + ")\">\n" + panel +
                "</g>\n";
        bottom[column] += height + 10;
    }
    const std::string size =
        "width=\"" + number(2 * panel_width) + "\" height=\"" + number(std::max(bottom[0], bottom[1]) + 8) + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + ">\n" + style_sheet +
           "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + body + "</svg>\n";
}

}  // namespace bench
