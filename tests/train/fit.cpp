// SPDX-License-Identifier: BSL-1.0
// A training learns; it does so to the same bits whatever the number of threads, and wherever it was broken off.
#include "bars.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <filesystem>

using namespace aquatint;

namespace {

using Learned2 = bars::Small<Precision<LearnedBasis<2>, LearnedBasis<2>>>;
using Float = bars::Small<Precision<Real, Real>>;
const Normalization meaning{{0.3f}, {0.25f}};

/// A file of this name that nobody else has, removed at the end.
struct TemporaryFile {
    std::string path;

    explicit TemporaryFile(const char* name)
        : path((std::filesystem::temp_directory_path() / (std::string("aquatint_train_") + name)).string()) {
        remove();
    }
    ~TemporaryFile() { remove(); }
    void remove() const {
        std::error_code none;
        std::filesystem::remove(path, none);
    }
};

train::Options options_of(const std::string& checkpoint = "", Size threads = 1) {
    train::Options options{.epochs = 2, .batch = 40, .optimizer = train::Sgd{.rate = 0.05}};
    options.augmentation = {.shift = 1, .flip = false};
    options.checkpoint = checkpoint;
    options.threads = threads;
    return options;
}
template <class Net>
void same_bits(const train::Model<Net>& a, const train::Model<Net>& b) {
    CHECK(a.learned.parameters == b.learned.parameters);
    CHECK(a.learned.state == b.learned.state);
}

}  // namespace

TEST_CASE("float first, then two bits from there: both learn to tell the bars" * doctest::test_suite("long")) {
    const bars::Pictures pictures(1200, 5), others(400, 6);
    const train::Data data = pictures.data(), test = others.data();
    train::Model<Float> model(train::Seed{3}, meaning);
    Size seen = 0;
    train::Options options{.epochs = 6, .batch = 40, .optimizer = train::Sgd{.rate = 0.05}};
    options.test = &test;
    Size ended = 0;
    options.after_epoch = [&](const train::Progress& now) {
        CHECK(now.epoch == ++ended);
        CHECK(now.batch == now.batches);
        CHECK(now.test_accuracy.has_value());
    };
    options.observer = [&](const train::Progress& now) {
        ++seen;
        CHECK(now.batches == 30);
        CHECK(now.test_accuracy.has_value() == (now.batch == now.batches));
    };
    train::FitResult result;
    REQUIRE(!train::fit(model, data, options, &result));
    CHECK(seen == 180);
    CHECK(ended == 6);
    CHECK(result.epochs == 6);
    CHECK(train::evaluate(model, test) > 0.95);

    train::Model<Learned2> quantized(train::Seed{3}, meaning);
    REQUIRE(!quantized.start_from(model));
    options.observer = options.after_epoch = {};
    options.optimizer = train::Adam{.rate = 2e-3};
    options.teacher = {&model, 0.5, 4};
    REQUIRE(!train::fit(quantized, data, options));
    CHECK(train::evaluate(quantized, test) > 0.95);
}

TEST_CASE("fewer and fewer bits, each from the one before" * doctest::test_suite("long")) {
    const bars::Pictures pictures(1200, 5), others(400, 6);
    const train::Data data = pictures.data(), test = others.data();
    train::Options options{.epochs = 3, .batch = 40, .optimizer = train::Sgd{.rate = 0.05}};
    train::Model<bars::Small<Precision<LearnedBasis<4>, LearnedBasis<4>>>> four(train::Seed{3}, meaning);
    train::Model<bars::Small<Precision<LearnedBasis<3>, LearnedBasis<3>>>> three(train::Seed{3}, meaning);
    train::Model<Learned2> two(train::Seed{3}, meaning);
    REQUIRE(!train::fit(four, data, options));
    REQUIRE(!three.start_from(four));
    CHECK(!three.quantizers_started);   // its levels are fitted to its own first batch
    CHECK(three.float_model().layers[0].weight == four.float_model().layers[0].weight);
    options.optimizer = train::Sgd{.rate = 0.02};
    REQUIRE(!train::fit(three, data, options));
    REQUIRE(!two.start_from(three));
    REQUIRE(!train::fit(two, data, options));
    CHECK(train::evaluate(two, test) > 0.95);
}

TEST_CASE("the bits do not depend on the number of threads") {
    const bars::Pictures pictures(200, 5);
    train::Model<Learned2> one(train::Seed{3}, meaning), three(train::Seed{3}, meaning);
    REQUIRE(!train::fit(one, pictures.data(), options_of("", 1)));
    REQUIRE(!train::fit(three, pictures.data(), options_of("", 3)));
    same_bits(one, three);
}

TEST_CASE("a training that was broken off anywhere goes on to the same bits") {
    const bars::Pictures pictures(200, 5);
    train::Model<Learned2> whole(train::Seed{3}, meaning);
    REQUIRE(!train::fit(whole, pictures.data(), options_of()));
    for (const Size stop : {Size(1), Size(5), Size(7)}) {
        const TemporaryFile file("resume");
        train::Model<Learned2> broken(train::Seed{3}, meaning), resumed(train::Seed{99}, meaning);
        train::Options options = options_of(file.path);
        options.stop_after = stop;
        REQUIRE(!train::fit(broken, pictures.data(), options));
        CHECK(broken.learned.parameters != whole.learned.parameters);
        options.stop_after = 0;
        REQUIRE(!train::fit(resumed, pictures.data(), options));
        same_bits(whole, resumed);
    }
}

TEST_CASE("checkpoints of others, and damaged ones, are refused and change nothing") {
    const bars::Pictures pictures(200, 5);
    const TemporaryFile file("damage");
    train::Options options = options_of(file.path);
    options.stop_after = 1;
    train::Model<Learned2> model(train::Seed{3}, meaning);
    REQUIRE(!train::fit(model, pictures.data(), options));

    const auto is_of_another = [&](train::AnyModel& any, const train::Options& chosen) {
        const Error problem = train::fit(any, pictures.data(), chosen);
        CHECK(std::strstr(problem.message().c_str(), "this checkpoint is of another network or training") != nullptr);
    };
    train::Model<Float> other(train::Seed{3}, meaning);
    is_of_another(other, options);
    train::Model<Learned2> same(train::Seed{3}, meaning), teacher(train::Seed{4}, meaning);
    using Change = void (*)(train::Options&);
    for (const Change change : {Change([](train::Options& o) { o.seed = 2; }),
                                Change([](train::Options& o) { std::get<train::Sgd>(o.optimizer).rate *= 2; }),
                                Change([](train::Options& o) { std::get<train::Sgd>(o.optimizer).decay = 0; }),
                                Change([](train::Options& o) { o.optimizer = train::Adam{}; }),
                                Change([](train::Options& o) { o.schedule = train::constant(); }),
                                Change([](train::Options& o) { o.label_smoothing = 0.1; })}) {
        train::Options changed = options;
        change(changed);
        is_of_another(same, changed);
    }
    train::Options taught = options;
    taught.teacher = {.model = &teacher};
    is_of_another(same, taught);
    const TemporaryFile lesson("lesson");
    taught.checkpoint = lesson.path;
    REQUIRE(!train::fit(same, pictures.data(), taught));
    teacher.learned.parameters[0] += 1;
    is_of_another(same, taught);

    std::string bytes;
    {
        std::ifstream in(file.path, std::ios::binary);
        bytes.assign(std::istreambuf_iterator<char>(in), {});
    }
    const auto refused = [&](const std::string& changed) {
        std::ofstream(file.path, std::ios::binary) << changed;
        const std::vector<float> before = same.learned.parameters;
        const Error problem = train::fit(same, pictures.data(), options);
        CHECK(problem);
        CHECK(same.learned.parameters == before);
    };
    for (const Size at : {Size(0), Size(9), Size(40), Size(200), bytes.size() - 1}) {
        std::string changed = bytes;
        changed[at] = static_cast<char>(changed[at] ^ 1);
        refused(changed);
        refused(bytes.substr(0, at));
    }
}

TEST_CASE("mistakes are said before the work begins") {
    const bars::Pictures pictures(30, 5);
    train::Model<Learned2> model(train::Seed{3}, meaning);
    const auto message = [&](const train::Data& data) {
        return std::string(train::fit(model, data, options_of()).message().c_str());
    };
    CHECK(message(pictures.data()) == "data: there are fewer samples than a batch has; expected 40, found 30");
    const std::vector<float> reals(50 * bars::side * bars::side);
    std::vector<Byte> labels(50);
    CHECK(message({MatrixView<const float>(reals.data(), 50, bars::side * bars::side), VectorView<const Byte>(labels)}) ==
          "data: samples are bytes where the network's input is quantized, else floats");
    const bars::Pictures more(50, 5);
    labels[7] = 8;
    CHECK(message({MatrixView<const Byte>(more.pixels.data(), 50, bars::side * bars::side), VectorView<const Byte>(labels)}) ==
          "data: a label is below the number of outputs; expected 7, found 8");
    FloatModel wrong = model.float_model();
    wrong.layers.pop_back();
    CHECK(std::string(model.start_from(wrong).message().c_str()) ==
          "model: the model has another number of layers with parameters than the network; expected 7, found 6");
}
