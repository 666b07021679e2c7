// SPDX-License-Identifier: BSL-1.0
// Planted: a folder that is on no floor.
#pragma once
