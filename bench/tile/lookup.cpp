// SPDX-License-Identifier: BSL-1.0
// Convolutions by lookup, beside the same work done by the dot family: the 3x3 layers of a ResNet-20.
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

/// Seconds of `tile(panel, pixels, sums)` over the image; pixels are `unit` bytes a channel.
template <class RunTile>
double seconds_of(const Layer& layer, const Byte* image, Size unit, std::vector<Int32>& sums, RunTile&& tile) {
    return seconds_per_call([&] {
        Int32* to = sums.data();
        for (Size panel = 0; panel < layer.outputs / panel_outputs; ++panel)
            for (Size y = 0; y < layer.size; ++y)
                for (Size x = 0; x < layer.size; x += tile_pixels, to += tile_pixels * panel_outputs) {
                    const Byte* pixels[tile_pixels];
                    for (Size pixel = 0; pixel < tile_pixels; ++pixel)
                        pixels[pixel] = image + (y * layer.pitch() + (x + pixel) * layer.outputs) * unit;
                    tile(panel, pixels, reinterpret_cast<Int32(*)[panel_outputs]>(to));
                }
    });
}

/// `Operation` on `Planes` planes of drawn nibbles and drawn tables, whose entries are those of `entry()`; `Steps` of the dot
/// family, which does the same work on bytes.
template <class Operation, Size Planes, unsigned Steps, class Weights, class Entry>
void measure(const char* name, const Layer& layer, const Ceilings& ceilings, const Weights& weights, Entry&& entry) {
    constexpr Size share = table_bytes / group_inputs;
    const NibbleOrder order{Planes, layer.outputs, layer.window().segments()};
    const Size channels = layer.pitch() * (layer.size + 2), cell_bytes = layer.inputs() * panel_outputs;
    std::vector<Byte> memory(order.bytes() + channels * share + 128), ones(channels + 4, 1);
    Byte* const planes = memory.data() + 64 - reinterpret_cast<UInt64>(memory.data()) % 64;
    Byte* const tables = planes + round_up(order.bytes(), 64);
    std::vector<Int32> sums(layer.size * layer.size * layer.outputs), reference(sums.size()), rivals(sums.size());
    std::vector<Int16> digits(layer.outputs * layer.inputs(), 1);   // bytes, where operands have no 16 bits
    Random random;
    for (Size at = 0; at < order.bytes(); ++at) planes[at] = static_cast<Byte>(random());
    for (Size at = 0; at < channels * share; ++at) tables[at] = static_cast<Byte>(entry(random));

    using Tile = Int32(*)[panel_outputs];
    const auto look_up = [&]<class Arch>(Arch, std::vector<Int32>& to) {
        return seconds_of(layer, tables, share, to, [&](Size panel, const Byte* const* pixels, Tile tile) {
            const Byte* const own = planes + panel * order.panel_bytes();
            const Byte* const of_panel[] = {own, own + (Planes - 1) * order.plane_bytes()};
            Chosen<Operation, Arch>::run(of_panel, weights, pixels, layer.window(), tile);
        });
    };
    const double lookup = look_up(Native{}, sums);
    look_up(Scalar{}, reference);
    using Digit = std::conditional_t<Steps == 0, Int16, Int8>;
    const double dot = seconds_of(layer, ones.data(), 1, rivals, [&](Size panel, const Byte* const* pixels, Tile tile) {
        const auto* const own = reinterpret_cast<const Digit*>(digits.data()) + panel * cell_bytes;
        Chosen<DotTile<Steps, tile_pixels>, Native>::run(own, pixels, layer.window(), tile);
    });
    const double speed = layer.operations() / lookup * 1e-9, ceiling = ceilings.lookup / Planes;
    std::printf("%-14s %3zu channels, %2zu x %2zu %8.2f us %7.1f GOP/s %5.1f %% of %4.0f, %.2f times the dot family%s\n", name,
                layer.outputs, layer.size, layer.size, lookup * 1e6, speed, 100 * speed / ceiling, ceiling, dot / lookup,
                sums == reference ? "" : "   WRONG");
}

}  // namespace

int main() {
    const Ceilings ceilings = measure_ceilings();
    const LookupSums signs{{}, {-2, 0}}, two_bits{{}, {1, -2}};
    const BasisSums learned{{}, {{3, 5, 7, 100}, {1, 2, 3, 50}}, {11, 20}};
    const auto up_to = [](unsigned largest) { return [=](Random& random) { return random() % (largest + 1); }; };
    for (const Layer& layer : {Layer{16, 32}, {32, 16}, {64, 8}, {128, 8}}) {
        measure<LookupTile<4, tile_pixels, 1>, 1, 256>("signs", layer, ceilings, signs, up_to(4));
        measure<LookupTile<12, tile_pixels, 1>, 1, 256>("W1A2", layer, ceilings, signs, up_to(12));
        measure<LookupTile<12, tile_pixels, 2>, 2, 256>("W2A2", layer, ceilings, two_bits, up_to(12));
        measure<BasisTile<tile_pixels>, 2, 0>("learned W2A2", layer, ceilings, learned,
                                              [](Random& random) { return random() % 5 + 16 * (random() % 5); });
    }
}
