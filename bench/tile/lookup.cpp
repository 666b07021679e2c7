// SPDX-License-Identifier: BSL-1.0
// Binary convolutions by lookup, beside the same work done by the dot family: the 3x3 layers of a ResNet-20.
#include "../harness/ceilings.hpp"

#include <aquatint/arch/detect.hpp>

#include <cstdio>
#include <vector>

using namespace bench;

namespace {

/// `outputs` from as many channels, `size` by `size` pixels inside a halo of one.
struct Layer {
    Size outputs, size;

    Size inputs() const { return 9 * outputs; }
    Size pitch() const { return (size + 2) * outputs; }
    Window window() const { return {3, pitch(), 1, 0, 3 * outputs}; }
    double operations() const { return 2.0 * static_cast<double>(inputs() * outputs * size * size); }
};

struct Random {
    UInt64 state = 88172645463325252;
    unsigned operator()() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        return static_cast<unsigned>(state >> 33);
    }
};

/// Seconds of `tile(panel, pixels, sums)` over the image, `panels` at once; pixels are `unit` bytes a channel.
template <class RunTile>
double seconds_of(const Layer& layer, Size panels, const Byte* image, Size unit, std::vector<Int32>& sums, RunTile&& tile) {
    return seconds_per_call([&] {
        Int32* to = sums.data();
        for (Size panel = 0; panel < layer.outputs / panel_outputs; panel += panels)
            for (Size y = 0; y < layer.size; ++y)
                for (Size x = 0; x < layer.size; x += tile_pixels, to += panels * tile_pixels * panel_outputs) {
                    const Byte* pixels[tile_pixels];
                    for (Size pixel = 0; pixel < tile_pixels; ++pixel)
                        pixels[pixel] = image + (y * layer.pitch() + (x + pixel) * layer.outputs) * unit;
                    tile(panel, pixels, reinterpret_cast<Int32(*)[panel_outputs]>(to));
                }
    });
}

template <Size Panels>
void measure(const Layer& layer, const Ceilings& ceilings) {
    constexpr Size share = table_bytes / group_inputs;
    const NibbleOrder order{1, layer.outputs, layer.window().segments()};
    const Size cell_bytes = layer.inputs() * panel_outputs;
    const Size channels = layer.pitch() * (layer.size + 2);
    std::vector<Int32> sums(layer.size * layer.size * layer.outputs), rivals(sums.size());
    std::vector<Byte> memory(order.bytes() + channels * share + 128), ones(channels + 4);
    Byte* const planes = memory.data() + 64 - reinterpret_cast<UInt64>(memory.data()) % 64;
    Byte* const tables = planes + round_up(order.bytes(), 64);
    std::vector<Int8> digits(layer.outputs * layer.inputs());

    // Weights of ±1 in both orders; inputs of +1 and -1 as tables, and as bytes of 1 and 0 without a halo's zero.
    Random random;
    const CellOrder cells{8, layer.outputs, order.inputs};
    for (Size output = 0; output < layer.outputs; ++output)
        for (Size segment = 0; segment < 3; ++segment)
            for (Size input = 0; input < order.inputs.run; ++input) {
                const unsigned sign = random() & 1u;
                order.store(planes, output, segment, input, sign);
                digits[cells.place(0, output, segment, input).byte] = static_cast<Int8>(sign != 0 ? 1 : -1);
            }
    for (Size first = 0; first < channels; first += panel_outputs) {
        const unsigned signs = random() & 0xffffu;
        Chosen<WriteTables, Native>::run(signs, tables + first * share);
        for (Size i = 0; i < panel_outputs; ++i) ones[first + i] = static_cast<Byte>(signs >> i & 1u);
    }

    using Tile = Int32(*)[panel_outputs];
    constexpr Size panels = Panels;
    const double lookup = seconds_of(layer, panels, tables, share, sums, [&](Size panel, const Byte* const* pixels, Tile to) {
        const Byte* const weights[] = {planes + panel * order.panel_bytes(), planes + (panel + panels - 1) * order.panel_bytes()};
        Chosen<LookupTile<tile_pixels, panels>, Native>::run(weights, pixels, layer.window(), to);
    });
    const double dot = seconds_of(layer, 1, ones.data(), 1, rivals, [&](Size panel, const Byte* const* pixels, Tile to) {
        Chosen<DotTile<16383, tile_pixels>, Native>::run(digits.data() + panel * cell_bytes, pixels, layer.window(), to);
    });

    // sum of ±1 times ±1 = 2 * (sum of 0/1 times ±1) - (sum of the weights)
    bool right = true;
    const Size tiles = layer.size * layer.size / tile_pixels;
    for (Size panel = 0; panel < layer.outputs / panel_outputs; ++panel)
        for (Size lane = 0; lane < panel_outputs; ++lane) {
            Int32 weights = 0;
            for (Size segment = 0; segment < 3; ++segment)
                for (Size input = 0; input < order.inputs.run; ++input)
                    weights += digits[cells.place(0, panel * panel_outputs + lane, segment, input).byte];
            for (Size tile = 0; tile < tiles; ++tile)
                for (Size pixel = 0; pixel < tile_pixels; ++pixel) {
                    const Size row = ((panel / panels * tiles + tile) * panels + panel % panels) * tile_pixels + pixel;
                    const Size rival_row = (panel * tiles + tile) * tile_pixels + pixel;
                    right &= sums[row * panel_outputs + lane] == 2 * rivals[rival_row * panel_outputs + lane] - weights;
                }
        }
    const double speed = layer.operations() / lookup * 1e-9;
    std::printf("%3zu channels, %2zu x %2zu, %zu outputs at once %8.2f us %7.1f GOP/s %5.1f %% of %4.0f, %.2f times the dot family%s\n",
                layer.outputs, layer.size, layer.size, panels * panel_outputs, lookup * 1e6, speed, 100 * speed / ceilings.lookup,
                ceilings.lookup, dot / lookup, right ? "" : "   WRONG");
}

}  // namespace

int main() {
    const Ceilings ceilings = measure_ceilings();
    for (const Layer& layer : {Layer{16, 32}, {32, 16}, {64, 8}, {128, 8}}) measure<1>(layer, ceilings);
    for (const Layer& layer : {Layer{32, 16}, {64, 8}, {128, 8}}) measure<2>(layer, ceilings);
}
