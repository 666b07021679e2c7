// SPDX-License-Identifier: BSL-1.0
// Four-bit weights and eight-bit inputs, 256 by 32, requantised to eight bits.
// Allowed: 10
#include "dense_row.hpp"

static dense_row::Layer<4, 8, 256> layer;

void prepare() { layer.fill(); }
extern "C" unsigned long long library() { return layer.codes_by_library(); }
extern "C" unsigned long long hand_written() { return layer.codes_by_hand(); }
