// SPDX-License-Identifier: BSL-1.0
// The umbrella header survives the macros of the platforms that it will meet: every one of these names is poison here.
// Standard headers come first, as in those code bases: they do not survive these macros themselves.
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// Windows
#define min         -TAKEN_BY_A_MACRO-
#define max         -TAKEN_BY_A_MACRO-
#define near        -TAKEN_BY_A_MACRO-
#define far         -TAKEN_BY_A_MACRO-
#define small       -TAKEN_BY_A_MACRO-
#define interface   -TAKEN_BY_A_MACRO-
#define IN          -TAKEN_BY_A_MACRO-
#define OUT         -TAKEN_BY_A_MACRO-
#define OPTIONAL    -TAKEN_BY_A_MACRO-
#define ERROR       -TAKEN_BY_A_MACRO-
#define DELETE      -TAKEN_BY_A_MACRO-
#define CONST       -TAKEN_BY_A_MACRO-
#define TRUE        -TAKEN_BY_A_MACRO-
#define FALSE       -TAKEN_BY_A_MACRO-
#define TEXT        -TAKEN_BY_A_MACRO-
#define GetObject   -TAKEN_BY_A_MACRO-
#define LoadImage   -TAKEN_BY_A_MACRO-

// X11
#define None        -TAKEN_BY_A_MACRO-
#define Status      -TAKEN_BY_A_MACRO-
#define Bool        -TAKEN_BY_A_MACRO-
#define Success     -TAKEN_BY_A_MACRO-
#define True        -TAKEN_BY_A_MACRO-
#define False       -TAKEN_BY_A_MACRO-
#define Always      -TAKEN_BY_A_MACRO-
#define Above       -TAKEN_BY_A_MACRO-
#define Below       -TAKEN_BY_A_MACRO-
#define Unsorted    -TAKEN_BY_A_MACRO-

// Unreal
#define check       -TAKEN_BY_A_MACRO-
#define verify      -TAKEN_BY_A_MACRO-
#define ensure      -TAKEN_BY_A_MACRO-
#define PI          -TAKEN_BY_A_MACRO-
#define FORCEINLINE -TAKEN_BY_A_MACRO-

// Arduino and other boards
#define round       -TAKEN_BY_A_MACRO-
#define abs         -TAKEN_BY_A_MACRO-
#define sq          -TAKEN_BY_A_MACRO-
#define constrain   -TAKEN_BY_A_MACRO-
#define bit         -TAKEN_BY_A_MACRO-
#define word        -TAKEN_BY_A_MACRO-
#define bitRead     -TAKEN_BY_A_MACRO-
#define bitSet      -TAKEN_BY_A_MACRO-
#define lowByte     -TAKEN_BY_A_MACRO-
#define highByte    -TAKEN_BY_A_MACRO-
#define interrupts  -TAKEN_BY_A_MACRO-
#define DEFAULT     -TAKEN_BY_A_MACRO-
#define INPUT       -TAKEN_BY_A_MACRO-
#define OUTPUT      -TAKEN_BY_A_MACRO-
#define LOW         -TAKEN_BY_A_MACRO-
#define HIGH        -TAKEN_BY_A_MACRO-
#define B0          -TAKEN_BY_A_MACRO-
#define B1          -TAKEN_BY_A_MACRO-
#define F           -TAKEN_BY_A_MACRO-
#define _B          -TAKEN_BY_A_MACRO-
#define _N          -TAKEN_BY_A_MACRO-

// Single capitals: everybody's dimensions
#define C           -TAKEN_BY_A_MACRO-
#define D           -TAKEN_BY_A_MACRO-
#define H           -TAKEN_BY_A_MACRO-
#define I           -TAKEN_BY_A_MACRO-
#define K           -TAKEN_BY_A_MACRO-
#define L           -TAKEN_BY_A_MACRO-
#define M           -TAKEN_BY_A_MACRO-
#define N           -TAKEN_BY_A_MACRO-
#define R           -TAKEN_BY_A_MACRO-
#define S           -TAKEN_BY_A_MACRO-
#define T           -TAKEN_BY_A_MACRO-
#define W           -TAKEN_BY_A_MACRO-
#define X           -TAKEN_BY_A_MACRO-
#define Y           -TAKEN_BY_A_MACRO-

#include <aquatint/aquatint.hpp>

using namespace std;
using namespace aquatint;

#ifdef PLANTED
constexpr int N = 1;
#endif

// Users' names are found without ambiguity, and the user's macros are still there.
using Weights = Quantizer<Uniform<4>, PerChannel>;
static_assert(Weights::decode(1, {}) == 1.0f);
#if !defined(min) || !defined(check) || !defined(round) || !defined(N)
#error "a header of the library took a macro of the user away"
#endif
