// SPDX-License-Identifier: BSL-1.0
// Products of the float family: weights as floats, decoded panel by panel where they are packed codes, one fused chain an output.
#pragma once

#include <aquatint/kernel/decode_real.hpp>
#include <aquatint/kernel/epilogue.hpp>
#include <aquatint/kernel/real_row.hpp>
#include <aquatint/kernel/tiles.hpp>
#include <aquatint/kernel/window.hpp>
#include <aquatint/pack/real_order.hpp>
#include <aquatint/policy/real.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET {

/// `Weights` is float in RealOrder for Real, else Byte in CellOrder; `panel` is scratch for the decoded panel, unused for Real.
template <class Arch, Policy Weight>
struct RealProduct {
    using Levels = typename Weight::Levels;
    static constexpr bool packed = !std::is_same_v<Weight, Real>;
    static constexpr Size most_cells = 32;   ///< decoded at a time, on the stack: 12 KB
    using Weights = std::conditional_t<packed, Byte, float>;

    const ProductPlan& plan;
    const Weights* weights;
    const Levels* levels;
    const float* bias;
    const float* input;
    float* scratch;
    const float* panel = nullptr;

    constexpr void begin_panel(Size part, Size index) {
        const Segments segments = plan.segments();
        if constexpr (packed) {
            using Packing = Quantizer<Weight, PerChannel>;
            const Size outputs = plan.part_outputs(), first = index * panel_outputs;
            const PackedView<Packing> own{weights + part * CellOrder{Weight::bits, outputs, segments}.bytes(),
                                          levels + part * outputs,
                                          {outputs, segments.run, segments.segments, 1}};
            RealDecoder<Arch, Packing, most_cells> decoder;
            for_each_piece(segments, most_cells, 0, [&](const Piece& piece) {
                const float* numbers = decoder.decode(own, first, least(panel_outputs, outputs - first), piece);
                copy(numbers, piece.rows * piece.run * panel_outputs,
                     scratch + (piece.row * segments.run + piece.first) * panel_outputs);
            });
            panel = scratch;
        } else {
            const RealOrder order{plan.part_outputs(), segments.inputs()};
            panel = weights + part * order.floats() + index * order.panel_floats();
        }
    }
};

/// One row: chains from the bias on, of several panels at a time.
template <Size Outputs, class Arch, Policy Weight, class Epilogue>
constexpr void real_row(const RealProduct<Arch, Weight>& product, Epilogue& epilogue) {
    using Packing = Quantizer<Weight, PerChannel>;
    const ProductPlan& plan = product.plan;
    const PackedView<Packing> weights{product.weights, product.levels, {Outputs, plan.segments().inputs()}};
    const RealRowSums<Arch, Packing> row{weights, product.input + plan.first_input(0, 0)};
    for_each_panels<row.panels, Outputs>(Outputs, [&]<Size Panels, bool Full>(Size panel) {
        const Size first = panel * panel_outputs, count = Full ? Panels * panel_outputs : Outputs - first;
        Tile<float, Panels> sums{};
        copy(product.bias + first, count, sums.value[0]);
        row.template extend<Panels>(first, count, sums.value);
        for (Size done = 0; done < count; done += panel_outputs) {
            epilogue.begin_panel(first + done, least(panel_outputs, count - done));
            epilogue.write(0, 0, 1, sums.value + done / panel_outputs);
        }
    });
}

template <class Arch, Policy Weight, class Epilogue>
constexpr void real_product(RealProduct<Arch, Weight>& product, Epilogue& epilogue) {
    const ProductPlan& plan = product.plan;
    const Window window = plan.window();
    const Size row_step = plan.first_input(1, 0) - plan.first_input(0, 0), step = plan.first_input(0, 1) - plan.first_input(0, 0);
    const PixelBlock all{0, plan.out.height, 0, plan.out.width};
    constexpr Size most_pixels = real_tile_pixels<Arch>;
    Tile<float, most_pixels> tile{};
    for (Size part = 0; part < plan.parts(); ++part)
        for (Size panel = 0; panel < ceil_div(plan.part_outputs(), panel_outputs); ++panel) {
            const Size first = part * plan.part_outputs() + panel * panel_outputs;
            const Size count = least(panel_outputs, plan.part_outputs() - panel * panel_outputs);
            alignas(32) float bias[panel_outputs]{};
            copy(product.bias + first, count, bias);
            product.begin_panel(part, panel);
            epilogue.begin_panel(first, count);
            const float* begin = product.input + plan.first_input(0, 0) + part * plan.group_inputs();
            for_each_tile_of<most_pixels>(all, [&](Size, const PixelTile& place) {
                const float* pixels[most_pixels]{};
                for_each_pixel(all, place, [&](Size pixel, Size row, Size column) {
                    pixels[pixel] = begin + row * row_step + column * step;
                    copy(bias, panel_outputs, tile.value[pixel]);
                });
                for (Size missing = place.count; missing < most_pixels; ++missing) pixels[missing] = pixels[0];
                if (place.count == 1) Chosen<RealTile<1>, Arch>::run(product.panel, pixels, window, tile.value);
                else if (place.count <= tile_pixels)
                    Chosen<RealTile<tile_pixels>, Arch>::run(product.panel, pixels, window, tile.value);
                else Chosen<RealTile<most_pixels>, Arch>::run(product.panel, pixels, window, tile.value);
                for_each_run_of(all, place, [&](Size pixel, Size row, Size column, Size run) {
                    epilogue.write(row, column, run, tile.value + pixel);
                });
            });
        }
}

}}  // namespace aquatint
