// SPDX-License-Identifier: BSL-1.0
// The example digits in parts and, with a tiny network, as a whole.
#include "../../examples/digits/charts.cpp"
#include "../../examples/digits/confusion.cpp"
#include "../../examples/digits/gunzip.cpp"
#include "../../examples/digits/mnist.cpp"
#include "../../examples/digits/options.cpp"
#include "../../examples/digits/page.cpp"
#include "../../examples/digits/picture.cpp"
#include "../../examples/digits/render.cpp"
#include "../../examples/digits/svg.cpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <memory>

using namespace digits;
using namespace aquatint;

namespace {

template <class Action>
std::string why_refused(Action action) {
    try {
        action();
    } catch (const Refusal& refused) {
        return refused.what();
    }
    return "";
}
std::string refused(std::vector<const char*> words) {
    words.insert(words.begin(), "digits");
    return why_refused([&] { read_options(static_cast<int>(words.size()), words.data()); });
}
bool holds(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

// Packed by zlib: "abcabcabcabcabc, abc!" as it is, the same in the fixed codes, and
// `long_bytes` in codes of its own, with a file name.
const std::vector<Byte> stored = {
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 1, 21, 0, 234, 255, 97, 98, 99, 97, 98, 99, 97, 98, 99, 97, 98, 99, 97, 98, 99, 44, 32,
    97, 98, 99, 33, 197, 206, 169, 147, 21, 0, 0, 0};
const std::vector<Byte> fixed_codes = {
    31, 139, 8, 0, 0, 0, 0, 0, 0, 3, 75, 76, 74, 78, 68, 66, 58, 10, 64, 66, 17, 0, 197, 206, 169, 147, 21, 0, 0, 0};
const std::vector<Byte> own_codes = {
    31, 139, 8, 8, 0, 0, 0, 0, 0, 3, 108, 111, 110, 103, 0, 37, 204, 135, 17, 196, 32, 12, 0, 65, 27, 36, 145, 49, 201, 238,
    191, 212, 159, 249, 219, 2, 246, 186, 37, 13, 215, 100, 183, 20, 66, 234, 71, 31, 89, 37, 136, 151, 80, 183, 205, 240,
    141, 154, 45, 214, 229, 155, 155, 89, 221, 237, 180, 44, 121, 244, 244, 146, 82, 121, 94, 155, 118, 90, 84, 33, 241, 36,
    141, 196, 72, 148, 36, 147, 12, 146, 76, 146, 73, 6, 137, 146, 44, 146, 77, 226, 73, 6, 73, 37, 73, 36, 147, 36, 146,
    40, 73, 36, 169, 36, 66, 226, 72, 140, 100, 144, 8, 137, 39, 137, 36, 155, 164, 145, 68, 146, 78, 226, 73, 94, 146, 143,
    228, 38, 233, 36, 153, 164, 146, 28, 18, 35, 241, 36, 70, 242, 144, 4, 146, 139, 68, 72, 58, 73, 32, 49, 18, 35, 153,
    36, 133, 164, 144, 76, 146, 155, 100, 147, 28, 18, 33, 153, 36, 145, 36, 147, 44, 146, 68, 98, 36, 66, 210, 72, 148,
    196, 147, 4, 146, 74, 162, 36, 66, 146, 72, 206, 63, 249, 1, 65, 91, 64, 154, 88, 2, 0, 0};

std::vector<Byte> long_bytes() {
    std::vector<Byte> bytes;
    for (unsigned i = 0; i < 600; ++i) bytes.push_back(static_cast<Byte>(i * i % 23 + i / 7 % 5));
    return bytes;
}
std::string text_of(const std::vector<Byte>& packed, Size limit = 1000) {
    const std::vector<Byte> bytes = gunzip(packed, limit);
    return {bytes.begin(), bytes.end()};
}

/// A folder that goes away.
struct MnistFolder {
    std::filesystem::path path = std::filesystem::temp_directory_path() / "aquatint_test_digits";
    MnistFolder() { std::filesystem::create_directories(path); }
    MnistFolder(const MnistFolder&) = delete;
    ~MnistFolder() { std::filesystem::remove_all(path); }
    void write(const std::string& name, const std::vector<int>& header, Size bytes, char value) const {
        std::ofstream file(path / name, std::ios::binary);
        for (const int byte : header) file.put(static_cast<char>(byte));
        file << std::string(bytes, value);
    }
    std::string why_not() const {
        return why_refused([&] { read_mnist(path.string(), 0); });
    }
};

using Few = Precision<LearnedBasis<2>, LearnedBasis<2>>;
struct Tiny : Network<Input<Image<side, side>, Uniform<8>>, Conv<4, Kernel<3>, Stride<4>>, BatchNorm, Relu,
                      Quantized<Few, Flatten, Dense<16>, BatchNorm, Relu>, Dense<class_count>> {};

}  // namespace

TEST_CASE("options that do not exist, numbers that are none, words that are missing") {
    CHECK(refused({"--color"}) == "there is no option '--color'; --help lists them");
    CHECK(refused({"--epochs", "0"}) == "--epochs takes a whole number from 1 on, not '0'");
    CHECK(refused({"--seed", "-1"}) == "--seed takes a whole number from 0 on, not '-1'");
    CHECK(refused({"--images", "63"}) == "--images takes a whole number from 64 on, not '63'");   // a batch
    CHECK(refused({"--mnist"}) == "--mnist needs DIR");
    CHECK(refused({"--seed", "1", "--seed", "1"}) == "--seed is given twice");
    CHECK(refused({"--seed", "18446744073709551615", "--page", "x", "--help"}) == "");
    CHECK(holds(help_text(), "--page FILE"));
}

TEST_CASE("what gzip packed is unpacked, whatever the kind of its blocks") {
    CHECK(text_of(stored) == "abcabcabcabcabc, abc!");
    CHECK(text_of(fixed_codes) == "abcabcabcabcabc, abc!");
    CHECK(gunzip(own_codes, 600) == long_bytes());
    CHECK(why_refused([] { gunzip(own_codes, 599); }) == "the packed file holds more than it should");
    CHECK(why_refused([] { gunzip(stored, 20); }) == "the packed file holds more than it should");
}

TEST_CASE("packed files: every truncation is refused, every change of one byte is refused or harmless") {
    for (const std::vector<Byte>* packed : {&stored, &fixed_codes, &own_codes}) {
        const std::string text = text_of(*packed);
        for (Size size = 0; size < packed->size(); ++size)
            REQUIRE(why_refused([&] { gunzip({packed->data(), size}, 1000); }) != "");
        std::vector<Byte> changed = *packed;
        Size accepted = 0;
        for (Size place = 0; place < changed.size(); ++place)
            for (unsigned change = 1; change < 256; change += change < 16 ? 1 : 16) {
                changed[place] = static_cast<Byte>(changed[place] ^ change);
                std::string result;
                if (why_refused([&] { result = text_of(changed); }).empty()) {
                    ++accepted;
                    REQUIRE(result == text);
                }
                changed[place] = static_cast<Byte>(changed[place] ^ change);
            }
        CHECK(accepted > 0);     // times and names
        CHECK(accepted < 500);
    }
}

TEST_CASE("the files of MNIST belong together") {
    const MnistFolder folder;
    CHECK(holds(folder.why_not(), "cannot be opened"));
    for (const char* set : {"train", "t10k"}) {
        folder.write(std::string(set) + "-images-idx3-ubyte", {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 28, 0, 0, 0, 28}, 2 * pixel_count,
                     'x');
        folder.write(std::string(set) + "-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2}, 2, 3);
    }
    const Task task = read_mnist(folder.path.string(), 1);
    CHECK(task.train.count() == 1);
    CHECK(task.train.pixels.size() == pixel_count);
    CHECK(task.test.labels == std::vector<Byte>{3, 3});
    CHECK(task.test[1][783] == 'x');
    CHECK(holds(why_refused([&] { read_mnist(folder.path.string(), 3); }), "holds 2 labels, 3 are asked for"));
    folder.write("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 2}, 2, 10);
    CHECK(holds(folder.why_not(), "holds the label 10"));
    folder.write("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 3}, 3, 1);
    CHECK(holds(folder.why_not(), "the shape differs; expected [3,28,28], found [2,28,28]"));
    folder.write("train-labels-idx1-ubyte", {0, 0, 8, 1, 0, 0, 0, 0}, 0, 1);
    CHECK(holds(folder.why_not(), "the shape differs; expected [0,28,28]"));
}

TEST_CASE("a hand writes the same for the same seed, something else for another, and every digit") {
    const Images images = render(40, 5, 0);
    CHECK(images.pixels == render(40, 5, 0).pixels);
    CHECK(images.pixels != render(40, 6, 0).pixels);
    CHECK(images.pixels != render(40, 5, 1).pixels);
    for (Size i = 0; i < images.count(); ++i) {
        CHECK(images.labels[i] == i % class_count);
        const auto bright = std::count_if(images[i], images[i] + pixel_count, [](Byte pixel) { return pixel > 70; });
        CHECK(bright > 15);    // written
        CHECK(bright < 500);   // on paper
    }
}

TEST_CASE("learns, is packed, computes what training saw, and is shown") {
    const Task task{"a <test>", render(640, 1, 0), render(200, 1, 1)};
    const train::Data images = task.train.data(), unseen = task.test.data();
    Report report{task};
    train::Model<Tiny> model{train::Seed{1}, task.normalization()};
    train::Options how{.epochs = 8, .batch = 64, .optimizer = train::Sgd{.rate = 0.05}};
    how.test = &unseen;
    how.after_epoch = recorded(report.curve);
    REQUIRE_FALSE(fit(model, images, how));
    REQUIRE(report.curve.size() == 8);
    CHECK(report.curve.back().loss < report.curve.front().loss);

    const auto parameters = std::make_unique<Parameters<Tiny>>();
    const auto arena = std::make_unique<Arena<Tiny>>();
    REQUIRE_FALSE(freeze(model, *parameters));
    report.score = examine("tiny", cost<Tiny>.payload_bytes, task.test,
                           [&](const Byte* pixels) { return infer(*parameters, *arena, pixels); });
    report.float_score = report.score;
    CHECK(report.score.correct > 80);   // 20 would be chance
    CHECK(static_cast<double>(report.score.correct) / 200 == doctest::Approx(train::evaluate(model, unseen)));
    report.agreement = compare(report.score, train::outputs_of(model, unseen));
    CHECK(report.agreement.same_answers == 200);
    CHECK(report.agreement.largest_difference < 1e-4f * report.agreement.largest_output);
    report.score.answers[0] ^= 1;
    CHECK(compare(report.score, train::outputs_of(model, unseen)).same_answers == 199);

    report.layers = view_layers(model);
    REQUIRE(report.layers.size() == 3);
    CHECK(report.layers[0].levels.empty());
    CHECK(report.layers[1].weights.size() == 16 * 4 * 49);
    REQUIRE(report.layers[1].levels.size() == 16);
    for (const std::vector<float>& levels : report.layers[1].levels) {
        REQUIRE(levels.size() == 4);
        CHECK(levels[0] == -1);
        CHECK(levels[1] == doctest::Approx(-levels[2]));
        CHECK(levels[1] < levels[2]);
        CHECK(levels[3] == 1);
    }
    const std::string text = page(report);
    for (const char* part : {"a &lt;test&gt;", "<svg", "4 levels a channel", "data:image/bmp;base64,Qk", "read as", "</html>"})
        CHECK_MESSAGE(holds(text, part), part);
    CHECK_FALSE(holds(text, "nan"));
    CHECK_FALSE(holds(text, "inf"));
}

TEST_CASE("a picture of the confusion") {
    Score score;
    score.confusion[3][3] = 41;
    score.confusion[3][5] = 7;
    const std::string text = confusion_text(score, false);
    CHECK(holds(text, "      3     ·     ·     ·    41     ·     7     ·     ·     ·     ·\n"));
    CHECK_FALSE(holds(text, "\x1b"));
    CHECK(holds(confusion_text(score, true), "m   41 \x1b[0m"));
}
