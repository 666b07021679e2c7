// SPDX-License-Identifier: BSL-1.0
// A product of the network in training: its sums, the gradient of its inputs and the gradient of its weights, as three products
// of the same kind, made by the tiles of inference.
#pragma once

#include <cstring>
#include <vector>

#include <aquatint/arch/detect.hpp>
#include <aquatint/calibrate/write_parameters.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Tensors of some samples one after the other, each with a ring of `extent.halo` pixels.
template <class Number>
struct Samples {
    Number* data = nullptr;
    Size count = 0;   ///< samples
    Size pitch = 0;   ///< numbers from one sample to the next

    Number* operator[](Size sample) const { return data + sample * pitch; }
};

/// The processor's own routine, if it has one. The scalar one is exact, down to a fused multiply-add in software where there is
/// no instruction; training may round twice instead, and leaves plain loops to the compiler.
template <Size Pixels>
void sum_tile(const float* panel, const float* const* pixels, const Window& window, float (*sums)[panel_outputs]) {
    if constexpr (has_own_routine<RealTile<Pixels>, Native>)
        return Chosen<RealTile<Pixels>, Native>::run(panel, pixels, window, sums);
    for (Size row = 0; row < window.rows; ++row)
        for (Size column = 0; column < window.columns; ++column) {
            const Size at = row * window.row_pitch + column * window.column_pitch;
            for (Size input = at; input < at + window.run; ++input, panel += panel_outputs)
                for (Size pixel = 0; pixel < Pixels; ++pixel)
                    for (Size output = 0; output < panel_outputs; ++output)
                        sums[pixel][output] += pixels[pixel][input] * panel[output];
        }
}
template <Size Inputs>
void outer_tile(const float* inputs, const float* gradients, const PixelGrid& grid, float (*sums)[panel_outputs]) {
    if constexpr (has_own_routine<OuterTile<Inputs>, Native>)
        return Chosen<OuterTile<Inputs>, Native>::run(inputs, gradients, grid, sums);
    grid.for_each(inputs, gradients, [&](const float* in, const float* out) {
        for (Size input = 0; input < Inputs; ++input)
            for (Size output = 0; output < panel_outputs; ++output) sums[input][output] += in[input] * out[output];
    });
}

/// Rows of accumulators, a pixel's or an input's: as many as hide the latency of an addition,
/// and what rests of them is made with few.
inline constexpr Size most_rows = real_tile_pixels<Native>, few_rows = 4;

/// Pixels `first + stride * i` of the results, in both directions; they share which weights meet which pixels of the operand.
struct PixelClass {
    Size first_row = 0, first_column = 0;
    Size rows = 0, columns = 0;
    Size stride = 1;
    Size origin = 0;   ///< where in the operand the window of the first pixel begins
    Window window;
    Size panel_start = 0;   ///< of its packed weights
};

/// Results of `extent` from operands of `operand`: for one group of channels at a time, class by class.
struct WindowSums {
    Extent operand;
    Shape result;
    Size operand_stride = 1;   ///< from one result pixel of a class to the next, in pixels of the operand
    Size parts = 1, part_operands = 0, part_results = 0;
    std::vector<PixelClass> classes;

    Size packed_floats() const {
        const PixelClass& last = classes.back();
        return last.panel_start + parts * order(last).floats();
    }
    RealOrder order(const PixelClass& pixels) const { return {part_results, pixels.window.segments().inputs()}; }

    /// Every result is stored once.
    void run(const float* packed, Samples<const float> from, Samples<float> to) const {
        for (const PixelClass& pixels : classes)
            for (Size part = 0; part < parts; ++part) run_part(pixels, part, packed, from, to);
    }

private:
    void run_part(const PixelClass& pixels, Size part, const float* packed, Samples<const float> from, Samples<float> to) const {
        const RealOrder weights = order(pixels);
        const float* panel = packed + pixels.panel_start + part * weights.floats();
        const Size step = operand_stride * operand.shape.channels;
        const Size row_step = operand_stride * operand.pitch();
        const Size result_step = pixels.stride * result.channels;
        for (Size first = 0; first < part_results; first += panel_outputs, panel += weights.panel_floats()) {
            const Size bytes = least(panel_outputs, part_results - first) * sizeof(float);
            const Size channel = part * part_results + first;
            const float* in[most_rows];
            float* out[most_rows];
            Size held = 0;
            const auto flush = [&] {
                Tile<float, most_rows> tile{};
                for (Size i = held; i < most_rows; ++i) in[i] = in[0];
                if (held == 1) sum_tile<1>(panel, in, pixels.window, tile.value);
                else if (held <= few_rows) sum_tile<few_rows>(panel, in, pixels.window, tile.value);
                else sum_tile<most_rows>(panel, in, pixels.window, tile.value);
                for (Size i = 0; i < held; ++i) {
                    if (bytes == sizeof tile.value[0]) std::memcpy(out[i], tile.value[i], sizeof tile.value[0]);
                    else std::memcpy(out[i], tile.value[i], bytes);
                }
                held = 0;
            };
            for (Size sample = 0; sample < from.count; ++sample)
                for (Size row = 0; row < pixels.rows; ++row) {
                    const float* source = from[sample] + pixels.origin + row * row_step + part * part_operands;
                    float* target =
                        to[sample] + channel +
                        ((pixels.first_row + row * pixels.stride) * result.width + pixels.first_column) * result.channels;
                    for (Size column = 0; column < pixels.columns; ++column, source += step, target += result_step) {
                        in[held] = source;
                        out[held] = target;
                        if (++held == most_rows) flush();
                    }
                }
            if (held != 0) flush();
        }
    }
};

/// A product as the engine sees it. Weights are those of FloatLayer, [outputs][inputs/groups][ky][kx]; tensors that are read have
/// the rings of their extents, those that are written have none.
struct ProductPass {
    virtual ~ProductPass() = default;
    virtual const Extent& input_extent() const = 0;
    virtual const Extent& output_gradient_extent() const = 0;
    virtual Size packed_floats() const = 0;
    virtual Size gradient_packed_floats() const = 0;
    virtual void pack(const float* weights, float* packed) const = 0;
    virtual void pack_for_gradient(const float* weights, float* packed) const = 0;
    /// From the order of `pack` to theirs.
    virtual void unpack(const float* packed, float* weights) const = 0;

    virtual void sums(const float* packed, Samples<const float> inputs, Samples<float> outputs) const = 0;
    virtual void input_gradient(const float* packed, Samples<const float> output_gradients,
                                Samples<float> input_gradients) const = 0;
    /// Adds to `sums`, which lie in the order of `pack`. 16 numbers past the end of the output gradients are read, and not used.
    virtual void weight_gradient(Samples<const float> inputs, Samples<const float> output_gradients, float* sums) const = 0;
};

/// Every product but the depthwise ones.
class WindowPass final : public ProductPass {
public:
    WindowPass(const Product& product, Shape in, Shape out) {
        const Size halo = most(product.geometry.padding_height, product.geometry.padding_width);
        plan = {product, {in, halo}, out};
        plan_sums();
        plan_gradient();
        map_weights();
    }

    const Extent& input_extent() const override { return plan.in; }
    const Extent& output_gradient_extent() const override { return backward.operand; }
    Size packed_floats() const override { return forward.packed_floats(); }
    Size gradient_packed_floats() const override { return backward.packed_floats(); }
    void pack(const float* weights, float* packed) const override { scatter(weights, sum_place, packed, packed_floats()); }
    void pack_for_gradient(const float* weights, float* packed) const override {
        scatter(weights, gradient_place, packed, gradient_packed_floats());
    }
    void unpack(const float* packed, float* weights) const override {
        for (Size i = 0; i < sum_place.size(); ++i) weights[i] = packed[sum_place[i]];
    }
    void sums(const float* packed, Samples<const float> inputs, Samples<float> outputs) const override {
        forward.run(packed, inputs, outputs);
    }
    void input_gradient(const float* packed, Samples<const float> output_gradients,
                        Samples<float> input_gradients) const override {
        backward.run(packed, output_gradients, input_gradients);
    }
    void weight_gradient(Samples<const float> inputs, Samples<const float> output_gradients, float* sums) const override {
        const Extent& gradients = backward.operand;
        const Geometry& g = plan.product.geometry;
        const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
        const Window window = plan.window();
        const bool vector = plan.out.pixels() == 1;   // then the samples are what is summed over
        PixelGrid grid{1,
                       plan.out.width,
                       g.stride * plan.in.pitch(),
                       g.stride * plan.in.shape.channels,
                       gradients.pitch(),
                       gradients.shape.channels};
        if (vector) grid = {1, inputs.count, 0, inputs.pitch, 0, output_gradients.pitch};
        const Size block_rows = vector ? 1 : most<Size>(1, block_pixels / plan.out.width);
        for (Size sample = 0; sample < (vector ? 1 : inputs.count); ++sample)
            for (Size row = 0; row < plan.out.height; row += block_rows) {
                grid.rows = least(block_rows, plan.out.height - row);
                for (Size part = 0; part < plan.parts(); ++part) {
                    const float* in = inputs[sample] + plan.first_input(row, 0) + part * plan.group_inputs();
                    const float* out = output_gradients[sample] + gradients.at(row, 0) + part * plan.part_outputs();
                    for (Size panel = 0; panel < order.panels(); ++panel)
                        add_panel(in, out + panel * panel_outputs, grid, window,
                                  sums + part * order.floats() + panel * order.panel_floats());
                }
            }
    }

private:
    static constexpr Size block_pixels = 128;   ///< what tiles of one block read again and again stays in the first-level cache

    ProductPlan plan;
    WindowSums forward, backward;
    std::vector<UInt32> sum_place, gradient_place;

    static void add_panel(const float* in, const float* out, const PixelGrid& grid, const Window& window, float* sums) {
        for (Size row = 0; row < window.rows; ++row)
            for (Size column = 0; column < window.columns; ++column) {
                const float* run = in + row * window.row_pitch + column * window.column_pitch;
                Size input = 0;
                const auto add = [&]<Size Inputs>() {
                    for (; input + Inputs <= window.run; input += Inputs, sums += Inputs * panel_outputs)
                        outer_tile<Inputs>(run + input, out, grid, reinterpret_cast<float(*)[panel_outputs]>(sums));
                };
                add.template operator()<most_rows>();
                add.template operator()<few_rows>();
                add.template operator()<1>();
            }
    }
    static void scatter(const float* weights, const std::vector<UInt32>& places, float* packed, Size floats) {
        std::memset(packed, 0, floats * sizeof(float));
        for (Size i = 0; i < places.size(); ++i)
            if (places[i] != nowhere) packed[places[i]] = weights[i];
    }

    void plan_sums() {
        forward.operand = plan.in;
        forward.result = plan.out;
        forward.operand_stride = plan.product.geometry.stride;
        forward.parts = plan.parts();
        forward.part_operands = plan.group_inputs();
        forward.part_results = plan.part_outputs();
        forward.classes = {{0, 0, plan.out.height, plan.out.width, 1, plan.first_input(0, 0), plan.window(), 0}};
    }

    /// The taps that reach input pixels first, first + stride, ... : tap `last - i * step` reads output
    /// gradient `i * pitch` after the first one, which is `shift` pixels after the output pixel that has the
    /// input pixel's number (divided by the stride).
    struct Taps {
        Size count = 0, last = 0, step = 1, pitch = 0;
        Int64 shift = 0;
    };
    static Taps taps_of(Size first, Size kernel, Size padding, const Geometry& g) {
        Taps taps;
        Size previous = 0;
        for (Size i = kernel; i-- > 0;) {
            const Int64 distance = static_cast<Int64>(first + padding) - static_cast<Int64>(i * g.dilation);
            const auto stride = static_cast<Int64>(g.stride);
            if (((distance % stride) + stride) % stride != 0) continue;
            if (taps.count == 0) {
                taps.last = i;
                taps.shift = distance / stride;
            } else if (taps.count == 1) {
                taps.step = previous - i;
                taps.pitch = taps.step * g.dilation / g.stride;
            }
            previous = i;
            ++taps.count;
        }
        return taps;
    }
    void plan_gradient() {
        const Geometry& g = plan.product.geometry;
        const Shape in = plan.in.shape;
        backward.result = in;
        backward.parts = plan.parts();
        backward.part_operands = plan.part_outputs();
        backward.part_results = plan.group_inputs();
        // The ring that the windows of all classes need, then the classes.
        Size halo = 0;
        for (const bool measuring : {true, false}) {
            backward.operand = {plan.out, halo};
            Size start = 0;
            for (Size row = 0; row < least(g.stride, in.height); ++row)
                for (Size column = 0; column < least(g.stride, in.width); ++column) {
                    const Taps down = taps_of(row, g.kernel_height, g.padding_height, g);
                    const Taps across = taps_of(column, g.kernel_width, g.padding_width, g);
                    PixelClass pixels{
                        row, column, ceil_div(in.height - row, g.stride), ceil_div(in.width - column, g.stride), g.stride, 0,
                        {},  start};
                    if (measuring) {
                        halo = most(halo,
                                    most(ring(down, pixels.rows, plan.out.height), ring(across, pixels.columns, plan.out.width)));
                        continue;
                    }
                    const Extent& from = backward.operand;
                    const auto at = [&](Int64 shift) { return static_cast<Size>(static_cast<Int64>(halo) + shift); };
                    if (down.count != 0 && across.count != 0)
                        pixels.origin = at(down.shift) * from.pitch() + at(across.shift) * from.shape.channels;
                    pixels.window = {down.count, down.pitch * from.pitch(), across.count, across.pitch * from.shape.channels,
                                     plan.part_outputs()};
                    if (across.count == 0) pixels.window.rows = 0;
                    if (plan.parts() == 1 && across.pitch == 1) {   // neighbours: one longer run
                        pixels.window.run *= pixels.window.columns;
                        pixels.window.columns = 1;
                    }
                    start += plan.parts() * backward.order(pixels).floats();
                    backward.classes.push_back(pixels);
                    map_gradient(pixels, down, across);
                }
        }
    }
    /// How far the windows of a class reach past the image of output gradients.
    static Size ring(const Taps& taps, Size pixels, Size outputs) {
        if (taps.count == 0) return 0;
        const Int64 before = -taps.shift;
        const Int64 past = static_cast<Int64>(pixels - 1) + taps.shift + static_cast<Int64>((taps.count - 1) * taps.pitch) -
                           static_cast<Int64>(outputs - 1);
        return static_cast<Size>(most<Int64>(0, most(before, past)));
    }
    void map_weights() {
        const RealOrder order{plan.part_outputs(), plan.segments().inputs()};
        sum_place.resize(plan.weights());
        for_each_weight(plan, [&](Size index, const WeightPlace& at, Size) {
            sum_place[index] = static_cast<UInt32>(at.part * order.floats() +
                                                   order.place(at.output, at.segment * plan.segments().run + at.input));
        });
    }
    static constexpr UInt32 nowhere = 0xffffffffu;   ///< no input pixel is reached: a stride beyond the kernel
    void map_gradient(const PixelClass& pixels, const Taps& down, const Taps& across) {
        if (gradient_place.empty()) gradient_place.assign(plan.weights(), nowhere);
        const Geometry& g = plan.product.geometry;
        const RealOrder order = backward.order(pixels);
        Size index = 0;
        for (Size output = 0; output < plan.product.outputs; ++output)
            for (Size channel = 0; channel < plan.group_inputs(); ++channel)
                for (Size ky = 0; ky < g.kernel_height; ++ky)
                    for (Size kx = 0; kx < g.kernel_width; ++kx, ++index) {
                        const Size row = tap_number(down, ky), column = tap_number(across, kx);
                        if (row >= down.count || column >= across.count) continue;
                        const Size part = output / plan.part_outputs(), operand = output % plan.part_outputs();
                        const Size input = (row * across.count + column) * plan.part_outputs() + operand;
                        gradient_place[index] =
                            static_cast<UInt32>(pixels.panel_start + part * order.floats() + order.place(channel, input));
                    }
    }
    /// Which of the taps this is; their count if none.
    static Size tap_number(const Taps& taps, Size tap) {
        for (Size i = 0; i < taps.count; ++i)
            if (taps.last - i * taps.step == tap) return i;
        return taps.count;
    }
};

}}}  // namespace aquatint::train
