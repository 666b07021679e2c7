// SPDX-License-Identifier: BSL-1.0
#include "bars.hpp"

#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("levels are fitted to the float network's values; its weights and running statistics stay as they are") {
    using Net = bars::Small<Precision<LearnedBasis<2>, LearnedBasis<2>>>;
    const bars::Pictures pictures(64, 3);
    const train::Data data = pictures.data();
    train::Model<Net> model(train::Seed{4}, {{0.3f}, {0.25f}});
    const train::Learned before = model.learned;
    train::Engine engine(model.description(), model.spans(), model.learned, 1);
    model.describe_bytes(engine.workspace());
    train::start_quantizers(engine, 64, [&](Size sample, float* to) {
        train::read_sample(data, sample, Net::input_shape, model.normalization, {}, to);
    });
    CHECK(model.learned.parameters == before.parameters);
    for (const train::StepSpans& spans : model.spans().steps)
        for (const train::Span span : {spans.mean, spans.variance})
            for (Size i = span.first; i < span.first + span.size; ++i) CHECK(model.learned.state[i] == before.state[i]);

    // The error of the levels on the values that they were fitted to is that of four good ones, far below that of two.
    train::Workspace& work = engine.workspace();
    work.prepare_tables();
    Size fitted = 0;
    for (Size form = 0; form < work.net.forms.size(); ++form) {
        if (!work.net.activations[form]) continue;
        const std::vector<float> values = train::samples_of(work, form, 64);
        std::vector<float> rounded(values.size());
        work.tables[form].round(values.data(), values.size(), rounded.data());
        double error = 0, power = 0;
        for (Size i = 0; i < values.size(); ++i) {
            const double difference = static_cast<double>(values[i]) - static_cast<double>(rounded[i]);
            error += difference * difference;
            power += static_cast<double>(values[i]) * static_cast<double>(values[i]);
        }
        CHECK(power > 0);
        CHECK(error < 0.08 * power);
        ++fitted;
    }
    CHECK(fitted > 0);
}

namespace {

/// Whether a model that begins with float weights takes them as they are, or fits its levels to a first batch.
template <class Precision, class Method = train::OwnTraining>
bool begins_at_once() {
    using Net = bars::Small<Precision>;
    train::Model<FullPrecision<Net>> in_float(train::Seed{4}, {{0.3f}, {0.25f}});
    train::Model<Net, Method> model(train::Seed{5}, {{0.3f}, {0.25f}});
    REQUIRE(!model.start_from(in_float));
    return model.quantizers_started;
}

}  // namespace

TEST_CASE("levels that float weights do not tell are fitted before the first step") {
    CHECK(!begins_at_once<Precision<LearnedBasis<2>, LearnedBasis<2>>>());
    CHECK(!begins_at_once<Precision<AsymmetricTernary, Real>>());
    CHECK(!begins_at_once<Precision<Binary, Real>, train::ReCu>());
    CHECK(!begins_at_once<Precision<Real, Real, Carry<Uniform<8>>>>());
    CHECK(begins_at_once<Precision<Binary, Real>>());   // their scales follow the weights
    CHECK(begins_at_once<Precision<Real, Real>>());

    using Net = bars::Small<Precision<AsymmetricTernary, Real>>;
    const bars::Pictures pictures(64, 3);
    train::Model<FullPrecision<Net>> in_float(train::Seed{4}, {{0.3f}, {0.25f}});
    train::Model<Net> model(train::Seed{5}, {{0.3f}, {0.25f}});
    REQUIRE(!model.start_from(in_float));
    REQUIRE(!train::fit(model, pictures.data(), {.epochs = 1, .batch = 32, .optimizer = train::Sgd{.rate = 1e-6}}));
    for (const float level : model.weight_levels(2, 0)) CHECK((level == 0 || std::fabs(level) > 0.01f));
}
