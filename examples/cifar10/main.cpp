// SPDX-License-Identifier: BSL-1.0
// ResNet-20 in every precision: calibrated, packed, checked, and measured on the images of CIFAR-10.
#include "options.hpp"
#include "refuse.hpp"
#include "report.hpp"
#include "show.hpp"
#include "source.hpp"
#include "terminal.hpp"
#include "text_table.hpp"
#include "weights.hpp"

#include <aquatint/interop/file.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>

namespace cifar10 {

namespace {

constexpr const char* default_data = "../shared/data";
constexpr Size calibration_images = 512;

constexpr const char* where_to_get_it =
    "cifar10: no images and weights in ../shared/data, so there is nothing to show. To fill that folder (or another one, for --data):\n"
    "images: https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpacked there as cifar-10-batches-bin/\n"
    "weights: resnet20-12fca82f.th of github.com/akamaster/pytorch_resnet_cifar10, as resnet20_cifar10/resnet20.safetensors (README.md says how)\n";

void print(const std::string& text) {
    show_progress("");
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

void write_file(const std::string& path, const std::string& text) {
    AtomicFile file(path);
    file.put(text.data(), text.size());
    require(file.commit());
}

/// The rows that the options name, float first; a name that no row has is refused.
std::vector<std::unique_ptr<Row>> wanted_rows(const Options& options) {
    std::vector<std::unique_ptr<Row>> all = make_rows(), wanted;
    const bool everything = options.precision == "all" || (options.precision.empty() && options.layers.empty() && options.take.empty());
    const std::string names[] = {options.precision, options.layers, options.take};
    std::string known;
    for (const auto& row : all) known += " " + row->facts().name;
    for (const std::string& name : names) {
        const bool there = std::any_of(all.begin(), all.end(), [&](const auto& row) { return row->facts().name == name; });
        if (!name.empty() && name != "all" && !there) refuse("there is no precision '" + name + "'; there are" + known);
    }
    for (auto& row : all)
        if (everything || wanted.empty() || std::find(std::begin(names), std::end(names), row->facts().name) != std::end(names))
            wanted.push_back(std::move(row));
    return wanted;
}

const Row& find(const std::vector<std::unique_ptr<Row>>& rows, const std::string& name) {
    for (const auto& row : rows)
        if (row->facts().name == name) return *row;
    refuse("there is no precision '" + name + "'");
}

std::vector<Line> measure(const std::vector<std::unique_ptr<Row>>& rows, const Pictures& pictures) {
    std::vector<Line> lines;
    for (const auto& row : rows) {
        Line line{row.get(), {}};
        evaluate(*row, pictures, line.outcome);
        line.outcome.checks = run_checks(*row, pictures);
        lines.push_back(line);
    }
    const std::vector<Speed> speeds = measure_speed(rows, pictures);
    for (Size i = 0; i < lines.size(); ++i) lines[i].outcome.speed = speeds[i];
    return lines;
}

int run(const Options& options) {
    if (options.help) {
        print(help_text());
        return 0;
    }
    std::vector<std::unique_ptr<Row>> rows = wanted_rows(options);
    const std::string folder = options.data.empty() ? default_data : options.data;
    const DataFiles files = find_data(folder);
    if (!files && options.nothing_asked) {
        print(where_to_get_it);
        return 0;
    }
    if (!files) refuse(folder + ": holds neither cifar10/test.bin and train_1.bin nor cifar-10-batches-bin/; README.md says what to get");

    const Pictures test = read_pictures(files.test, options.images);
    const Pictures samples = read_pictures(files.train, calibration_images);
    show_progress("float network on the samples");
    const Source source = read_source(options.weights.empty() ? folder + "/" + TrainedFloat::file : options.weights, samples);
    print("ResNet-20 on CIFAR-10: calibrated on the first " + grouped(samples.count()) + " images of the training set, evaluated on " +
          grouped(test.count()) + " test images.\n" + processor() + "; " + compiler() + " " + flags() + "\n\n");
    for (const auto& row : rows) {
        show_progress(row->facts().name + ": calibration");
        require(row->calibrate(source), row->facts().name);
    }

    bool passed = true;
    if (options.table()) {
        const std::vector<Line> lines = measure(rows, test);
        for (const Line& line : lines) passed = passed && line.outcome.checks.passed();
        print(table_text(lines, test.count()));
        if (options.show != 0) print("\n" + pictures_text(lines, test, options.show));
        if (!options.json.empty()) write_file(options.json, table_json(lines, test.count()));
    }
    if (!options.layers.empty()) print("\n" + layers_text(find(rows, options.layers), *rows.front(), test));
    return passed ? 0 : 1;
}

}  // namespace

}  // namespace cifar10

int main(int count, char** words) {
    try {
        return cifar10::run(cifar10::read_options(count, words));
    } catch (const std::exception& problem) {
        cifar10::show_progress("");
        std::fprintf(stderr, "cifar10: %s\n", problem.what());
        return 1;
    }
}
