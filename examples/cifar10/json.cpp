// SPDX-License-Identifier: BSL-1.0
// The table for programs to read.
#include "report.hpp"

#include <aquatint/base/config.hpp>
#include <cstdio>

namespace cifar10 {

namespace {

std::string quoted(const std::string& text) {
    std::string all = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') all += '\\';
        all += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
    return all + "\"";
}
std::string number(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}
std::string truth(bool value) {
    return value ? "true" : "false";
}

std::string entry(const Line& line, const Line& baseline, Size pictures) {
    const Facts& facts = line.row->facts();
    const Outcome& outcome = line.outcome;
    const bool passed = outcome.checks.passed();
    const auto figure = [&](const std::string& text) { return passed ? text : "null"; };   // a failed check leaves no figures
    const double accuracy = static_cast<double>(outcome.correct) / static_cast<double>(pictures);
    const double compression = static_cast<double>(baseline.row->facts().stored_bytes) / static_cast<double>(facts.stored_bytes);
    std::string kernels;
    for (const auto& [layer, family] : facts.kernels)
        kernels += (kernels.empty() ? "" : ", ") + quoted(layer) + ": " + quoted(family);

    std::string text = "    {\"precision\": " + quoted(facts.name);
    const auto put = [&](const char* name, const std::string& value) { text += std::string(", ") + quoted(name) + ": " + value; };
    put("first", quoted(facts.first));
    put("last", quoted(facts.last));
    put("carry", quoted(facts.carry));
    put("correct", figure(std::to_string(outcome.correct)));
    put("images", std::to_string(pictures));
    put("accuracy", figure(number(accuracy)));
    put("stored_bytes", std::to_string(facts.stored_bytes));
    put("parameter_bytes", std::to_string(facts.parameter_bytes));
    put("arena_bytes", std::to_string(facts.arena_bytes));
    put("compression", number(compression));
    put("microseconds_per_image", figure(number(outcome.speed.microseconds)));
    put("noise", figure(number(outcome.speed.noise)));
    put("kernel", "{" + kernels + "}");
    put("checks", "{\"scalar_equal\": " + truth(outcome.checks.scalar_different == 0) +
                      ", \"reload_equal\": " + truth(outcome.checks.reload.empty()) + "}");
    if (facts.needs_training) put("needs_training", "true");
    return text + "}";
}

std::string version() {
    return std::to_string(AQUATINT_VERSION_MAJOR) + "." + std::to_string(AQUATINT_VERSION_MINOR) + "." +
           std::to_string(AQUATINT_VERSION_PATCH);
}

}  // namespace

std::string table_json(const std::vector<Line>& lines, Size pictures) {
    std::string results;
    for (const Line& line : lines) results += (results.empty() ? "" : ",\n") + entry(line, lines.front(), pictures);
    return "{\"processor\": " + quoted(processor()) + ", \"compiler\": " + quoted(compiler()) +
           ", \"flags\": " + quoted(flags()) + ", \"version\": " + quoted(version()) + ",\n  \"results\": [\n" + results +
           "\n  ]}\n";
}

}  // namespace cifar10
