// SPDX-License-Identifier: BSL-1.0
// The levels that training begins with: of weights from the weights, of activations from what the float network makes of a first
// batch.
#pragma once

#include <aquatint/train/engine.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// An even choice among the elements of all values that share a form's levels.
inline std::vector<float> samples_of(Workspace& work, Size form, Size count) {
    constexpr Size kept = Size(1) << 16;
    const auto shares = [&](const Form& other) { return static_cast<Size>(other.levels) == form; };
    Size all = 0;
    for (const Form& other : work.net.forms)
        if (shares(other)) all += work.elements(other.value) * count;
    std::vector<float> samples;
    for (const Form& other : work.net.forms)
        if (shares(other))
            for (Size i = 0; i < work.elements(other.value) * count; i += most<Size>(1, all / kept))
                samples.push_back(work.value(other.value, 0)[i]);
    return samples;
}

/// Runs the first `count` samples through the full-precision network; its running statistics stay as they are.
inline void start_quantizers(Engine& engine, Size count, const FillInput& fill) {
    Workspace& work = engine.workspace();
    engine.forward_real(count, fill);
    for (Size s = 0; s < work.steps.size(); ++s) {
        if (!work.net.weights[s]) continue;
        work.for_each_channel(s, [](const WeightRule& rule, Size, VectorView<const float> weights, float* learned, float* state) {
            rule.start(weights, learned, state);
        });
    }
    for (Size form = 0; form < work.net.forms.size(); ++form) {
        const ActivationRule* rule = work.net.activations[form].get();
        if (rule == nullptr) continue;
        const std::vector<float> samples = samples_of(work, form, count);
        const FormSpans& spans = work.layout.forms[form];
        rule->start({samples.data(), samples.size()}, work.learned.parameters.data() + spans.learned.first,
                    work.learned.state.data() + spans.state.first);
    }
}

}}}  // namespace aquatint::train
