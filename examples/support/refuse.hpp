// SPDX-License-Identifier: BSL-1.0
// How this program gives up: one sentence to the error stream, exit code 1.
#pragma once

#include <aquatint/base/error.hpp>
#include <stdexcept>
#include <string>

namespace examples {

struct Refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

[[noreturn]] inline void refuse(const std::string& sentence) {
    throw Refusal(sentence);
}
/// Gives up if there is an error; `where` is the file or the step that it concerns.
inline void require(const aquatint::Error& error, const std::string& where = "") {
    if (error) refuse((where.empty() ? "" : where + ": ") + error.message().c_str());
}

}  // namespace examples
