// SPDX-License-Identifier: BSL-1.0
// A row of one type of network: owns its parameters and how they came about.
#pragma once

#include "facts.hpp"
#include "precisions.hpp"
#include "runner_of.hpp"
#include "source.hpp"

#include <cstring>

namespace cifar10 {

template <class Entry>
class RowOf : public Row {
    using Net = typename Entry::Network;

public:
    const Facts& facts() const override { return known; }
    std::vector<StepFacts> steps() const override { return all_step_facts<Net>(); }
    Error calibrate(const Source& source) override {
        if constexpr (requires { Entry::full_precision; }) return write_real(source.observations.steps, source.normalization, *parameters);
        else return aquatint::calibrate(source.observations, *parameters);
    }
    std::unique_ptr<Runner> runner() const override { return std::make_unique<RunnerOf<Net>>(*parameters); }
    std::string reload(const Pictures&) const override { return ""; }

private:
    Facts known = facts_of<Entry>();
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};
};

template <class Entry>
std::unique_ptr<Row> make_row() {
    return std::make_unique<RowOf<Entry>>();
}

}  // namespace cifar10
