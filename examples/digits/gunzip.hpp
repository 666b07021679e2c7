// SPDX-License-Identifier: BSL-1.0
// Unpacks what gzip packed, as data sets are often downloaded.
#pragma once

#include <aquatint/base/view.hpp>
#include <vector>

namespace digits {

/// All of a .gz file of one member (RFC 1952, RFC 1951). Gives up where the file is damaged,
/// or would have more than `limit` bytes.
std::vector<aquatint::Byte> gunzip(aquatint::VectorView<const aquatint::Byte> packed, aquatint::Size limit);

}  // namespace digits
