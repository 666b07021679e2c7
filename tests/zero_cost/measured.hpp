// SPDX-License-Identifier: BSL-1.0
// The two functions whose instructions are counted, callees included. Inputs come from volatile or external memory, so that the
// compiler cannot compute the result itself; the results (a checksum of all outputs) must be equal.
#pragma once

extern "C" unsigned long long library();
extern "C" unsigned long long hand_written();

/// Work that both need once and that is not counted: filling inputs, packing weights.
void prepare();
