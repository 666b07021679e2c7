// SPDX-License-Identifier: BSL-1.0
// A row of one type of network: owns its parameters and knows how they come about.
#pragma once

#include "facts.hpp"
#include "precisions.hpp"
#include "../support/refuse.hpp"
#include "runner_of.hpp"
#include "source.hpp"
#include "trained.hpp"

#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>

namespace cifar10 {

using namespace examples;

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
        else if constexpr (requires { Entry::trained; }) return read_trained();
        else return aquatint::calibrate(source.observations, *parameters);
    }

    std::string reload(const Byte* picture) const override {
        const auto arena = std::make_unique<Arena<Net>>();
        const auto loaded = std::make_unique<Parameters<Net>>();
        const std::vector<Byte> saved = file(picture);
        if (const Error e = load(saved, *loaded, *arena)) return e.message().c_str();   // runs the picture and compares
        return file_of(*loaded, picture) == saved ? "" : "the loaded parameters differ from the saved ones";
    }
    std::vector<Byte> file(const Byte* picture) const override { return file_of(*parameters, picture); }

private:
    Facts known = facts_of<Entry>();
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};

    /// What cifar10_train packed is a part of this program.
    Error read_trained() {
        const auto arena = std::make_unique<Arena<Net>>();
        return load(trained_file(Entry::trained), *parameters, *arena);
    }
    static std::vector<Byte> file_of(const Parameters<Net>& some, const Byte* picture) {
        const auto arena = std::make_unique<Arena<Net>>();
        std::vector<Byte> bytes(saved_size<Net>);
        require(save(some, *arena, picture, bytes), std::string(Entry::name) + ": saving");
        return bytes;
    }
};

template <class Entry>
std::unique_ptr<Row> make_row() {
    return std::make_unique<RowOf<Entry>>();
}

}  // namespace cifar10
