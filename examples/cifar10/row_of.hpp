// SPDX-License-Identifier: BSL-1.0
// A row of one type of network: owns its parameters and knows how they come about.
#pragma once

#include "facts.hpp"
#include "precisions.hpp"
#include "refuse.hpp"
#include "runner_of.hpp"
#include "source.hpp"

#include <aquatint/interop/export_header.hpp>
#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>

namespace cifar10 {

template <class Entry>
class RowOf : public Row {
    using Net = typename Entry::Network;

public:
    const Facts& facts() const override { return known; }
    std::vector<StepFacts> steps() const override { return describe_steps(tables_of<Net>()); }
    std::unique_ptr<Runner> runner() const override { return std::make_unique<RunnerOf<Net>>(*parameters); }

    Error calibrate(const Source& source) override {
        if constexpr (requires { Entry::full_precision; })
            return write_real(source.observations.steps, source.normalization, *parameters);
        else if constexpr (requires { Entry::trained_binary; }) return freeze(source.binary, source.normalization, *parameters);
        else return aquatint::calibrate(source.observations, *parameters);
    }

    std::string reload(const Byte* picture) const override {
        const auto arena = std::make_unique<Arena<Net>>();
        const auto loaded = std::make_unique<Parameters<Net>>();
        const std::vector<Byte> file = saved(*parameters, picture);
        if (const Error e = load(file, *loaded, *arena)) return e.message().c_str();   // runs the picture and compares
        return saved(*loaded, picture) == file ? "" : "the loaded parameters differ from the saved ones";
    }
    std::string export_weights(const Byte* picture) const override {
        const std::vector<Byte> file = saved(*parameters, picture);
        return header_text(file, "weights");
    }

private:
    Facts known = facts_of<Entry>();
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};

    static std::vector<Byte> saved(const Parameters<Net>& some, const Byte* picture) {
        const auto arena = std::make_unique<Arena<Net>>();
        std::vector<Byte> file(saved_size<Net>);
        require(save(some, *arena, picture, file), std::string(Entry::name) + ": saving");
        return file;
    }
};

template <class Entry>
std::unique_ptr<Row> make_row() {
    return std::make_unique<RowOf<Entry>>();
}

}  // namespace cifar10
