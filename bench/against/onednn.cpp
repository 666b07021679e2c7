// SPDX-License-Identifier: BSL-1.0
// oneDNN 2: matmul, gemm and convolution, float and u8 x s8. Weights are in its own order before the clock runs, and so are the
// images of float convolutions. On AVX2 it adds two products of bytes in 16 bits with saturation.
#include "onednn.hpp"

#include "enter.hpp"

#include <cstring>

namespace bench { namespace {

using namespace onednn;

template <class Element>
Element* bytes_of(const dnnl::memory& memory) {
    return static_cast<Element*>(memory.get_data_handle());
}

/// A primitive, its operands, and what it wrote.
class Primitive {
public:
    explicit Primitive(const std::shared_ptr<const Work>& given) : work(given) {}

    void matmul() {
        const auto rows = signed_size(work->shape.rows), inputs = signed_size(work->shape.inputs),
                   outputs = signed_size(work->shape.outputs);
        const Desc source({rows, inputs}, source_type(), Tag::ab), target({rows, outputs}, target_type(), Tag::ab);
        const dnnl::matmul::desc operation(source, Desc({inputs, outputs}, weight_type(), Tag::any), target);
        const dnnl::matmul::primitive_desc chosen(operation, attributes(), engine());
        set_source(source);
        set_weights(Desc({inputs, outputs}, weight_type(), Tag::ba), chosen.weights_desc());
        result = dnnl::memory(target, engine());
        primitive = dnnl::matmul(chosen);
        arguments = {{DNNL_ARG_SRC, inputs_in}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DST, result}};
    }
    void convolution() {
        const auto side = signed_size(work->side()), channels = signed_size(work->channels()),
                   outputs = signed_size(work->shape.outputs);
        const Tag images = work->real() ? Tag::any : Tag::nhwc;
        const dnnl::convolution_forward::desc operation(
            dnnl::prop_kind::forward_inference, dnnl::algorithm::convolution_direct,
            Desc({1, channels, side, side}, source_type(), images), Desc({outputs, channels, 3, 3}, weight_type(), Tag::any),
            Desc({1, outputs, side, side}, target_type(), images), {1, 1}, {1, 1}, {1, 1});
        const dnnl::convolution_forward::primitive_desc chosen(operation, attributes(), engine());
        set_source(Desc({1, channels, side, side}, source_type(), Tag::nhwc), chosen.src_desc());
        set_weights(Desc({outputs, channels, 3, 3}, weight_type(), Tag::oihw), chosen.weights_desc());
        result = dnnl::memory(chosen.dst_desc(), engine());
        plain_result = Desc({1, outputs, side, side}, target_type(), Tag::nhwc);
        primitive = dnnl::convolution_forward(chosen);
        arguments = {{DNNL_ARG_SRC, inputs_in}, {DNNL_ARG_WEIGHTS, weights}, {DNNL_ARG_DST, result}};
    }

    void run() { primitive.execute(stream(), arguments); }
    Verdict check() {
        dnnl::memory plain = result;
        if (plain_result && *plain_result != result.get_desc()) plain = reordered(result, *plain_result);
        if (work->real()) return check_reals(*work, bytes_of<float>(plain));
        if (work->writes_codes()) return check_codes(*work, bytes_of<Byte>(plain));
        return check_sums(*work, bytes_of<Int32>(plain));
    }

private:
    std::shared_ptr<const Work> work;
    dnnl::primitive primitive;
    dnnl::memory inputs_in, weights, result;
    std::optional<Desc> plain_result;
    std::unordered_map<int, dnnl::memory> arguments;

    Type source_type() const { return work->real() ? Type::f32 : Type::u8; }
    Type weight_type() const { return work->real() ? Type::f32 : Type::s8; }
    Type target_type() const { return work->real() ? Type::f32 : work->writes_codes() ? Type::u8 : Type::s32; }
    dnnl::primitive_attr attributes() const {
        dnnl::primitive_attr all;
        if (!work->writes_codes()) return all;
        all.set_output_scales(0, {work->scale});
        dnnl::post_ops relu;
        relu.append_eltwise(1, dnnl::algorithm::eltwise_relu, 0, 0);
        all.set_post_ops(relu);
        return all;
    }
    void set_source(const Desc& given, const std::optional<Desc>& wanted = {}) {
        dnnl::memory plain(given, engine());
        const void* from = work->real() ? static_cast<const void*>(work->real_inputs.data()) : work->codes.data();
        std::memcpy(plain.get_data_handle(), from, given.get_size());
        inputs_in = wanted && *wanted != given ? reordered(plain, *wanted) : plain;
    }
    void set_weights(const Desc& given, const Desc& wanted) {
        dnnl::memory plain(given, engine());
        const void* from = work->real() ? static_cast<const void*>(work->real_weights.data()) : work->weights.data();
        std::memcpy(plain.get_data_handle(), from, given.get_size());
        weights = reordered(plain, wanted);
    }
};

/// The functions in the manner of BLAS, which know nothing of packed weights.
class Gemm {
public:
    explicit Gemm(const std::shared_ptr<const Work>& given)
        : work(given), sums(given->real() ? 0 : given->shape.rows * given->shape.outputs),
          reals(given->real() ? given->shape.rows * given->shape.outputs : 0) {}

    void run() {
        const auto rows = signed_size(work->shape.rows), inputs = signed_size(work->shape.inputs),
                   outputs = signed_size(work->shape.outputs);
        if (work->real()) {
            dnnl_sgemm('N', 'T', rows, outputs, inputs, 1, work->real_inputs.data(), inputs, work->real_weights.data(), inputs, 0,
                       reals.data(), outputs);
        } else {
            const Int32 offset = 0;
            dnnl_gemm_u8s8s32('N', 'T', 'F', rows, outputs, inputs, 1, work->codes.data(), inputs, 0, work->weights.data(),
                              inputs, 0, 0, sums.data(), outputs, &offset);
        }
    }
    Verdict check() const { return work->real() ? check_reals(*work, reals.data()) : check_sums(*work, sums.data()); }

private:
    std::shared_ptr<const Work> work;
    std::vector<Int32> sums;
    std::vector<float> reals;
};

void join(const std::shared_ptr<const Work>& work, std::vector<Contestant>& contestants) {
    const auto product = std::make_shared<Primitive>(work);
    if (work->operation == Operation::conv) product->convolution();
    else product->matmul();
    enter(contestants, "onednn", Role::peer, product, work->real());
    if (work->operation == Operation::gemm)
        enter(contestants, "onednn gemm", Role::peer, std::make_shared<Gemm>(work), work->real());
}

const bool joined = enlist({"onednn", join});

}}   // namespace bench
