// SPDX-License-Identifier: BSL-1.0
// Networks that nobody would train: odd sizes, every layer, every policy, every way in which steps read each other.
#pragma once

#include <aquatint/aquatint.hpp>

namespace networks {

using namespace aquatint;

template <class Weight, class Activation, class... CarryPolicy>
using P = Precision<Weight, Activation, CarryPolicy...>;
using W8A8 = Precision<Uniform<8>, Uniform<8>>;
using W4A8 = Precision<Uniform<4>, Uniform<8>>;
using W8A8C8 = Precision<Uniform<8>, Uniform<8>, Carry<Uniform<8>>>;
using W3A4C8 = Precision<Uniform<3>, Uniform<4>, Carry<Uniform<8>>>;
using W2A2 = Precision<Uniform<2>, Uniform<2>>;
using Float = Precision<Real, Real>;

using Bytes = Input<Image<7, 6, 3>, Uniform<8>>;
using Floats = Input<Image<7, 6, 3>>;

/// One small layer in each of these precisions, between layers of full precision.
template <class Numbers, Size Outputs>
using Cell = Quantized<Numbers, Conv<Outputs, Kernel<3>>, LeakyRelu<50>>;

struct UniformWeights
    : Network<Bytes, Cell<P<Uniform<1>, Uniform<8>>, 5>, Cell<P<Uniform<2>, Uniform<8>>, 7>, Cell<P<Uniform<3>, Uniform<8>>, 3>,
              Cell<P<Uniform<4>, Uniform<8>>, 17>, Cell<P<Uniform<5>, Uniform<8>>, 4>, Cell<P<Uniform<6>, Uniform<8>>, 6>,
              Cell<P<Uniform<7>, Uniform<8>>, 9>, Cell<P<Uniform<8>, Uniform<8>>, 5>> {};
struct AsymmetricWeights
    : Network<Floats, Cell<P<Uniform<1, Asymmetric>, Uniform<8>>, 5>, Cell<P<Uniform<2, Asymmetric>, Uniform<8>>, 6>,
              Cell<P<Uniform<3, Asymmetric>, Uniform<8>>, 7>, Cell<P<Uniform<4, Asymmetric>, Uniform<8>>, 18>,
              Cell<P<Uniform<5, Asymmetric>, Uniform<8>>, 2>, Cell<P<Uniform<6, Asymmetric>, Uniform<8>>, 3>,
              Cell<P<Uniform<7, Asymmetric>, Uniform<8>>, 5>, Cell<P<Uniform<8, Asymmetric>, Uniform<8>>, 1>> {};
struct UniformActivations
    : Network<Bytes, Cell<P<Uniform<3>, Uniform<7>>, 5>, Cell<P<Uniform<4>, Uniform<6>>, 7>, Cell<P<Uniform<8>, Uniform<5>>, 17>,
              Cell<P<Uniform<3>, Uniform<4>>, 8>, Cell<P<Uniform<4>, Uniform<3>>, 7>, Cell<P<Uniform<2>, Uniform<2>>, 6>,
              Cell<P<Uniform<8>, Uniform<1>>, 5>> {};
struct FewLevels : Network<Bytes, Cell<P<Binary, Uniform<8>>, 5>, Cell<P<Ternary, Uniform<8>>, 6>,
                           Cell<P<Log2<3>, Uniform<8>>, 7>, Cell<P<Log2<4>, Uniform<4>>, 3>, Cell<P<Log2<5>, Uniform<8>>, 18>,
                           Cell<P<Log2<6>, Uniform<8>>, 5>, Cell<P<Log2<7>, Real>, 4>,
                           Cell<P<AsymmetricTernary, Uniform<8>>, 7>> {};
struct Bases : Network<Bytes, Cell<P<LearnedBasis<1>, Uniform<8>>, 5>, Cell<P<LearnedBasis<2>, Uniform<8>>, 6>,
                       Cell<P<LearnedBasis<3>, Uniform<4>>, 18>, Cell<P<LearnedBasis<4>, Uniform<8>>, 3>,
                       Cell<P<LearnedBasis<2, Unipolar>, Uniform<8>>, 5>> {};
struct OffsetBases
    : Network<Floats, Cell<P<LearnedBasis<1, Offset>, Uniform<8>>, 5>, Cell<P<LearnedBasis<2, Offset>, Uniform<8>>, 6>,
              Cell<P<LearnedBasis<3, Offset>, Uniform<4>>, 18>, Cell<P<LearnedBasis<4, Unipolar, Offset>, Uniform<8>>, 7>> {};
/// Rows longer than a strip of the epilogues; shortcuts that reach none, some, eight or all outputs of a panel.
template <class Numbers>
struct LongRows
    : Network<Input<Image<3, 70, 2>, Uniform<8>>,
              Quantized<Numbers, Conv<16, Kernel<3>>, Relu,
                        Residual<Shortcut<Subsample>, Conv<32, Kernel<3>, Stride<2>>>, LeakyRelu<50>,
                        Residual<Shortcut<Subsample>, Depthwise<Kernel<3>>, Conv<90, Kernel<1>>>, Relu,
                        Residual<Conv<90, Kernel<1>>>, Conv<3, Kernel<3>>>> {};
struct LongSigns : Network<Input<Image<3, 70, 2>, Uniform<8>>, Conv<16, Kernel<3>>,
                           Quantized<P<AdaptiveBinary, AdaptiveBinary, Carry<Real>>,
                                     Residual<Shortcut<Subsample>, Conv<40, Kernel<3>, Stride<2>>>, TwoSlopes>> {};
/// Activations whose levels are searched for, as codes and as numbers.
struct SearchedActivations
    : Network<Bytes, Cell<P<Uniform<4>, Binary>, 5>, Cell<P<Ternary, LearnedBasis<2>>, 6>, Cell<P<Uniform<8>, Ternary>, 3>,
              Cell<P<Uniform<4>, LearnedBasis<3, Offset>>, 4>, Cell<P<Uniform<4>, Log2<4>>, 7>, Cell<P<Uniform<4>, Log2<6>>, 17>,
              Cell<P<Binary, Binary>, 5>> {};
/// Means of values whose reader has uneven levels: looked up, in the dot family, in real arithmetic; of windows and of an image.
using Averages = AveragePool<Kernel<2>, Stride<1>, Padding<1>>;
struct SearchedAverages
    : Network<Bytes, Quantized<W8A8, Conv<16, Kernel<3>>>,
              Quantized<P<Binary, Binary>, AveragePool<Kernel<3>, Stride<1>>, Conv<16, Kernel<3>>>, LeakyRelu<50>,
              Concat<Quantized<P<LearnedBasis<2>, LearnedBasis<2>>, Averages, Conv<16>>,
                     Quantized<P<Uniform<4>, LearnedBasis<3>>, Averages, Conv<7>>>,
              Quantized<P<Real, Ternary>, GlobalAverage, Dense<5>>> {};
/// Real offsets on one side and on both; a border, a stride and a dilation, pixels whose window is all border, groups.
struct RealOffsets
    : Network<Bytes, Quantized<P<AdaptiveBinary, Uniform<8>>, Conv<5, Kernel<3>>>, Cell<P<AdaptiveBinary, AdaptiveBinary>, 17>,
              Quantized<P<AdaptiveBinary, AdaptiveBinary, Carry<AdaptiveBinary>>,
                        Residual<Conv<17, Kernel<3>, Dilation<2>, Padding<2>>>>,
              TwoSlopes, Quantized<P<Uniform<8>, AdaptiveBinary>, Conv<6, Kernel<1>, Padding<2>, Stride<2>>>, BatchNorm,
              Cell<P<Uniform<3, Asymmetric>, AdaptiveBinary>, 6>, Cell<P<LearnedBasis<2, Offset>, AdaptiveBinary>, 4>,
              Cell<P<Log2<5>, AdaptiveBinary>, 8>,
              Quantized<P<AdaptiveBinary, AdaptiveBinary>, Conv<4, Kernel<3>, Groups<2>>, Depthwise<Kernel<3>>>> {};
/// Products by lookup: one panel and more, the last one not full; sums in integers and in numbers; a stride, a dilation, a
/// border, an input that is one pixel; runs of one vector, of three and of some that are no multiple of it.
template <class Weight, class Activation>
struct LookedUp
    : Network<Bytes, Quantized<W8A8, Conv<16, Kernel<3>>>,
              Quantized<P<Weight, Activation>, Conv<32, Kernel<3>>, Conv<48, Kernel<2>, Dilation<2>>, LeakyRelu<50>,
                        Residual<Conv<48, Kernel<7>>>, Conv<16, Kernel<3>, Stride<2>, Padding<2>>, TwoSlopes, Conv<50, Kernel<1>>,
                        Conv<16>, Conv<9, Kernel<5>>>> {};
/// Codes on one side only: real arithmetic.
struct OneSided : Network<Bytes, Cell<P<Uniform<4>, Real>, 5>, Cell<P<Real, Uniform<8>>, 18>, Cell<P<Real, LearnedBasis<2>>, 3>,
                          Cell<P<Ternary, Real>, 6>, Cell<Float, 4>> {};

/// Windows of every kind.
template <class Numbers, class InputLayer = Bytes>
struct Windows
    : Network<InputLayer, Quantized<Numbers, Conv<6, Kernel<1, 5>>, Relu, Conv<8, Kernel<3>, Groups<2>>, Relu,
                                    Conv<8, Kernel<3, 2>, Dilation<2>, Padding<3, 1>>, Depthwise<Kernel<3>>, Relu,
                                    Depthwise<Kernel<5, 3>, Dilation<2>, Stride<2>>, Relu, Conv<16, Kernel<1>, Groups<8>>, Relu,
                                    Conv<17, Kernel<2>, Padding<2>, Stride<2>>, Relu, Depthwise<Kernel<2>, Padding<1>>,
                                    Conv<33, Kernel<1>, Stride<2>>, Relu, Flatten, Dense<19>, Relu, Dense<1>>> {};
/// Rows that are whole tiles of pixels, under kernels that reach past both ends of them, or past one.
template <class Numbers>
struct WholeTiles
    : Network<Input<Image<3, 16, 4>, Uniform<8, Asymmetric>>,
              Quantized<Numbers, Conv<20, Kernel<3>>, Relu, Conv<8, Kernel<1, 5>>, Relu, Conv<12, Kernel<3>, Stride<2>>, Relu,
                        Conv<4, Kernel<3, 7>>, Relu, Conv<3, Kernel<3>>>> {};
/// The same of channels that are looked up.
template <class Numbers>
struct WholeVectors
    : Network<Input<Image<3, 16, 4>, Uniform<8, Asymmetric>>,
              Quantized<W8A8, Conv<16, Kernel<3>>>,
              Quantized<Numbers, Conv<32, Kernel<3>>, LeakyRelu<>, Conv<16, Kernel<1, 5>>, LeakyRelu<>,
                        Conv<16, Kernel<3>, Stride<2>>, LeakyRelu<>, Conv<3, Kernel<3>>>> {};
/// One pixel, one channel, one column, one row.
template <class Numbers>
struct Slender : Network<Input<Image<9, 1, 1>, Uniform<8>>,
                         Quantized<Numbers, Conv<4, Kernel<3, 1>>, LeakyRelu<>, Conv<1, Kernel<3>>, Depthwise<Kernel<3>>,
                                   LeakyRelu<>, Flatten, Dense<5>, PRelu, Conv<3, Kernel<1>>>> {};

/// Layers of one pixel that take rows: groups of panels, single ones and one that is not full; a kernel over the whole image;
/// slopes of all kinds; a value in several numbers, one of them with a ring.
template <class Numbers, class Others>
struct Rows : Network<Input<Image<2, 2, 6>, Uniform<7>>,
                      Quantized<Numbers, Conv<104, Kernel<2>>, PRelu, Conv<36>, TwoSlopes,
                                Concat<Sequential<>, Quantized<Others, Conv<20>>, Conv<8, Kernel<3>>>, Relu6, Conv<16>,
                                LeakyRelu<>, Residual<Conv<16>>, Flatten, Dense<68>, BatchNorm, Relu, Dense<7>, Softmax>> {};

/// Sums: identity, projection, the parameter-free shortcut, one inside the other, of values that others read too.
template <class Numbers, class InputLayer = Bytes>
struct Sums
    : Network<InputLayer,
              Quantized<
                  Numbers, Residual<Conv<3, Kernel<3>>, Relu, Conv<3, Kernel<3>>>, Relu,
                  Residual<Shortcut<Conv<7, Kernel<1>, Stride<2>>, BatchNorm>, Conv<7, Kernel<3>, Stride<2>>, BatchNorm, Relu,
                           Residual<Depthwise<Kernel<3>>, BatchNorm>, Relu>,
                  Relu,
                  Residual<Shortcut<Subsample>, Conv<18, Kernel<3>, Stride<2>>, Relu, Residual<>, Conv<18, Kernel<3>>, BatchNorm>,
                  PRelu, Residual<MaxPool<Kernel<3>, Stride<1>, Padding<1>>>, Residual<Shortcut<Conv<18>>, BatchNorm>, Conv<5>>,
              GlobalAverage, Dense<4>, Softmax> {};
/// Branches side by side, their parts and their whole in several numbers.
template <class Numbers, class Others>
struct Branches
    : Network<Bytes, Quantized<Numbers, Conv<5, Kernel<3>>, Relu,
                               Concat<Sequential<>, Conv<3, Kernel<3>>, Quantized<Others, Conv<4>, Relu>,
                                      Sequential<MaxPool<Kernel<3>, Stride<1>, Padding<1>>, Conv<2>>>,
                               Relu, Concat<Conv<3>, Quantized<Others, Conv<2>>>, Conv<7, Kernel<3>>, Relu,
                               AveragePool<Kernel<3, 2>, Stride<2>, Padding<1>>, Quantized<Others, Conv<6, Kernel<3>>>, Relu6,
                               MaxPool<>, Concat<Flatten, Sequential<Conv<3>, Flatten>>, Dense<5>>> {};
/// Activations behind products, behind sums, and on their own.
template <class Numbers>
struct Activations
    : Network<Bytes,
              Quantized<Numbers, Conv<5, Kernel<3>>, PRelu, Conv<4, Kernel<3>>, TwoSlopes, Conv<17>, LeakyRelu<20>, Conv<3>,
                        Relu6, MaxPool<Kernel<2>, Stride<1>>, TwoSlopes, Residual<Conv<3>>, LeakyRelu<>, AveragePool<>, PRelu,
                        Relu, Relu, BatchNorm, BatchNorm, Conv<6, Kernel<3>>, BatchNorm, TwoSlopes, Relu6, Flatten, Dense<4>>> {};
/// BatchNorm and Relu before the product (He et al., 2016, "Identity Mappings").
template <class Numbers>
using PreActivated = Residual<BatchNorm, Relu, Conv<6, Kernel<3>>, BatchNorm, Relu, Conv<6, Kernel<3>>>;
template <class Numbers>
struct PreActivation
    : Network<Bytes, Quantized<Numbers, Conv<6, Kernel<3>>, PreActivated<Numbers>, PreActivated<Numbers>, BatchNorm, Relu>,
              GlobalAverage, Dense<3>> {};

/// The input read by everything but a product, a product beside it, in few bits.
struct RawInput
    : Network<Input<Image<6, 5, 3>, Uniform<8>>,
              Concat<Quantized<W8A8C8, Conv<3, Kernel<3>>>, Sequential<Quantized<W8A8C8, BatchNorm>>,
                     Quantized<W8A8C8, Residual<Conv<3>>>, Quantized<W8A8, MaxPool<Kernel<3>, Stride<1>, Padding<1>>, Conv<2>>,
                     Quantized<P<Uniform<4>, Uniform<4>>, Conv<2>>, Sequential<>>,
              Quantized<W4A8, Conv<5>>> {};
struct FewBitInput : Network<Input<Vector<21>, Uniform<3>>, Quantized<P<Uniform<3>, Uniform<3>>, Dense<20>, Relu, Dense<7>>> {};
struct FlatInput : Network<Input<Image<5, 3, 2>, Uniform<8>>,
                           Concat<Quantized<W4A8, Flatten, Dense<9>>, Sequential<Flatten>,
                                  Sequential<Quantized<W4A8, Conv<3, Kernel<3>>>, Flatten>>,
                           BatchNorm, Dense<4>> {};
/// One value, plain and flattened, padded and not, real and quantized; a softmax in the middle.
struct ManyReadings
    : Network<Floats, Conv<4, Kernel<3>>, Softmax,
              Concat<Flatten, Sequential<Conv<2, Kernel<3>>, Flatten>, Quantized<W8A8, Conv<2, Kernel<3>>, Flatten>,
                     Quantized<W8A8, Flatten, Dense<5>>, Quantized<P<Uniform<4>, LearnedBasis<2>>, Conv<1>, Flatten>>,
              Dense<6>, Flatten> {};
struct OnlyShapes : Network<Bytes, MaxPool<>, Flatten> {};
struct OnlySoftmax : Network<Input<Vector<5>>, Softmax> {};

using Plain =
    TypeList<UniformWeights, AsymmetricWeights, UniformActivations, FewLevels, Bases, OffsetBases, SearchedActivations, OneSided>;

}  // namespace networks
