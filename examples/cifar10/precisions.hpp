// SPDX-License-Identifier: BSL-1.0
// The rows of the table: a name, and the network that it stands for. `--take` copies what follows `Network =`.
#pragma once

#include "binary_resnet20.hpp"
#include "learned.hpp"
#include "trained.hpp"

#include <array>

namespace cifar10 {

struct Float {
    static constexpr const char* name = "float";
    static constexpr bool full_precision = true;
    using Network = FullPrecision<ResNet20<Precision<Uniform<8>, Uniform<8>>>>;
};
struct W8A8 {
    static constexpr const char* name = "W8A8";
    using Network = ResNet20<Precision<Uniform<8>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W4A8 {
    static constexpr const char* name = "W4A8";
    using Network = ResNet20<Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W4A8Learned {
    static constexpr const char* name = "W4A8-learned";
    using Network = ResNet20<Precision<LearnedBasis<4>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W3A8 {
    static constexpr const char* name = "W3A8";
    using Network = ResNet20<Precision<Uniform<3, Asymmetric>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W3A8Learned {
    static constexpr const char* name = "W3A8-learned";
    using Network = ResNet20<Precision<LearnedBasis<3>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W3A8LearnedOffset {
    static constexpr const char* name = "W3A8-learned-offset";
    using Network = ResNet20<Precision<LearnedBasis<3, Offset>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct W4A4 {
    static constexpr const char* name = "W4A4";
    using Network = ResNet20<Precision<Uniform<4>, Uniform<4>, Carry<Uniform<8>>>>;
};
struct Log2Of4A8 {
    static constexpr const char* name = "Log2<4>A8";
    using Network = ResNet20<Precision<Log2<4>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct Log2Of5A8 {
    static constexpr const char* name = "Log2<5>A8";
    using Network = ResNet20<Precision<Log2<5>, Uniform<8>, Carry<Uniform<8>>>>;
};
struct TernaryA8 {
    static constexpr const char* name = "TernaryA8";
    using Network = ResNet20<Precision<Ternary, Uniform<8>, Carry<Uniform<8>>>>;
};
/// Two bits for weights and activations are learned in training (LQ-Nets); calibration alone cannot find them.
struct W2A2Learned {
    static constexpr const char* name = "W2A2-learned";
    static constexpr bool needs_training = true;
    using Network = ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Precision<Real, Real>>;
};
/// A network of learned.hpp as `cifar10_train` left it; its file lies in trained/.
template <class Learned>
struct Trained {
    static constexpr const char* trained = Learned::name;
    static constexpr std::array<char, 32> letters = [] {
        std::array<char, 32> all{};
        std::size_t at = 0;
        for (const std::string_view part : {std::string_view(trained), trained_suffix})
            for (const char letter : part) all[at++] = letter;
        return all;
    }();
    static constexpr const char* name = letters.data();
    using Network = typename Learned::Network;
};
/// The row that others trained, from a weight file of its own.
struct W1A1AdaBin {
    static constexpr const char* name = "W1A1-adabin";
    static constexpr bool trained_binary = true;
    using Network = AdaBinResNet20;
};

using Precisions = TypeList<Float, W8A8, W4A8, W4A8Learned, W3A8, W3A8Learned, W3A8LearnedOffset, W4A4, Log2Of4A8, Log2Of5A8,
                            TernaryA8, Trained<LearnedW3A3>, W2A2Learned, Trained<LearnedW2A2>, Trained<LearnedW1A2>,
                            Trained<LearnedW2A32>, Trained<LearnedW1A32>, W1A1AdaBin>;

}  // namespace cifar10
