// SPDX-License-Identifier: BSL-1.0
// A processor, and how a routine for it is found: its own, else its parent's, down to the scalar reference.
#pragma once

#include <aquatint/base/config.hpp>
#include <concepts>

namespace aquatint { inline namespace v0 {

/// The reference: plain loops, also used by the constant evaluator. Every operation has a scalar routine.
struct Scalar {
    static constexpr const char* name = "scalar";
};
struct Avx2 {
    using Parent = Scalar;
    static constexpr const char* name = "avx2";
};
/// With products of unsigned by signed bytes, added in fours in 32 bits.
struct AvxVnni {
    using Parent = Avx2;
    static constexpr const char* name = "avx-vnni";
};
/// The same, sixteen outputs in a register.
struct Avx512Vnni {
    using Parent = Avx2;
    static constexpr const char* name = "avx512-vnni";
};
/// And with counts of the bits of every lane.
struct Avx512Vpopcntdq {
    using Parent = Avx512Vnni;
    static constexpr const char* name = "avx512-vpopcntdq";
};
struct Neon {
    using Parent = Scalar;
    static constexpr const char* name = "neon";
};
/// With products of bytes, added in fours in 32 bits.
struct NeonDotprod {
    using Parent = Neon;
    static constexpr const char* name = "neon-dotprod";
};

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Specialised in arch/<processor>/ with a static `run`; the operations and what `run` takes stand in arch/operations.hpp.
/// All routines are included before the first choice is made (arch/detect.hpp), because the compiler remembers the choice.
template <class Operation, class Arch>
struct Routine;

template <class Operation, class Arch>
concept HasRoutine = requires { sizeof(Routine<Operation, Arch>); };

template <class Operation, class Arch>
struct NearestRoutine : NearestRoutine<Operation, typename Arch::Parent> {};
template <class Operation, class Arch>
    requires HasRoutine<Operation, Arch>
struct NearestRoutine<Operation, Arch> {
    using type = Routine<Operation, Arch>;
    using Processor = Arch;
};

/// The routine of `Operation` for `Arch`, found by walking `Arch::Parent`.
template <class Operation, class Arch>
using Chosen = typename NearestRoutine<Operation, Arch>::type;

/// Whether that is more than the scalar reference.
template <class Operation, class Arch>
inline constexpr bool has_own_routine = !std::same_as<typename NearestRoutine<Operation, Arch>::Processor, Scalar>;

}}  // namespace aquatint
