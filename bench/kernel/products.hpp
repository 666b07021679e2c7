// SPDX-License-Identifier: BSL-1.0
// Rows of products by the functions that users call: matmul, matvec, conv2d.
#pragma once

#include "../harness/require.hpp"
#include "../harness/work.hpp"

#include <aquatint/aquatint.hpp>

namespace bench {

/// Memory whose first element lies at a multiple of 64 bytes.
template <class Element>
class AlignedArray {
public:
    explicit AlignedArray(Size count) : elements(count + 64 / sizeof(Element)) {}
    Element* data() {
        const Size beyond = reinterpret_cast<std::uintptr_t>(elements.data()) % 64;
        return elements.data() + (beyond == 0 ? 0 : (64 - beyond) / sizeof(Element));
    }

private:
    std::vector<Element> elements;
};

template <class Input>
inline constexpr Reference meaning = std::is_same_v<Input, Binary> ? Reference::signs : Reference::codes;

/// The family, or the reach of the 16-bit sums, says which loop is the ceiling.
template <class Weight, class Input>
const char* ceiling_of() {
    if constexpr (std::is_same_v<Input, Real>) return "float";
    else if constexpr (constexpr LookupForm form = lookup_form<Weight, Input>(); form.exists())
        return form.weights.planes == 1 ? "lookup" : "two lookups";
    else {
        constexpr unsigned steps = dot_steps<Weight, ByteLevels<Input>::highest_byte>;
        return steps == 0 ? "wide" : steps == 1 ? "single" : steps < 8 ? "twofold" : "steps";
    }
}

/// The library's part of a row: packed weights, which may be shared by groups of 32, the operands as views, the results.
/// `Outputs` and `Inputs`: the shape of a dense layer that is known when the program is compiled; 0: any.
template <class Weight, class Input, Size Outputs = 0, Size Inputs = 0>
class Ours {
    static constexpr bool real = std::is_same_v<Input, Real>;
    static constexpr bool grouped = real && !std::is_same_v<Weight, Real>;
    using Weights = Quantizer<Weight, std::conditional_t<grouped, PerGroup<32>, PerTensor>>;
    using Sum = std::conditional_t<real, float, Int32>;
    static constexpr bool known = Outputs != 0;
    using Memory = std::conditional_t<known, Packed<Weights, Outputs, Inputs>, AlignedArray<Byte>>;

public:
    explicit Ours(const std::shared_ptr<const Work>& given)
        : work(given), shape(packed_shape(*given)), memory(make_memory(shape)),
          sums(given->writes_codes() ? 0 : given->shape.rows * given->shape.outputs),
          codes(given->writes_codes() ? given->shape.rows * given->shape.outputs : 0) {
        const PackedMemory<Weights> target = packed_memory();
        const Size rows = shape.outputs, columns = shape.columns();
        using Levels = typename Weights::Levels;
        if constexpr (std::is_same_v<Weight, Real>) {
            require(pack(MatrixView<const float>(work->real_weights.data(), rows, columns), target));
        } else {
            std::vector<Levels> levels;
            if constexpr (grouped)
                for (const float scale : work->group_scales) levels.push_back(Levels{scale});
            else levels.push_back(Levels{work->writes_codes() ? work->scale : 1.0f});
            require(pack_integers(MatrixView<const Int8>(work->weights.data(), rows, columns), levels, target));
        }
        weights = target.view();
    }

    void run() {
        const Work& w = *work;
        if constexpr (known) {
            if constexpr (real)
                report(matvec(memory, VectorView<const float>(w.real_inputs.data(), Inputs),
                              VectorView<float>(sums.data(), Outputs)));
            else
                report(matvec(memory, coded<Input>(VectorView<const Byte>(w.codes.data(), Inputs), {}),
                              coded<Codes>(VectorView<Byte>(codes.data(), Outputs), {}), {.activation = Relu{}}));
        } else if constexpr (real) {
            if (w.operation == Operation::conv)
                report(conv2d(weights, ImageView<const float>(w.real_inputs.data(), w.side(), w.side(), w.channels()),
                              ImageView<float>(sums.data(), w.side(), w.side(), w.shape.outputs)));
            else if (w.shape.rows == 1)
                report(matvec(weights, VectorView<const float>(w.real_inputs.data(), w.shape.inputs),
                              VectorView<float>(sums.data(), w.shape.outputs)));
            else
                report(matmul(weights, MatrixView<const float>(w.real_inputs.data(), w.shape.rows, w.shape.inputs),
                              MatrixView<float>(sums.data(), w.shape.rows, w.shape.outputs)));
        } else {
            if (w.operation == Operation::conv)
                report(conv2d(weights, coded<Input>(ImageView<const Byte>(w.codes.data(), w.side(), w.side(), w.channels()), {}),
                              coded<Codes>(ImageView<Byte>(codes.data(), w.side(), w.side(), w.shape.outputs), {}), {},
                              {.activation = Relu{}}));
            else if (w.shape.rows == 1)
                report(matvec(weights, coded<Input>(VectorView<const Byte>(w.codes.data(), w.shape.inputs), {}),
                              VectorView<Sum>(sums.data(), w.shape.outputs)));
            else
                report(matmul(weights, coded<Input>(MatrixView<const Byte>(w.codes.data(), w.shape.rows, w.shape.inputs), {}),
                              MatrixView<Sum>(sums.data(), w.shape.rows, w.shape.outputs)));
        }
    }
    Verdict check() const {
        if (refused) return Verdict::wrong;
        if constexpr (real) return check_reals(*work, sums.data());
        else if (work->writes_codes()) return check_codes(*work, codes.data(), meaning<Input>);
        else return check_sums(*work, sums.data(), meaning<Input>);
    }
    double weight_bytes() const { return static_cast<double>(shape.code_bytes()); }

private:
    using Codes = Uniform<8, Asymmetric>;

    static PackedShape<Weights> packed_shape(const Work& work) {
        if (work.operation == Operation::conv) return {work.shape.outputs, work.channels(), 3, 3};
        return {work.shape.outputs, work.shape.inputs};
    }
    static Memory make_memory([[maybe_unused]] const PackedShape<Weights>& shape) {
        if constexpr (known) return {};
        else return Memory(shape.bytes());
    }
    PackedMemory<Weights> packed_memory() {
        if constexpr (known) {
            return memory.memory();
        } else {
            const Result<PackedMemory<Weights>> target = PackedMemory<Weights>::over(memory.data(), shape.bytes(), shape);
            require(target.problem);
            return *target;
        }
    }
    void report(const Error& error) { refused |= static_cast<bool>(error); }

    std::shared_ptr<const Work> work;
    PackedShape<Weights> shape;
    Memory memory;
    PackedView<Weights> weights;
    std::vector<Sum> sums;
    std::vector<Byte> codes;
    bool refused = false;
};

template <class Weight, class Input, Size Outputs = 0, Size Inputs = 0>
Row make_product_row(Operation operation, const Shape& shape) {
    int lowest = 0, highest = 0;
    if constexpr (!std::is_same_v<Weight, Real>) {
        lowest = Terms<Weight>::lowest_digit;
        highest = Terms<Weight>::highest_digit;
    }
    const auto work = make_work(operation, shape, Weight::bits, lowest, highest, Input::bits);
    const auto ours = std::make_shared<Ours<Weight, Input, Outputs, Inputs>>(work);
    Row row{2 * shape.products(), ceiling_of<Weight, Input>(), shape.rows == 1 ? ours->weight_bytes() : 0, {}};
    row.contestants.push_back({"aquatint", Role::ours, repeated([ours] { ours->run(); }), [ours] { return ours->check(); }});
    for (const Peer& peer : peers()) peer.join(work, row.contestants);
    return row;
}

/// `kind` is gemm, conv or matvec.
template <class Weight, class Input>
void add_product(std::vector<RowPlan>& rows, const std::string& kind, const std::string& precision, const Shape& shape) {
    const Operation operation = kind == "conv" ? Operation::conv : Operation::gemm;
    rows.push_back({kind + "/" + precision + "/" + shape.name(),
                    [=] { return make_product_row<Weight, Input>(operation, shape); }});
}

/// Products and convolutions at 64 outputs.
template <class Weight, class Input>
void add_gemm_and_conv(std::vector<RowPlan>& rows, const std::string& precision) {
    for (const char* kind : {"gemm", "conv"})
        for (const Size pixels : {Size(1024), Size(64)}) add_product<Weight, Input>(rows, kind, precision, {pixels, 64, 576});
}
/// A vector times weights that the second cache holds, and times such as only the third one does.
template <class Weight, class Input>
void add_matvec(std::vector<RowPlan>& rows, const std::string& precision) {
    for (const Size size : {Size(1024), Size(4096)}) add_product<Weight, Input>(rows, "matvec", precision, {1, size, size});
}
/// Layers as networks have them: their shape is known.
template <class Weight, class Input, Size Inputs>
void add_dense_layer(std::vector<RowPlan>& rows, const std::string& precision) {
    constexpr Size outputs = 32;
    const Shape shape{1, outputs, Inputs};
    rows.push_back({"dense/" + precision + "/" + shape.name(),
                    [=] { return make_product_row<Weight, Input, outputs, Inputs>(Operation::dense, shape); }});
}
template <class Weight, class Input>
void add_dense(std::vector<RowPlan>& rows, const std::string& precision) {
    add_dense_layer<Weight, Input, 32>(rows, precision);
    add_dense_layer<Weight, Input, 256>(rows, precision);
    add_dense_layer<Weight, Input, 1024>(rows, precision);
}

// One source file each, so that none takes long to compile.
void add_real_rows(std::vector<RowPlan>& rows);
void add_eight_bit_rows(std::vector<RowPlan>& rows);
void add_six_bit_rows(std::vector<RowPlan>& rows);
void add_four_bit_rows(std::vector<RowPlan>& rows);
void add_two_bit_rows(std::vector<RowPlan>& rows);
void add_two_bit_activation_rows(std::vector<RowPlan>& rows);
void add_one_bit_rows(std::vector<RowPlan>& rows);

}  // namespace bench
