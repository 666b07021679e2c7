// SPDX-License-Identifier: BSL-1.0
// One row of the table: a network in one precision, whatever its type.
#pragma once

#include "dataset.hpp"

#include <aquatint/base/error.hpp>
#include <array>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cifar10 {

using Logits = std::array<float, class_count>;   ///< what the network says: one for each class, the largest wins

/// What is known of a row from its type alone.
struct Facts {
    std::string name;
    std::string first, last;     ///< precision of the first and the last layer
    std::string carry;           ///< what flows on the residual sums
    bool needs_training = false;   ///< calibration alone cannot make it good
    bool trained_binary = false;   ///< has trained weights of its own
    Size stored_bytes = 0;       ///< exactly the bits of weights, levels and biases
    Size parameter_bytes = 0;    ///< sizeof(Parameters): that, and the padding of the packed order
    Size arena_bytes = 0;        ///< sizeof(Arena): one thread's scratch
    std::vector<std::pair<std::string, std::string>> kernels;   ///< layer, and the family of routines that runs it
};

/// One step of the network: a layer with what was fused into it.
struct StepFacts {
    std::string name, shape, precision, family;
    Size stored_bytes = 0;
};

struct Source;   ///< a float network and what it does on sample images, see source.hpp

/// One thread's use of a row.
class Runner {
public:
    virtual ~Runner() = default;
    virtual Logits run(const Byte* picture) = 0;          ///< on this processor
    virtual Logits run_scalar(const Byte* picture) = 0;   ///< by the scalar reference
    /// What each step writes for this picture, as real numbers.
    virtual std::vector<std::vector<float>> step_values(const Byte* picture) = 0;
    virtual std::vector<double> step_microseconds(const Byte* picture) = 0;
};

class Row {
public:
    virtual ~Row() = default;
    virtual const Facts& facts() const = 0;
    virtual std::vector<StepFacts> steps() const = 0;
    virtual Error calibrate(const Source& source) = 0;
    virtual std::unique_ptr<Runner> runner() const = 0;
    /// Saves the parameters, loads them, and runs the picture by what was loaded. A sentence if anything differs in any bit.
    virtual std::string reload(const Byte* picture) const = 0;
    /// The file of its parameters, this picture the example in it.
    virtual std::vector<Byte> file(const Byte* picture) const = 0;
};

/// Compiled in rows/, a few at a time.
template <class Entry>
std::unique_ptr<Row> make_row();

/// All of them, in the order of the table.
std::vector<std::unique_ptr<Row>> make_rows();

}  // namespace cifar10
