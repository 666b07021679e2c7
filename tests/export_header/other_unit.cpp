// SPDX-License-Identifier: BSL-1.0
#include "two_words.hpp"

const unsigned char* address_elsewhere();
const unsigned char* address_elsewhere() { return &two_words[0]; }
