// SPDX-License-Identifier: BSL-1.0
// The body of each unit. It has internal linkage, so that each unit keeps the one compiled for its processor.
#pragma once

#include <aquatint/base/error.hpp>
#include <aquatint/base/fma.hpp>
#include <aquatint/base/view.hpp>
#include <aquatint/kernel/matmul.hpp>
#include <aquatint/pack/pack.hpp>
#include <aquatint/policy/quantizer.hpp>
#include <aquatint/policy/uniform.hpp>

#include "units.hpp"

// The accident that no library can mend: an inline function of the user's own, of which the linker keeps one. One unit is told
// the other's processor.
__attribute__((noinline)) inline bool accident_compiled_with_avx2(volatile double* x) {
    *x = *x * 3.0 + 1.0;
#ifdef __AVX2__
    return true;
#else
    return false;
#endif
}

namespace {

namespace aq = aquatint;

template <class Function>
unsigned long long address(Function* function) {
    return reinterpret_cast<unsigned long long>(function);
}

struct Writer {
    Observations& seen;
    void layout(const char* what, unsigned long long value) { seen.layout[seen.layouts++] = {what, value}; }
    void result(const char* what, unsigned long long value) { seen.result[seen.results++] = {what, value}; }
    void function(const char* what, unsigned long long value) { seen.function[seen.functions++] = {what, value}; }
};

/// Packed by the compiler, so that no unit packs.
using Weights = aq::Packed<aq::Quantizer<aq::Uniform<4>, aq::PerChannel>, 19, 33>;
alignas(64) constexpr Weights weights = [] {
    Weights packed{};
    aq::store_codes(packed, [](aq::Size output, aq::Size input) { return static_cast<unsigned>(output * 7 + input * 3) % 16; });
    for (auto& levels : packed.levels) levels.scale = 0.3f;
    return packed;
}();

/// The bits of all outputs of a product, mixed.
template <class Inputs>
unsigned long long product_of(const Inputs& inputs) {
    float outputs[19];
    unsigned long long bits = static_cast<bool>(aq::matvec(weights, inputs, outputs));
    for (const float output : outputs) bits = bits * 31 + std::bit_cast<aq::UInt32>(output);
    return bits;
}

void observe_layouts(Writer writer) {
    writer.layout("sizeof Error", sizeof(aq::Error));
    writer.layout("sizeof Result<float>", sizeof(aq::Result<float>));
    writer.layout("sizeof ImageView<float>", sizeof(aq::ImageView<float>));
    writer.layout("sizeof Uniform<4>::Levels", sizeof(aq::Uniform<4>::Levels));
    writer.layout("sizeof Uniform<4, Asymmetric>::Levels", sizeof(aq::Uniform<4, aq::Asymmetric>::Levels));
    writer.layout("sizeof Packed", sizeof(Weights));
}

void observe_results(Writer writer) {
    volatile float tenth = 0.1f;
    const float residue = aq::fused(tenth, 10.0f, -1.0f);
    writer.result("fused(0.1, 10, -1)", std::bit_cast<aq::UInt32>(residue));
    unsigned long long codes = 0;
    for (int i = -40; i < 40; ++i)
        codes = codes * 31 + aq::Quantizer<aq::Uniform<5>>::encode(static_cast<float>(i) * tenth, {0.37f});
    writer.result("codes of Uniform<5>", codes);
    float numbers[33];
    unsigned char bytes[33];
    for (int i = 0; i < 33; ++i) {
        numbers[i] = static_cast<float>(i) * tenth;
        bytes[i] = static_cast<unsigned char>(i * 7);
    }
    writer.result("a product of numbers", product_of(numbers));
    writer.result("a product of codes", product_of(aq::coded<aq::Uniform<8, aq::Asymmetric>>(bytes, {0.02f, 9})));
    writer.function("fused", address(&aq::fused));
}

void observe(Observations& seen) {
    observe_layouts(Writer{seen});
    observe_results(Writer{seen});
    volatile double scratch = 1.0;
    seen.merged_accident = accident_compiled_with_avx2(&scratch);
}

}  // namespace
