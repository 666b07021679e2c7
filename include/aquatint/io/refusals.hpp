// SPDX-License-Identifier: BSL-1.0
// The sentences with which files of parameters are refused, in one place, to be read as prose. Error::rule points to one of them.
#pragma once

#include <aquatint/base/error.hpp>

namespace aquatint { inline namespace v0 {

namespace refusal {

// The frame of the file.
inline constexpr char parameters_short[] = "the file is too short to hold parameters";
inline constexpr char parameters_foreign[] = "this is not a file of parameters";
inline constexpr char parameters_version[] = "the file has a version that this program does not know";
inline constexpr char parameters_schema[] = "the file belongs to another network, or to another version of this one";
inline constexpr char parameters_size[] = "the size is not what the network's type says";
inline constexpr char parameters_checksum[] = "the file is damaged: its checksum differs";
inline constexpr char parameters_padding[] = "what should be zero is not";
inline constexpr char parameters_alignment[] = "the address is not aligned: parameters are read in place here, load copies them";
inline constexpr char parameters_room[] = "the memory is too small for the file";

// The values in it.
inline constexpr char scale[] = "the scale is not a usable number";
inline constexpr char negative_scale[] = "the scale of an activation is not positive";
inline constexpr char zero_point[] = "the zero point is not one of the codes";
inline constexpr char levels[] = "the levels are not what their policy allows";
inline constexpr char level_not_finite[] = "a level is not finite";
inline constexpr char basis_reach[] = "the basis makes levels that are too large";
inline constexpr char byte_levels[] = "a level of the activation is not a byte";
inline constexpr char accumulator[] = "the sum of the products can leave the accumulator";
inline constexpr char bias[] = "the bias leaves what the accumulator has to spare";
inline constexpr char real_not_finite[] = "a number is not finite";
inline constexpr char code[] = "a weight has a code that its policy does not have";

// The example that is stored with them.
inline constexpr char example_alignment[] = "the example of a network with real inputs is read in place, at a multiple of four";
inline constexpr char example_input[] = "the example has an input that the network's Input does not have";
inline constexpr char example_output[] = "the network's answer to the example is not a number";
inline constexpr char replay[] = "this program computes something else than the one that wrote the file";

}  // namespace refusal

}}  // namespace aquatint::v0
