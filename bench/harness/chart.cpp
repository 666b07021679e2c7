// SPDX-License-Identifier: BSL-1.0
// The ladder: GOP/s by precision as an SVG, contestants and ceilings drawn in.
#include "results.hpp"

#include <cstdio>
#include <map>

namespace bench {

namespace {

constexpr double width = 940, left = 100, right = 250, ours_height = 13, other_height = 9, gap = 9;

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
    return "<rect x=\"" + number(left) + "\" y=\"" + number(y) + "\" width=\"" + number(length) + "\" height=\"" + number(height) +
           "\" class=\"" + style + "\"/>\n";
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

/// Rows of one operation and shape, from slow to fast as they were listed.
class Panel {
public:
    explicit Panel(const Run& of_run) : run(of_run) {}

    void add(const Result& result) {
        rows.push_back(&result);
        for (const Standing& s : result.standings) most = std::max(most, s.gops);
        if (result.share > 0) most = std::max(most, result.gops / result.share);
    }
    std::size_t size() const { return rows.size(); }

    /// Draws from `y` on and moves it to the end.
    std::string draw(const std::string& title, double& y) const {
        std::string svg = label(left, y += 26, "title", title);
        y += 8;
        for (const Result* result : rows) {
            y += gap;
            svg += draw_row(*result, y);
        }
        return svg;
    }

private:
    const Run& run;
    std::vector<const Result*> rows;
    double most = 1;

    double length(double gops) const { return gops / most * (width - left - right); }

    std::string draw_row(const Result& result, double& y) const {
        const double top = y;
        std::string svg = label(left - 8, y + 11, "precision", part(result.name, 1));
        for (const Standing& s : result.standings) {
            const double height = s.role == Role::ours ? ours_height : other_height;
            svg += bar(y, length(s.gops), height, style_of(s.role));
            svg += label(left + length(s.gops) + 5, y + height - 1.5, s.role == Role::ours ? "value" : "name", words(s));
            y += height + 1;
        }
        if (result.share > 0) {
            const double x = left + length(result.gops / result.share);
            svg += "<path d=\"M" + number(x) + " " + number(top - 2) + "V" + number(y + 1) + "\" class=\"ceiling\"/>\n";
        }
        return svg;
    }
    std::string words(const Standing& s) const {
        if (s.role == Role::ours) return number(s.gops) + " GOP/s, exact" + (s.verdict == Verdict::wrong ? ": WRONG" : "");
        char ratio[32];
        std::snprintf(ratio, sizeof ratio, "%.2fx", s.ratio);
        std::string all = s.name + " " + number(s.gops) + ", ours " + ratio;
        if (s.verdict == Verdict::wrong) all += ", WRONG";
        else if (s.verdict == Verdict::saturates) all += ", saturates: inexact";
        else if (run.saturates(s.name)) all += ", saturates at full range";
        return all;
    }
};

constexpr const char style_sheet[] =
    "<style>text{font:10px sans-serif;fill:#333}.title{font-size:14px;font-weight:bold}.head{font-size:11px}"
    ".precision{text-anchor:end;font-size:12px;font-weight:bold}.value{font-weight:bold}"
    ".ours{fill:#1f6f8b}.peer{fill:#d9a066}.baseline{fill:#9fb7a4}.rival{fill:#b79fb5}"
    ".ceiling{stroke:#b00020;stroke-width:2;fill:none}</style>\n";

}  // namespace

std::string to_svg(const Run& run) {
    std::vector<std::string> titles;   // in the order of the rows
    std::map<std::string, Panel> panels;
    for (const Result& result : run.results) {
        const std::string title = part(result.name, 0) + " " + part(result.name, 2);
        if (panels.find(title) == panels.end()) titles.push_back(title);
        panels.try_emplace(title, run).first->second.add(result);
    }
    double y = 16;
    std::string body = label(12, y += 4, "head", run.processor + "; " + run.compiler);
    body += label(12, y += 15, "head", run.command + "; one thread, noise " + number(100 * run.noise()) + " %");
    body += label(12, y += 15, "head",
                  "GOP/s, a multiply-accumulate is two. Red: what the instructions of the row reach in registers, or reading the weights. "
                  "Behind a name: its GOP/s, and ours as a multiple of them.");
    for (const std::string& title : titles)
        if (panels.at(title).size() >= 3) body += panels.at(title).draw(title, y);
    const std::string size = "width=\"" + number(width) + "\" height=\"" + number(y + 16) + "\"";
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" " + size + ">\n" + style_sheet +
           "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n" + body + "</svg>\n";
}

}  // namespace bench
