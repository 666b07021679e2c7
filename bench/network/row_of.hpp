// SPDX-License-Identifier: BSL-1.0
// A row of a network of ours: infer, held against the scalar reference bit for bit.
#pragma once

#include "../harness/require.hpp"
#include "resnet20.hpp"

#include <aquatint/calibrate.hpp>
#include <aquatint/network/cost.hpp>

#include <cstring>

namespace bench {

template <class Net>
class OurNetwork {
public:
    explicit OurNetwork(const Byte* of_picture) : picture(of_picture) {}

    Parameters<Net>& writable() { return *parameters; }
    void run() { outputs = infer(*parameters, *arena, picture); }
    Verdict check() const {
        const std::vector<float> fast(outputs.begin(), outputs.end());
        const std::unique_ptr<Arena<Net>> own(new Arena<Net>);
        const VectorView<const float> slow = infer_on<Scalar>(*parameters, *own, picture);
        return std::memcmp(fast.data(), slow.data, slow.size * sizeof(float)) == 0 ? Verdict::exact : Verdict::wrong;
    }

private:
    const Byte* picture;
    std::unique_ptr<Parameters<Net>> parameters{new Parameters<Net>};
    std::unique_ptr<Arena<Net>> arena{new Arena<Net>};
    VectorView<const float> outputs;
};

/// `ceiling` is that of most of its products.
template <class Net, class Fill>
Row network_row(const std::shared_ptr<const NetworkWork>& work, const char* ceiling, Fill fill) {
    const auto ours = std::make_shared<OurNetwork<Net>>(work->picture.data());
    require(fill(ours->writable()));
    Row row{2 * static_cast<double>(cost<Net>.multiply_accumulates), ceiling, 0, {}};
    row.contestants.push_back(
        {"aquatint", Role::ours, repeated([ours, work] { ours->run(); }), [ours] { return ours->check(); }});
    for (const NetworkPeer& peer : network_peers()) peer.join(work, row.contestants);
    return row;
}

}  // namespace bench
