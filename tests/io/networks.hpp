// SPDX-License-Identifier: BSL-1.0
// Tiny networks for the tests of files, which together have every kind of section that parameters can have, and what else the
// tests share.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <vector>

#include "../support/random_parameters.hpp"

#include <aquatint/io/load.hpp>
#include <aquatint/io/save.hpp>
#include <aquatint/layer/layers.hpp>

namespace io {

using namespace aquatint;

template <class Weight, class Activation = Uniform<8>, class Carried = Uniform<8>>
using In = Precision<Weight, Activation, Carry<Carried>>;

/// 3-bit weights whose codes are planes of fields, 4-bit activations, padding in every direction; a real last layer.
struct Digits : Network<Input<Vector<5>, Uniform<8>>, Quantized<In<Uniform<3>, Uniform<4>>, Dense<3>, Relu>, Dense<2>> {};

/// Codes that are none (ternary), a learned basis with an offset and an odd one, planes as activations.
struct Learned : Network<Input<Image<3, 3, 2>, Uniform<8>>, Quantized<In<Ternary>, Conv<3, Kernel<2>>, Relu>,
                         Quantized<In<LearnedBasis<3, Offset>, LearnedBasis<2>>, Conv<2, Kernel<1>>, TwoSlopes>, Flatten,
                         Quantized<In<Log2<5>, Uniform<6>>, Dense<2>>> {};

/// Real inputs, a residual sum, an affine step of its own, groups, depthwise, pooling and concat.
struct Wide : Network<Input<Image<4, 4, 2>>, Conv<4, Kernel<3>, Groups<2>>, BatchNorm, PRelu,
                      Quantized<In<Uniform<4, Asymmetric>>, Residual<Depthwise<Kernel<3>>>, MaxPool<Kernel<2>>,
                                Concat<Conv<2, Kernel<1>>, Sequential<>>>,
                      BatchNorm, GlobalAverage, Dense<3>, Softmax> {};

/// Levels with real offsets on both sides of a product, and a real shortcut.
struct TwoLevels
    : Network<Input<Image<3, 3, 2>, Uniform<8>>, Conv<3, Kernel<1>>, BatchNorm,
              Quantized<In<AdaptiveBinary, AdaptiveBinary, Real>, Residual<Conv<3, Kernel<3>>, BatchNorm, LeakyRelu<10>>>,
              Flatten, Dense<2>> {};

/// Random parameters and their file.
template <class Net>
struct Saved {
    Parameters<Net> parameters;
    Arena<Net> arena;
    support::RandomInput<Net> example;
    alignas(64) Byte file[saved_size<Net>];

    explicit Saved(UInt64 seed = 1) : example(seed) {
        support::random_parameters(parameters, seed);
        const Error problem = save(parameters, arena, example.elements, file);
        CHECK(problem.message() == "");
    }
    /// The parameters in the file, to be damaged; `fix_checksum` hides that.
    Parameters<Net>& stored() { return *reinterpret_cast<Parameters<Net>*>(file + FileFrame::parameters); }
    void fix_checksum() { write_little_endian(file_checksum(file, sizeof file), file + checksum_offset); }

    /// What load says, "" if it accepts.
    std::string refusal(VectorView<const Byte> bytes) {
        Parameters<Net> loaded;
        return load(bytes, loaded).message().c_str();
    }
    std::string refusal() { return refusal(file); }
};

template <class Action>
void for_each_network(Action action) {
    action.template operator()<Digits>();
    action.template operator()<Learned>();
    action.template operator()<Wide>();
    action.template operator()<TwoLevels>();
}

}  // namespace io
