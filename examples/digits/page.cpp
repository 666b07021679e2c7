// SPDX-License-Identifier: BSL-1.0
// The page in the order in which one reads it.
#include "page.hpp"

#include "charts.hpp"
#include "picture.hpp"
#include "svg.hpp"

#include <aquatint/report/table.hpp>

namespace digits {

namespace {

using aquatint::grouped;

constexpr const char* head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Digits in two bits</title>
<style>
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse } th, td { padding: .2rem 1rem; text-align: right } th:first-child, td:first-child { text-align: left; padding-left: 0 }
td { border-top: 1px solid #8884 } svg { max-width: 100%; height: auto }
figure { display: inline-block; margin: .3rem; text-align: center; font-size: 12px } figure img { width: 56px; image-rendering: pixelated }
</style></head><body>
)";

std::string section(const std::string& title, const std::string& words, const std::string& body) {
    return "<h2>" + title + "</h2>\n<p>" + words + "</p>\n" + body;
}

std::string row(const Score& score, Size images) {
    return "<tr><td>" + escaped(score.name) + "</td><td>" + grouped(score.correct) + "</td><td>" +
           short_number(100.0 * static_cast<double>(score.correct) / static_cast<double>(images)) + " %</td><td>" + grouped(score.bytes) + "</td><td>" +
           short_number(score.microseconds, 1) + "</td></tr>\n";
}

std::string misread(const Report& report) {
    constexpr Size most_shown = 40;
    const Images& images = report.task.test;
    std::string figures;
    Size shown = 0;
    for (Size i = 0; i < images.count() && shown < most_shown; ++i) {
        if (report.score.answers[i] == images.labels[i]) continue;
        figures += "<figure><img alt=\"\" src=\"" + picture_uri(images[i]) + "\"><br>" + std::to_string(images.labels[i]) + " read as " +
                   std::to_string(report.score.answers[i]) + "</figure>\n";
        ++shown;
    }
    return figures;
}

}  // namespace

std::string page(const Report& report) {
    const Size images = report.task.test.count();
    const Score& score = report.score;
    std::string text = head;
    text += "<h1>Digits in two bits</h1>\n<p>" + escaped(report.task.name) + ": " + grouped(report.task.train.count()) + " images to learn from, " +
            grouped(images) + " others to be examined on.</p>\n<table><tr><th></th><th>right</th><th>share</th><th>bytes</th><th>µs an image</th></tr>\n" +
            row(report.float_score, images) + row(score, images) + "</table>\n";
    text += "<p>The packed network gives the answer of training's simulation on " + grouped(report.agreement.same_answers) + " of " + grouped(images) +
            " images; its outputs, up to " + short_number(static_cast<double>(report.agreement.largest_output), 1) + ", differ from it by " +
            short_number(static_cast<double>(report.agreement.largest_difference), 6) + " at most.</p>\n";
    text += section("How it learned", "First in float, from random weights; then with four levels, from the float weights.",
                    curves_chart(report.float_curve, report.curve));
    text += section("Weights and their levels",
                    "Training keeps real weights (blue) and rounds them to levels in every pass. Each output channel learned its own levels (orange, all "
                    "channels over each other); 1 is a channel's outermost level.",
                    weights_chart(report.layers));
    text += section("Bytes", "Of each layer, in float (blue) and as packed (orange), levels and biases included.", sizes_chart(report.layers));
    text += section("What is taken for what", "By the packed network.", confusion_chart(score));
    text += section("Misread", "The first of them.", misread(report));
    return text + "</body></html>\n";
}

}  // namespace digits
