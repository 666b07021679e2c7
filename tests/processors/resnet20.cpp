// SPDX-License-Identifier: BSL-1.0
// resnet20 GOLDEN: the ten outputs of a ResNet-20 in four precisions, with parameters from a fixed generator, against the hashes
// in the file GOLDEN. Whatever compiled this, with whatever options, for whatever processor: the bits are the same.
#include "../../examples/cifar10/precisions.hpp"
#include "../support/random_parameters.hpp"

#include <bit>
#include <cinttypes>
#include <cstdio>
#include <fstream>
#include <memory>
#include <string>

using namespace aquatint;

namespace {

/// Random parameters would saturate after twenty layers of four bits: activations get levels from zero to eight, which no sum of
/// this network reaches all the time, and weights half their size.
template <class Net>
void fill(Parameters<Net>& parameters) {
    support::random_parameters(parameters, 20);
    for_each_index(FormIndices<Net>{}, [&]<Size Index>() {
        constexpr int form = static_cast<int>(Index);
        if constexpr (owns_levels<Net, form>) {
            auto& levels = levels_of<form>(parameters);
            if constexpr (requires { levels.zero; }) {
                levels.zero = 0;
                levels.scale = 8.0f / static_cast<float>(FormPolicy<Net, form>::codes);
            }
        }
    });
    for_each_index(StepIndices<Net>{}, [&]<Size Index>() {
        auto& own = step_of<static_cast<int>(Index)>(parameters);
        if constexpr (requires { own.levels[0].scale; own.bias; })
            for (auto& levels : own.levels) levels.scale *= 0.5f;
    });
}

template <class Net>
UInt64 hash_of_outputs(const Parameters<Net>& parameters) {
    const auto arena = std::make_unique<Arena<Net>>();
    const auto input = std::make_unique<support::RandomInput<Net>>(20);
    Hash hash;
    for (const float output : infer(parameters, *arena, input->elements)) hash.add(std::bit_cast<UInt32>(output));
    return hash.state;
}

/// The golden hash of a precision; 0 where the file has none.
UInt64 golden(const char* file, const std::string& name) {
    std::ifstream lines(file);
    std::string word;
    while (lines >> word)
        if (word == name) return lines >> word ? std::stoull(word, nullptr, 16) : 0;
    return 0;
}

template <class Net>
inline constexpr int first_product = [] {
    int step = 0;
    while (Net::graph.steps[step].work != Work::product) ++step;
    return step;
}();

/// Whether the outputs are the golden ones, and other ones where a few weights of the first layer are others.
template <class Row>
bool as_written(const char* file) {
    using Net = typename Row::Network;
    const auto parameters = std::make_unique<Parameters<Net>>();
    fill(*parameters);
    const UInt64 hash = hash_of_outputs<Net>(*parameters), expected = golden(file, Row::name);
    std::printf("%-12s %016" PRIx64 "%s\n", Row::name, hash, hash == expected ? "" : " is not what the golden file says");

    auto& weights = step_of<first_product<Net>>(*parameters).weights;
    for (Size at = 0; at < vector_bytes; ++at) weights[at] = weights[sizeof weights / sizeof weights[0] / 2 + at];
    const bool noticed = hash_of_outputs<Net>(*parameters) != hash;
    if (!noticed) std::printf("%-12s other weights change nothing\n", Row::name);
    return hash == expected && noticed;
}

}  // namespace

int main(int count, char** arguments) {
    if (count != 2) return 2;
    std::printf("%s\n", Native::name);
    bool right = as_written<cifar10::Float>(arguments[1]);
    right &= as_written<cifar10::W8A8>(arguments[1]);
    right &= as_written<cifar10::W4A4>(arguments[1]);
    right &= as_written<cifar10::W1A1AdaBin>(arguments[1]);
    return right ? 0 : 1;
}
