// SPDX-License-Identifier: BSL-1.0
// The operands of a product, the same for all contestants, and the scalar reference that checks their results.
#pragma once

#include "rows.hpp"

#include <aquatint/base/integers.hpp>

#include <map>

namespace bench {

using namespace aquatint;

enum class Operation {
    gemm,    ///< rows of inputs times weights: sums as Int32, or floats
    conv,    ///< 3x3 over an image, stride one, padded with zeros: codes of 8 bits after a ReLU, or floats
    dense,   ///< one row: codes of 8 bits after a ReLU, or floats
};

struct Shape {
    Size rows, outputs, inputs;   ///< of a convolution: pixels of a square image, outputs, nine times the channels

    double products() const { return static_cast<double>(rows) * static_cast<double>(outputs * inputs); }
    std::string name() const;
};

/// What results are compared with.
enum class Reference {
    codes,        ///< sums of weights times codes
    signs,        ///< the same where codes 0 and 1 mean -1 and +1; padding is zero
    saturated,    ///< as codes, but each two neighbouring products are added in 16 bits with saturation
    reals,
    magnitudes,   ///< of the real products: sums of |weight * input|
};

/// Weights as integers of a signed byte and inputs as codes of an unsigned byte; or both as floats. Quantized weights of float
/// inputs are given as floats, too.
struct Work {
    Operation operation;
    Shape shape;
    unsigned weight_bits, input_bits;   ///< 32: floats
    int lowest_weight = 0, highest_weight = 0;
    std::vector<Int8> weights;   ///< [outputs][inputs]; of a convolution [outputs][channels][ky][kx]
    std::vector<Byte> codes;     ///< [rows][inputs]; of a convolution [y][x][channels]. 64 bytes more can be read
    std::vector<float> real_weights, real_inputs;
    std::vector<float> group_scales;   ///< of weights of float inputs, [outputs][inputs / 32]
    float scale = 1;   ///< code = round_even(clamp(sum * scale, 0, 255)) where codes are written

    bool real() const { return input_bits == 32; }
    bool writes_codes() const { return !real() && operation != Operation::gemm; }
    Size side() const;       ///< of the image
    Size channels() const;   ///< of a pixel

    /// [rows][outputs], by plain loops; made when first asked for. Only every `row_stride()`-th row is filled in.
    const std::vector<double>& reference(Reference kind) const;
    /// Every row where there are at most 2^26 products, else every sixteenth.
    Size row_stride() const { return shape.products() > 0x1p26 ? 16 : 1; }

private:
    mutable std::map<Reference, std::vector<double>> references;
};

/// Random operands over the whole range of both widths, their ends included.
std::shared_ptr<const Work> make_work(Operation operation, const Shape& shape, unsigned weight_bits, int lowest, int highest,
                                      unsigned input_bits);

/// Results [rows][outputs] against the reference. `meaning` is codes or signs.
Verdict check_sums(const Work& work, const Int32* sums, Reference meaning = Reference::codes);
Verdict check_codes(const Work& work, const Byte* codes, Reference meaning = Reference::codes);
Verdict check_reals(const Work& work, const float* numbers);

/// Somebody else who may do the work: joins the row if it can.
struct Peer {
    const char* name;
    void (*join)(const std::shared_ptr<const Work>&, std::vector<Contestant>&);
};
/// Those whose packages were found, by name. A peer registers itself: `const bool joined = enlist({"name", join});`
bool enlist(const Peer& peer);
const std::vector<Peer>& peers();

}  // namespace bench
