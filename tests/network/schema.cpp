// SPDX-License-Identifier: BSL-1.0
#include <doctest/doctest.h>

#include <set>
#include <string>

#include <aquatint/layer/layers.hpp>
#include <aquatint/network/schema.hpp>
#include <aquatint/policy/policies.hpp>

using namespace aquatint;

namespace {

using W4A8 = Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>;
using In = Input<Image<6, 6, 4>, Uniform<8>>;

template <class InputLayer, class... Layers>
struct Net : Network<InputLayer, Layers...> {};

template <class Numbers, class... Layers>
using Tail = Net<In, Quantized<Numbers, Layers...>, GlobalAverage, Dense<3>>;

using Base = Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>;

template <class... Layers>
using Block = Sequential<Layers...>;

/// A policy as users write them: it takes part by its name, size and levels.
template <char Version, class... Member>
struct Own {
    static constexpr unsigned bits = 2;
    static constexpr unsigned codes = 4;
    static constexpr char name[] = {'o', 'w', 'n', '/', Version, '\0'};
    struct Levels : Member... {
        float scale = 1;
    };
    static constexpr float decode(unsigned code, Levels levels) { return static_cast<float>(code) * levels.scale; }
    static constexpr unsigned encode(float x, Levels) { return x > 0 ? 3 : 0; }
};
struct Extra {
    float extra = 0;
};

template <class... Network>
void all_differ() {
    std::set<UInt64> hashes{schema<Network>.hash...};
    CHECK(hashes.size() == sizeof...(Network));
}

}  // namespace

TEST_CASE("the hash is the same where only the words differ") {
    using Aliased = Net<In, Quantized<W4A8, Block<Conv<8, Kernel<3>>, BatchNorm>>, Relu,
                        Quantized<W4A8, Block<Block<Conv<8, Kernel<3>>>>>, Sequential<>, GlobalAverage, Dense<3>>;
    using Nested = Net<In,
                       Quantized<Precision<Real, Real>, Quantized<W4A8, Conv<8, Kernel<3, 3>, Padding<1>, Stride<1>>, BatchNorm,
                                                                  Relu, Conv<8, Dilation<1>, Kernel<3>>>>,
                       GlobalAverage, Dense<3>>;
    static_assert(schema<Aliased>.hash == schema<Base>.hash);
    static_assert(schema<Nested>.hash == schema<Base>.hash);
}

TEST_CASE("the hash differs where parameters of one network would be wrong for the other") {
    all_differ<
        Base, Tail<W4A8, Conv<8, Kernel<5>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,          // geometry
        Tail<W4A8, Conv<8, Kernel<3>, Dilation<2>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,   // the same number of weights
        Tail<W4A8, Conv<8, Kernel<3>, Stride<2>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>, Padding<0>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>, Groups<2>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<16, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Conv<8, Kernel<3>>>,   // layers
        Tail<W4A8, Conv<8, Kernel<3>>, Relu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu6, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, LeakyRelu<1>, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, LeakyRelu<2>, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, PRelu, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, MaxPool<>, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, AveragePool<>, Conv<8, Kernel<3>>>,
        Tail<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, Residual<Conv<8, Kernel<3>>>>,
        Net<In, Quantized<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>, GlobalAverage, Dense<3>, Softmax>,
        Net<In, Quantized<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu>, Conv<8, Kernel<3>>, GlobalAverage, Dense<3>>,   // precision
        Tail<Precision<Uniform<5>, Uniform<8>, Carry<Uniform<8>>>, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Tail<Precision<Uniform<4, Asymmetric>, Uniform<8>, Carry<Uniform<8>>>, Conv<8, Kernel<3>>, BatchNorm, Relu,
             Conv<8, Kernel<3>>>,
        Tail<Precision<Uniform<4>, Uniform<7>, Carry<Uniform<8>>>, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
        Net<Input<Image<6, 6, 4>>, Quantized<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>, GlobalAverage,
            Dense<3>>,
        Net<Input<Image<7, 6, 4>, Uniform<8>>, Quantized<W4A8, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>,
            GlobalAverage, Dense<3>>>();
}

TEST_CASE("what flows on sums is part of the hash, and what flows nowhere is not") {
    using Real8 = Precision<Uniform<4>, Uniform<8>>;
    all_differ<Tail<W4A8, Residual<Conv<4, Kernel<3>>>>, Tail<Real8, Residual<Conv<4, Kernel<3>>>>>();
    static_assert(schema<Tail<Real8, Conv<8, Kernel<3>>, BatchNorm, Relu, Conv<8, Kernel<3>>>>.hash == schema<Base>.hash);
}

TEST_CASE("a user's policy counts by its name and its levels") {
    all_differ<Tail<Precision<Own<'1'>, Uniform<8>>, Conv<4>>, Tail<Precision<Own<'2'>, Uniform<8>>, Conv<4>>,
               Tail<Precision<Own<'1', Extra>, Uniform<8>>, Conv<4>>, Tail<Precision<Uniform<4>, Own<'1'>>, Conv<4>>,
               Tail<Precision<Uniform<4>, Own<'2'>>, Conv<4>>>();
}

TEST_CASE("a schema names what each step and each tensor is") {
    constexpr auto& base = schema<Base>;
    CHECK(base.input == Shape{6, 6, 4});
    CHECK(base.input_policy == std::string("uniform8a/1"));
    CHECK(std::size(base.steps) == 5);
    CHECK(base.steps[1].layer == std::string("conv/1"));
    CHECK(base.steps[1].affine == std::string("batch_norm/1"));
    CHECK(base.steps[1].activation == std::string("relu/1"));
    CHECK(base.steps[1].weights == std::string("uniform4/1"));
    CHECK(base.steps[1].output == Shape{6, 6, 8});
    CHECK(base.steps[4].layer == std::string("dense/1"));
    CHECK(base.steps[4].input == Shape{1, 1, 8});
    CHECK(base.steps[4].weights == std::string("real/1"));
    bool found = false;
    for (const FormSchema& form : base.forms)
        found = found || (form.writer == 1 && form.policy == std::string("uniform8a/1") && form.codes);
    CHECK(found);
}
