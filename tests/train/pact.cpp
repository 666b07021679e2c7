// SPDX-License-Identifier: BSL-1.0
#include "bars.hpp"

#include <doctest/doctest.h>

using namespace aquatint;

namespace {

/// The first float that an activation's quantizer has learned after four steps without a rate to speak of, but with this decay.
template <class Method>
float learned_with(double decay) {
    train::Model<bars::Small<Precision<Uniform<4>, Uniform<4>>>, Method> model(train::Seed{3}, {{0.3f}, {0.25f}});
    const bars::Pictures pictures(128, 1);
    REQUIRE(!train::fit(model, pictures.data(),
                        {.epochs = 1,
                         .batch = 32,
                         .optimizer = train::Sgd{.rate = 1e-7, .momentum = 0, .decay = decay},
                         .schedule = train::constant()}));
    for (Size form = 0; form < model.spans().forms.size(); ++form)
        if (const train::Span span = model.spans().forms[form].learned; span.size != 0) return model.learned.parameters[span.first];
    return 0;
}

}  // namespace

TEST_CASE("PACT's clip decays like a weight, a learned step does not") {
    const float clip = learned_with<train::Pact>(0), step = learned_with<train::OwnTraining>(0);
    REQUIRE(clip > 0);
    CHECK(learned_with<train::Pact>(1e5) == doctest::Approx(clip * 0.99f * 0.99f * 0.99f * 0.99f).epsilon(0.002));
    CHECK(learned_with<train::OwnTraining>(1e5) == doctest::Approx(step).epsilon(0.001));
}
