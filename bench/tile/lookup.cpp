// SPDX-License-Identifier: BSL-1.0
// Convolutions by lookup, beside the same work done by the dot family: the 3x3 layers of a ResNet-20.
#include "../harness/ceilings.hpp"

#include <aquatint/arch/detect.hpp>

#include <cstdio>
#include <cstring>
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

/// Seconds of `tile(first panel, pixels, sums)` over the image, `Panels` at once; pixels are `pitch` bytes apart.
template <Size Panels, class RunTile>
double seconds_of(const Layer& layer, const Byte* image, Size pitch, std::vector<Tile<Int32>>& sums, RunTile&& tile) {
    return seconds_per_call([&] {
        Tile<Int32>* to = sums.data();
        for (Size panel = 0; panel < layer.outputs / panel_outputs; panel += Panels)
            for (Size y = 0; y < layer.size; ++y)
                for (Size x = 0; x < layer.size; x += tile_pixels, to += Panels) {
                    const Byte* pixels[tile_pixels];
                    for (Size pixel = 0; pixel < tile_pixels; ++pixel)
                        pixels[pixel] = image + (y * (layer.size + 2) + x + pixel) * pitch;
                    tile(panel, pixels, to);
                }
    });
}

/// `run(arch, nibbles, tables, pixels, window, sums)` on `Planes` planes of drawn nibbles, `Panels` at once, and drawn tables,
/// whose entries are those of `entry()`; `Steps` of the dot family, which does the same work on bytes.
template <Size Planes, Size Panels, unsigned Steps, class Entry, class Run>
void measure(const char* name, const Layer& layer, const Ceilings& ceilings, Entry&& entry, Run&& run) {
    const Size pitch = bytes_of_places(layer.outputs), pixels = (layer.size + 2) * (layer.size + 2);
    const NibbleOrder order{Planes, Panels, layer.window().segments()};
    std::vector<Byte> memory(layer.outputs / panel_outputs / Panels * order.bytes() + 64), places(pixels * pitch),
        ones(layer.pitch() * (layer.size + 2) + 4, 1);
    Byte* const nibbles = memory.data() + 64 - reinterpret_cast<UInt64>(memory.data()) % 64;
    std::vector<Tile<Int32>> sums(layer.size * layer.size / tile_pixels * layer.outputs / panel_outputs), reference(sums.size()),
        rivals(sums.size());
    std::vector<Int16> digits(layer.outputs * layer.inputs(), 1);   // bytes, where operands have no 16 bits
    Random random;
    for (Byte& byte : memory) byte = static_cast<Byte>(random() % table_bytes);
    for (Size at = 0; at < places.size(); at += place_bytes) store_place(random() % 256 * table_bytes, places.data() + at);
    const LookupTables tables = make_tables([&](unsigned, unsigned) { return entry(random); });
    const Window window{3, (layer.size + 2) * layer.outputs / group_inputs, 1, 0, 3 * layer.outputs / group_inputs};

    const auto look_up = [&]<class Arch>(Arch arch, std::vector<Tile<Int32>>& to) {
        return seconds_of<Panels>(layer, places.data(), pitch, to, [&](Size panel, const Byte* const* tile, Tile<Int32>* own) {
            SumRows rows[Panels];
            for (Size at = 0; at < Panels; ++at) rows[at] = own[at].value;
            run(arch, nibbles + panel / Panels * order.bytes(), PlacedTables{tables}, tile, window, rows);
        });
    };
    const double lookup = look_up(Native{}, sums);
    look_up(Scalar{}, reference);
    using Digit = std::conditional_t<Steps == 0, Int16, Int8>;
    const double dot =
        seconds_of<1>(layer, ones.data(), layer.outputs, rivals, [&](Size panel, const Byte* const* tile, Tile<Int32>* own) {
            const auto* const weights = reinterpret_cast<const Digit*>(digits.data()) + panel * panel_outputs * layer.inputs();
            Chosen<DotTile<Steps, tile_pixels>, Native>::run(weights, tile, layer.window(), own->value);
        });
    const bool right = std::memcmp(sums.data(), reference.data(), sums.size() * sizeof sums[0]) == 0;
    const double speed = layer.operations() / lookup * 1e-9, ceiling = ceilings.lookup / Planes;
    std::printf("%-14s %3zu channels, %2zu x %2zu %8.2f us %7.1f GOP/s %5.1f %% of %4.0f, %.2f times the dot family%s\n", name,
                layer.outputs, layer.size, layer.size, lookup * 1e6, speed, 100 * speed / ceiling, ceiling, dot / lookup,
                right ? "" : "   WRONG");
}

/// Fixed coefficients: as many panels at once as the layer has and registers hold.
template <Size Planes, unsigned Largest, Size Panels = LookupSums::most_panels / Planes>
void measure_fixed(const char* name, const Layer& layer, const Ceilings& ceilings, const LookupSums& weights) {
    if constexpr (Panels > 1)
        if (layer.outputs < Panels * panel_outputs)
            return measure_fixed<Planes, Largest, Panels / 2>(name, layer, ceilings, weights);
    measure<Planes, Panels, 256>(
        name, layer, ceilings, [](Random& random) { return random() % (Largest + 1); },
        [&]<class Arch>(Arch, const Byte* nibbles, const PlacedTables& tables, const Byte* const* pixels, const Window& window,
                        const SumRows* sums) {
            Chosen<LookupTile<PlacedTables, Largest, tile_pixels, Planes, Panels>, Arch>::run(nibbles, weights, tables, pixels,
                                                                                              window, sums);
        });
}

template <Size Planes>
void measure_learned(const char* name, const Layer& layer, const Ceilings& ceilings) {
    const BasisSums weights{{}, {{3, 5, 7, 100}, {1, 2, 3, 50}}, {11, 20}};
    measure<Planes, 1, 0>(
        name, layer, ceilings, [](Random& random) { return random() % 5 + 16 * (random() % 5); },
        [&]<class Arch>(Arch, const Byte* nibbles, const PlacedTables& tables, const Byte* const* pixels, const Window& window,
                        const SumRows* sums) {
            Chosen<BasisTile<tile_pixels, Planes>, Arch>::run(nibbles, weights, tables, pixels, window, sums[0]);
        });
}

}  // namespace

int main() {
    const Ceilings ceilings = measure_ceilings();
    const LookupSums signs{{}, {-2, 0}}, two_bits{{}, {1, -2}};
    for (const Layer& layer : {Layer{16, 32}, {32, 16}, {64, 8}, {128, 8}}) {
        measure_fixed<1, 4>("signs", layer, ceilings, signs);
        measure_fixed<1, 12>("W1A2", layer, ceilings, signs);
        measure_fixed<2, 12>("W2A2", layer, ceilings, two_bits);
        measure_learned<1>("learned W1A2", layer, ceilings);
        measure_learned<2>("learned W2A2", layer, ceilings);
    }
}
