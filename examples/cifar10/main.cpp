// SPDX-License-Identifier: BSL-1.0
// ResNet-20 in every precision: calibrated, packed, checked, and measured on the images of CIFAR-10.
#include "options.hpp"
#include "../support/refuse.hpp"
#include "report.hpp"
#include "show.hpp"
#include "source.hpp"
#include "take.hpp"
#include "terminal.hpp"
#include "text_table.hpp"
#include "weights.hpp"
#include "../support/write_file.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>

namespace cifar10 {

using namespace examples;

namespace {

constexpr const char* default_data = "../shared/data";
constexpr Size calibration_images = 512;

constexpr const char* where_to_get_it =
    "cifar10: nothing to show, because ../shared/data is not there. To fill it, or another folder for --data:\n"
    "images: https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz, unpacked there as cifar-10-batches-bin/\n"
    "weights: resnet20-12fca82f.th of https://github.com/akamaster/pytorch_resnet_cifar10, converted to "
    "resnet20_cifar10/resnet20.safetensors as examples/cifar10/README.md shows\n";

using Rows = std::vector<std::unique_ptr<Row>>;

void print(const std::string& text) {
    show_progress("");
    std::fputs(text.c_str(), stdout);
    std::fflush(stdout);
}

const Row* find(const Rows& rows, const std::string& name) {
    for (const auto& row : rows)
        if (row->facts().name == name) return row.get();
    return nullptr;
}

/// The rows that the options name, float first; a name that no row has is refused.
Rows wanted_rows(const Options& options) {
    Rows all = make_rows(), wanted;
    std::string known;
    for (const auto& row : all) known += " " + row->facts().name;
    std::vector<std::string> names;
    for (const std::string& name : {options.precision, options.layers, options.take}) {
        if (name.empty() || name == "all") continue;
        if (find(all, name) == nullptr) refuse("there is no precision '" + name + "'; there are" + known);
        names.push_back(name);
    }
    const bool everything = options.precision == "all" || names.empty();
    for (auto& row : all)
        if (everything || wanted.empty() || std::find(names.begin(), names.end(), row->facts().name) != names.end())
            wanted.push_back(std::move(row));
    return wanted;
}

/// Leaves out the row that was trained in one bit where its weights are not there and nobody named it.
void leave_out_binary(Rows& rows, const std::string& file, bool named) {
    if (named || std::filesystem::exists(file)) return;
    std::erase_if(rows, [&](const auto& row) {
        if (row->facts().trained_binary) print(row->facts().name + " is left out: there is no " + file + "\n");
        return row->facts().trained_binary;
    });
}

void calibrate(const Rows& rows, const Source& source) {
    for (const auto& row : rows) {
        show_progress(row->facts().name + ": calibration");
        require(row->calibrate(source), row->facts().name);
    }
}

std::vector<Line> measure(const Rows& rows, const Pictures& pictures) {
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

/// Everything that needs the rows to be measured; false if a check failed.
bool run_table(const Options& options, const Rows& rows, const Pictures& pictures) {
    const std::vector<Line> lines = measure(rows, pictures);
    print(table_text(lines, pictures.count()));
    if (options.show != 0) print("\n" + pictures_text(lines, pictures, options.show));
    if (!options.json.empty()) write_file(options.json, table_json(lines, pictures.count()));
    const bool passed = std::all_of(lines.begin(), lines.end(), [](const Line& line) { return line.outcome.checks.passed(); });
    if (!options.take.empty() && passed)
        print("\n" + options.take + " as a program of its own is in " + options.take_to + ":\n" +
              take(*find(rows, options.take), pictures, options.take_to));
    return passed;
}

int run(const Options& options) {
    if (options.help) {
        print(help_text());
        return 0;
    }
    Rows rows = wanted_rows(options);
    const std::string folder = options.data.empty() ? default_data : options.data;
    const DataFiles files = find_data(folder);
    if (!files && options.nothing_asked) {
        print(where_to_get_it);
        return 0;
    }
    if (!files)
        refuse(folder + ": there is neither cifar10/ with test.bin and train_1.bin nor cifar-10-batches-bin/ with test_batch.bin "
                        "and data_batch_1.bin; README.md says what to get");
    const std::string binary = folder + "/" + binary_file;
    leave_out_binary(rows, binary, (options.precision + options.layers + options.take).find("adabin") != std::string::npos);

    if (!options.take.empty()) make_folder(options.take_to);
    if (!options.json.empty()) require_place_for(options.json);

    const Pictures test = read_pictures(files.test, options.images);
    const Pictures samples = read_pictures(files.train, calibration_images);
    show_progress("float network on the samples");
    Source source = read_source(options.weights.empty() ? folder + "/" + float_file : options.weights, samples);
    if (rows.back()->facts().trained_binary) read_binary(binary, source);
    print("ResNet-20 on CIFAR-10, calibrated on the first " + grouped(samples.count()) + " images of the training set" +
          (options.table() ? ", evaluated on " + grouped(test.count()) + " test images" : "") + ".\n" + processor() + "; " +
          compiler() + " " + flags() + "\n\n");
    calibrate(rows, source);

    const bool passed = !options.table() || run_table(options, rows, test);
    if (!options.layers.empty())
        print((options.table() ? "\n" : "") + layers_text(*find(rows, options.layers), *rows.front(), test));
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
