// SPDX-License-Identifier: BSL-1.0
// Refused: ignoring return(ed)? value
// Named: nodiscard
#include <aquatint/io/load.hpp>
#include <aquatint/layer/layers.hpp>

using namespace aquatint;

struct Net : Network<Input<Vector<4>, Uniform<8>>, Dense<2>> {};

void start(VectorView<const Byte> file, Parameters<Net>& parameters) {
#ifdef MISTAKE
    load(file, parameters);
#else
    if (load(file, parameters)) return;
#endif
}
