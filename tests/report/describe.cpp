// SPDX-License-Identifier: BSL-1.0
// describe<Net>: the table of a network that has a bit of everything, and where it is printed.
#include <aquatint/report.hpp>

#include <doctest/doctest.h>

#include <algorithm>

using namespace aquatint;

namespace {

using W4A8 = Precision<Uniform<4>, Uniform<8>, Carry<Uniform<8>>>;
using W1A1 = Precision<Binary, Binary>;

struct Sampler : Network<Input<Image<8, 6, 3>, Uniform<8>>,
                         Quantized<W4A8, Conv<16, Kernel<3>>, BatchNorm, Relu, Residual<Depthwise<Kernel<5>>, BatchNorm>, Relu>,
                         MaxPool<>, PRelu, Quantized<W1A1, Conv<32, Kernel<3, 1>, Stride<2>, Dilation<2>>>, Conv<4, Groups<2>>,
                         Flatten, Dense<10>, Softmax> {};

}  // namespace

TEST_CASE("a network is described step by step, by precision and as a whole") {
    // clang-format off
    const std::string expected =
R"(layer                                    output  weights x inputs      family             weights    bits  bytes  multiply-adds
input                                    8x6x3                                                               116
conv 3x3 + batch_norm + relu             8x6x16  uniform4 x uniform8a  dot, 8 in 16 bits      432   2,816    456         20,736
depthwise 5x5 + batch_norm + sum + relu  8x6x16  uniform4 x uniform8a  integer depthwise      400   2,624    384         19,200
max_pool 2x2 /2                          4x3x16                                                                0
prelu                                    4x3x16                                                               68
conv 3x1 /2 dilated 2                    2x2x32  binary x binary       lookup               1,536   3,584    448          6,144
conv groups 2                            2x2x4   real x real           float                   64   2,176  2,112            256
dense                                    10      real x real           float                  160   5,440  1,088            160
softmax                                  10                                                                    0
-------------------------------------------------------------------------------------------------------------------------------
all of                                           uniform4 x uniform8a                         832   5,440    840         39,936
all of                                           binary x binary                            1,536   3,584    448          6,144
all of                                           real x real                                  224   7,616  3,200            416
network                                  10                                                 2,592  17,440  4,672         46,496
parameters 4,672 bytes: payload 2,180, cell padding 2,336, alignment 156
)";
    // clang-format on
    CHECK(description<Sampler>() ==
          expected + "arena " + grouped(cost<Sampler>.arena_bytes) + " bytes; bit operations 1,710,080\n");
}

TEST_CASE("descriptions are plain text unless colours are asked for") {
    const std::string plain = description<Sampler>(), coloured = description<Sampler>(true);
    CHECK(std::all_of(plain.begin(), plain.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); }));
    CHECK(coloured != plain);
    std::FILE* file = std::tmpfile();
    REQUIRE(file != nullptr);
    describe<Sampler>(file);
    std::rewind(file);
    std::string printed(plain.size() + 1, '\0');
    printed.resize(std::fread(printed.data(), 1, printed.size(), file));
    std::fclose(file);
    CHECK(printed == plain);
}
