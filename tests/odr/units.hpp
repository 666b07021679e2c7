// SPDX-License-Identifier: BSL-1.0
// The entries of the two units, each with a name of its own and not inline: the documented pattern for several processors.
#pragma once

struct Observation {
    const char* what;
    unsigned long long value;
};

struct Observations {
    Observation layout[64];      ///< sizes, offsets, bytes
    Observation result[64];      ///< what functions compute
    Observation function[16];    ///< addresses of functions that compute: the two units must not share them
    int layouts = 0;
    int results = 0;
    int functions = 0;
    bool merged_accident = false;   ///< what an inline function of the user's own says about this unit's processor
};

void observe_x86_64(Observations& seen);
void observe_x86_64_v3(Observations& seen);
