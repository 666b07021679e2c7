// SPDX-License-Identifier: BSL-1.0
#include "work.hpp"

namespace bench {

namespace {

std::vector<NetworkPeer>& enlisted() {
    static std::vector<NetworkPeer> all;
    return all;
}

}  // namespace

Verdict NetworkWork::check(const float* results) const {
    double lost = 0, power = 0;
    for (Size i = 0; i < outputs.size(); ++i) {
        const double wanted = double{outputs[i]}, off = double{results[i]} - wanted;
        lost += off * off;
        power += wanted * wanted;
    }
    return lost <= 0.04 * power ? Verdict::close : Verdict::wrong;   // a fifth of the outputs' size
}

bool enlist(const NetworkPeer& peer) {
    enlisted().push_back(peer);
    return true;
}
const std::vector<NetworkPeer>& network_peers() {
    return enlisted();
}

}  // namespace bench
