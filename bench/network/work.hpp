// SPDX-License-Identifier: BSL-1.0
// A whole network that others may run too: its float weights, a picture, and what the float network makes of it.
#pragma once

#include "../harness/rows.hpp"

#include <aquatint/calibrate/float_model.hpp>

#include <memory>

namespace bench {

using namespace aquatint;

struct NetworkWork {
    std::string name;                          ///< resnet20, depthwise or dense
    std::shared_ptr<const FloatModel> model;   ///< BatchNorm not folded
    std::vector<Byte> picture;                 ///< a byte means byte / 255
    std::vector<float> outputs;                ///< of the float network

    /// Quantized networks differ from it by what their bits leave out; one that is wrong somewhere has nothing in common with it.
    Verdict check(const float* results) const;
};

/// As Peer: joins the row if it knows the network.
struct NetworkPeer {
    const char* name;
    void (*join)(const std::shared_ptr<const NetworkWork>&, std::vector<Contestant>&);
};
bool enlist(const NetworkPeer& peer);
const std::vector<NetworkPeer>& network_peers();

}  // namespace bench
