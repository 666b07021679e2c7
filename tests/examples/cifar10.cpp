// SPDX-License-Identifier: BSL-1.0
// The example cifar10 without its networks: options, images, tables. What a failed check looks like is seen here only.
#include "../../examples/cifar10/dataset.cpp"
#include "../../examples/cifar10/json.cpp"
#include "../../examples/cifar10/options.cpp"
#include "../../examples/cifar10/show.cpp"
#include "../../examples/cifar10/table.cpp"
#include "../../examples/cifar10/terminal.cpp"
#include "../../examples/cifar10/text_table.cpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

using namespace cifar10;

std::string cifar10::processor() { return "a \"fast\" one"; }
std::string cifar10::compiler() { return "gcc"; }
std::string cifar10::flags() { return "-O3"; }

namespace {

std::string refused(std::vector<const char*> words) {
    words.insert(words.begin(), "cifar10");
    try {
        read_options(static_cast<int>(words.size()), words.data());
    } catch (const Refusal& refusal) {
        return refusal.what();
    }
    return "";
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

/// A folder that goes away.
struct Folder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "aquatint_test_cifar10";
    Folder() { std::filesystem::create_directories(path); }
    ~Folder() { std::filesystem::remove_all(path); }
    std::string write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((path / name).parent_path());
        std::ofstream(path / name, std::ios::binary) << bytes;
        return (path / name).string();
    }
};

std::string record(char label) {
    std::string bytes(1 + picture_bytes, '\0');
    bytes[0] = label;
    for (Size color = 0; color < 3; ++color)
        for (Size pixel = 0; pixel < 1024; ++pixel) bytes[1 + color * 1024 + pixel] = static_cast<char>(color * 80 + pixel % 80);
    return bytes;
}
std::string why_not(const std::string& path, Size count) {
    try {
        read_pictures(path, count);
    } catch (const Refusal& refusal) {
        return refusal.what();
    }
    return "";
}

class NoRow : public Row {
public:
    explicit NoRow(const char* name) {
        known.name = name;
        known.first = "W8A8";
        known.last = "float";
        known.stored_bytes = 1000;
        known.kernels = {{"conv1", "dot"}, {"linear", "float"}};
    }
    const Facts& facts() const override { return known; }
    std::vector<StepFacts> steps() const override { return {}; }
    aquatint::Error calibrate(const Source&) override { return {}; }
    std::unique_ptr<Runner> runner() const override { return nullptr; }
    std::string reload(const Byte*) const override { return ""; }
    std::vector<Byte> file(const Byte*) const override { return {}; }

private:
    Facts known;
};

}  // namespace

TEST_CASE("options that do not exist, numbers that are none, words that are missing") {
    CHECK(holds(refused({"--color"}), "no option '--color'"));
    CHECK(holds(refused({"W4A8"}), "no option 'W4A8'"));
    CHECK(holds(refused({"--images", "0"}), "from 1 on, not '0'"));
    CHECK(holds(refused({"--images", "-1"}), "not '-1'"));
    CHECK(holds(refused({"--images", "12x"}), "not '12x'"));
    CHECK(holds(refused({"--show", "99999999999999999999999"}), "whole number"));
    CHECK(holds(refused({"--take", "W4A8"}), "needs NAME DIR"));
    CHECK(holds(refused({"--json"}), "needs FILE"));
    CHECK(holds(refused({"--show", "1", "--show", "2"}), "given twice"));
    CHECK(refused({"--take", "W4A8", "folder", "--images", "100", "--help"}).empty());
}

TEST_CASE("layers alone need no table") {
    const char* const words[] = {"cifar10", "--layers", "W4A8"};
    CHECK_FALSE(read_options(3, words).table());
    CHECK(read_options(1, words).table());
    CHECK(read_options(1, words).nothing_asked);
}

TEST_CASE("planes become interleaved pixels, in either layout of folders") {
    const Folder folder;
    CHECK_FALSE(find_data(folder.path.string()));
    folder.write("cifar-10-batches-bin/data_batch_1.bin", record(3));
    folder.write("cifar-10-batches-bin/test_batch.bin", record(3) + record(9));
    const DataFiles files = find_data(folder.path.string());
    REQUIRE(files);
    const Pictures pictures = read_pictures(files.test, 0);
    REQUIRE(pictures.count() == 2);
    CHECK(pictures.labels == std::vector<Byte>{3, 9});
    for (Size pixel = 0; pixel < 1024; ++pixel)
        for (Size color = 0; color < 3; ++color) REQUIRE(pictures[1][pixel * 3 + color] == color * 80 + pixel % 80);
}

TEST_CASE("files that are no images are refused") {
    const Folder folder;
    CHECK(holds(why_not(folder.write("cut", record(1).substr(1)), 0), "expected 3073, found 3072"));
    CHECK(holds(why_not(folder.write("empty", ""), 0), "expected 3073, found 0"));
    CHECK(holds(why_not(folder.write("label", record(0) + record(10)), 0), "10 in record 1"));
    CHECK(holds(why_not(folder.write("one", record(1)), 2), "holds 1 images, 2 are asked for"));
    CHECK_FALSE(why_not((folder.path / "nothing").string(), 0).empty());
}

TEST_CASE("a row whose check failed shows no figure") {
    const NoRow baseline("float"), good("W8A8"), bad("W4A8"), worse("W3A8");
    std::vector<Line> lines{{&baseline, {}}, {&good, {}}, {&bad, {}}, {&worse, {}}};
    for (Line& line : lines) line.outcome = {{}, 83, {200, 0, ""}, {512.0, 0.01}};
    lines[2].outcome.checks.scalar_different = 7;
    lines[3].outcome.checks.reload = "differs";
    const std::string table = table_text(lines, 100);
    const auto line_of = [&](const char* name) {
        return table.substr(table.find(name), table.find('\n', table.find(name)) - table.find(name));
    };
    CHECK(holds(line_of("W8A8"), "83.00 %"));
    CHECK(holds(line_of("W8A8"), "dot; float"));
    CHECK(holds(line_of("W4A8"), "FAILED: scalar and vector routines differ on 7 of 200 images"));
    CHECK(holds(line_of("W3A8"), "FAILED: differs"));
    for (const char* failed : {"W4A8", "W3A8"})
        for (const char* figure : {"83", "512", "1,000"}) CHECK_FALSE(holds(line_of(failed), figure));

    const std::string json = table_json(lines, 100);
    const std::string entry = json.substr(json.find("\"W4A8\""), json.find("\"W3A8\"") - json.find("\"W4A8\""));
    for (const char* part : {"\"correct\": null", "\"accuracy\": null", "\"microseconds_per_image\": null",
                             "\"scalar_equal\": false", "\"reload_equal\": true"})
        CHECK(holds(entry, part));
    CHECK(holds(json, "\"accuracy\": 0.83"));
    CHECK(holds(json, "a \\\"fast\\\" one"));
}

TEST_CASE("pictures on which the rows disagree come first") {
    const NoRow baseline("float"), other("W4A8");
    Pictures pictures{std::vector<Byte>(4 * picture_bytes), {0, 1, 2, 3}};
    std::vector<Line> lines{{&baseline, {}}, {&other, {}}};
    lines[0].outcome.verdicts = {0, 1, 2, 4};
    lines[1].outcome.verdicts = {0, 1, 5, 4};
    const std::string text = pictures_text(lines, pictures, 4);
    CHECK(text.find("(image 2)") < text.find("(image 3)"));   // disagreement before error
    CHECK(text.find("(image 3)") < text.find("(image 0)"));   // error before agreement
    CHECK(holds(text, "\x1b[38;2;0;0;0;48;2;0;0;0m▀"));
    CHECK_FALSE(holds(pictures_text(lines, pictures, 1), "(image 3)"));
}

TEST_CASE("columns count characters, not bytes or colours") {
    CHECK(columns_of("µs ±1") == 5);
    CHECK(columns_of("\x1b[31mred\x1b[0m") == 3);
    CHECK(padded("ab", 4, true) == "  ab");
    CHECK(grouped(9173) == "9,173");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(12) == "12");
}
