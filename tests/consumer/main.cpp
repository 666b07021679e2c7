// SPDX-License-Identifier: BSL-1.0
// A stranger's program: prints the version that it was compiled with, and uses a quantizer.
#include <aquatint/aquatint.hpp>
#include <aquatint/policy/quantizer.hpp>
#include <aquatint/policy/uniform.hpp>

#include <cstdio>

int main() {
    using Weights = aquatint::Quantizer<aquatint::Uniform<4>>;
    const Weights::Levels levels{0.5f};
    const float back = Weights::decode(Weights::encode(1.2f, levels), levels);
    std::printf("aquatint %d.%d.%d\n", AQUATINT_VERSION_MAJOR, AQUATINT_VERSION_MINOR, AQUATINT_VERSION_PATCH);
    return back == 1.0f ? 0 : 1;
}
