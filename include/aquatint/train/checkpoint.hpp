// SPDX-License-Identifier: BSL-1.0
// A training at rest: everything that it needs to go on to the same bits. Written whole or not at all.
#pragma once

#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>

#include <aquatint/base/error.hpp>
#include <aquatint/base/hash.hpp>
#include <aquatint/train/layout.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Where a training stands. Order and augmentation follow from it and the seed.
struct Position {
    UInt64 batches = 0;             ///< done, of all epochs
    double loss = 0, correct = 0;   ///< sums over the epoch that runs
};

/// The file: a magic number, the training's fingerprint, the position, three counts and their floats, a hash of all that. In the
/// machine's own byte order: a checkpoint is not for exchange.
struct CheckpointHeader {
    UInt64 magic = 0x31746b7071727461u, fingerprint = 0;
    Position position;
    UInt64 parameters = 0, state = 0, moments = 0;
};
inline UInt64 checkpoint_hash(const CheckpointHeader& header, const Learned& learned, const std::vector<float>& moments) {
    Hash hash;
    UInt64 words[sizeof header / sizeof(UInt64)];
    std::memcpy(words, &header, sizeof header);
    for (const UInt64 word : words) hash.add(word);
    for (const auto* floats : {&learned.parameters, &learned.state, &moments})
        for (const float number : *floats) hash.add(std::bit_cast<UInt32>(number));
    return hash.state;
}

/// Under another name first, so that a reader finds the old file or the new one, never half of one.
inline Error save_checkpoint(const std::string& path, UInt64 fingerprint, const Learned& learned,
                             const std::vector<float>& moments, const Position& position) {
    CheckpointHeader header;
    header.fingerprint = fingerprint;
    header.position = position;
    header.parameters = learned.parameters.size();
    header.state = learned.state.size();
    header.moments = moments.size();
    const UInt64 hash = checkpoint_hash(header, learned, moments);
    const std::string unfinished = path + ".unfinished";
    {
        std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
        const auto write = [&](const void* bytes, Size count) {
            file.write(static_cast<const char*>(bytes), static_cast<std::streamsize>(count));
        };
        write(&header, sizeof header);
        for (const auto* floats : {&learned.parameters, &learned.state, &moments})
            write(floats->data(), floats->size() * sizeof(float));
        write(&hash, sizeof hash);
        file.flush();
        if (!file) return error("a checkpoint cannot be written", unfinished.c_str());
    }
    std::error_code problem;
    std::filesystem::rename(unfinished, path, problem);
    return problem ? error("a checkpoint cannot be written", path.c_str()) : Error{};
}

/// Nothing happens where there is no file. The vectors have their sizes already; a file of
/// others is refused, and leaves them alone.
inline Error load_checkpoint(const std::string& path, UInt64 fingerprint, Learned& learned, std::vector<float>& moments,
                             Position& position) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return {};
    const auto read = [&](void* bytes, Size count) {
        return static_cast<bool>(file.read(static_cast<char*>(bytes), static_cast<std::streamsize>(count)));
    };
    CheckpointHeader header;
    if (!read(&header, sizeof header) || header.magic != CheckpointHeader{}.magic)
        return error("this is no checkpoint", path.c_str());
    const bool ours = header.fingerprint == fingerprint && header.parameters == learned.parameters.size() &&
                      header.state == learned.state.size() && header.moments == moments.size();
    if (!ours) return error("this checkpoint is of another network or training", path.c_str());
    Learned found = learned;
    std::vector<float> found_moments(moments.size());
    for (auto* floats : {&found.parameters, &found.state, &found_moments})
        if (!read(floats->data(), floats->size() * sizeof(float))) return error("a checkpoint ends too early", path.c_str());
    UInt64 hash = 0;
    if (!read(&hash, sizeof hash) || hash != checkpoint_hash(header, found, found_moments))
        return error("a checkpoint is damaged", path.c_str());
    learned = std::move(found);
    moments = std::move(found_moments);
    position = header.position;
    return {};
}

}}}  // namespace aquatint::train
