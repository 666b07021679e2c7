// SPDX-License-Identifier: BSL-1.0
// A small network learns to read digits, first in float, then in two bits; it is packed, examined, and shown on a page.
#include "confusion.hpp"
#include "mnist.hpp"
#include "options.hpp"
#include "page.hpp"
#include "../support/refuse.hpp"
#include "render.hpp"
#include "../support/write_file.hpp"

#include <cstdio>
#include <exception>

using namespace aquatint;

namespace digits {

using namespace examples;

namespace {

/// Four levels for each weight and each activation; training learns where they lie. The first convolution reads bytes of pixels
/// and has 8 bits; the last layer is float. Both are small.
using W8A8 = Precision<Uniform<8>, Uniform<8>>;
using W2A2 = Precision<LearnedBasis<2>, LearnedBasis<2>>;

struct Reader : Network<Input<Image<side, side>, Uniform<8>>,
                        Quantized<W8A8, Conv<8, Kernel<3>, Stride<2>>>, BatchNorm, Relu,
                        Quantized<W2A2, Conv<16, Kernel<3>, Stride<2>>, BatchNorm, Relu, Flatten, Dense<32>, BatchNorm, Relu>,
                        Dense<class_count>> {};
using FloatReader = FullPrecision<Reader>;

void print(const Report& report, UInt64 seed);

Task task_of(const Options& asked) {
    if (!asked.mnist.empty()) return read_mnist(asked.mnist, asked.images);
    return {"rendered digits", render(asked.images != 0 ? asked.images : 8000, asked.seed, 0), render(2000, asked.seed, 1)};
}

void run(const Options& asked) {
    const Task task = task_of(asked);
    const train::Data images = task.train.data(), unseen = task.test.data();
    Report report{task};

    train::Options how{.epochs = asked.epochs != 0 ? asked.epochs : asked.mnist.empty() ? 12u : 3u, .batch = 64};
    how.augmentation.shift = 2;   // pixels, at random, each time that an image is seen
    how.seed = asked.seed;
    how.test = &unseen;           // looked at after every epoch, decides nothing

    // In float, from random weights.
    train::Model<FloatReader> float_model{train::Seed{asked.seed}, task.normalization()};
    how.optimizer = train::Sgd{.rate = 0.05};
    how.observer = train::progress("float");
    how.after_epoch = recorded(report.float_curve);
    require(fit(float_model, images, how));

    // In two bits, from the float weights: every forward pass rounds as the packed network will.
    train::Model<Reader> model{train::Seed{asked.seed}, task.normalization()};
    require(model.start_from(float_model));
    how.optimizer = train::Sgd{.rate = 0.03};
    how.epochs *= 2;   // few bits take longer
    how.observer = train::progress("two bits");
    how.after_epoch = recorded(report.curve);
    require(fit(model, images, how));

    // Packed. This is what a device would hold: constant parameters, and the scratch of a thread.
    static Parameters<Reader> parameters;
    static Arena<Reader> arena;
    require(freeze(model, parameters));
    report.score = examine("two bits", cost<Reader>.payload_bytes, task.test, [](const Byte* pixels) { return infer(parameters, arena, pixels); });
    report.agreement = compare(report.score, outputs_of(model, unseen));

    static Parameters<FloatReader> float_parameters;
    static Arena<FloatReader> float_arena;
    require(freeze(float_model, float_parameters));
    report.float_score =
        examine("float", cost<FloatReader>.payload_bytes, task.test, [](const Byte* pixels) { return infer(float_parameters, float_arena, pixels); });

    report.layers = view_layers(model);
    print(report, asked.seed);
    write_file(asked.page, page(report));
    std::printf("Curves, weights with their levels, sizes: %s\n", asked.page.c_str());
}

void print(const Report& report, UInt64 seed) {
    const Size images = report.task.test.count();
    std::printf("%s: %s images to learn from, %s others to be examined on; %zu epochs in float, %zu in two bits; seed %s\n\n", report.task.name.c_str(),
                grouped(report.task.train.count()).c_str(), grouped(images).c_str(), report.float_curve.size(), report.curve.size(),
                std::to_string(seed).c_str());
    TextTable table({{""}, {"right", true}, {"share", true}, {"bytes", true}, {"us/image", true}});
    for (const Score* score : {&report.float_score, &report.score}) {
        char share[16], time[16];
        std::snprintf(share, sizeof share, "%.2f %%", 100.0 * static_cast<double>(score->correct) / static_cast<double>(images));
        std::snprintf(time, sizeof time, "%.1f", score->microseconds);
        table.add({score->name, grouped(score->correct), share, grouped(score->bytes), time});
    }
    const bool colour = wants_colour(stdout);
    std::fputs(table.text(colour).c_str(), stdout);
    std::printf("\nThe packed network answers as training's simulation did on %s of %s images; outputs up to %.1f differ by %.2g at most.\n\n%s\n",
                grouped(report.agreement.same_answers).c_str(), grouped(images).c_str(), static_cast<double>(report.agreement.largest_output),
                static_cast<double>(report.agreement.largest_difference), confusion_text(report.score, colour).c_str());
}

}  // namespace

}  // namespace digits

int main(int count, char** words) {
    try {
        const digits::Options asked = digits::read_options(count, words);
        if (asked.help) {
            std::fputs(digits::help_text().c_str(), stdout);
            return 0;
        }
        digits::require_place_for(asked.page);
        digits::run(asked);
        return 0;
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "digits: %s\n", problem.what());
        return 1;
    }
}
