// SPDX-License-Identifier: BSL-1.0
// Law 1: levels survive encode and decode, encode finds the nearest level, and all readings of a code agree exactly.
#include "all_policies.hpp"

#include <algorithm>
#include <aquatint/policy/readings.hpp>
#include <aquatint/policy/scale.hpp>
#include <cmath>
#include <doctest/doctest.h>
#include <functional>
#include <limits>
#include <string>
#include <vector>

using namespace laws;

namespace {

constexpr float infinity = std::numeric_limits<float>::infinity();

/// The default levels and valid variations of every member.
template <class Reader>
std::vector<typename Reader::Levels> some_levels() {
    std::vector<typename Reader::Levels> all(1);
    const auto vary = [&](auto... change) {
        const Size count = all.size();
        const auto add = [&](auto levels, auto one) {
            one(levels);
            if (valid_levels<Reader>(levels)) all.push_back(levels);
        };
        for (Size i = 0; i < count; ++i) (add(all[i], change), ...);
    };
    const auto scaled = [](float factor) { return [factor](auto& levels) { levels.scale *= factor; }; };
    vary(scaled(-1), scaled(0.37f), scaled(0x1p-60f), scaled(0x1p60f), scaled(-0.0123f));
    if constexpr (requires { all[0].zero; }) {
        const auto zero = [](Int32 code) { return [code](auto& levels) { levels.zero = code; }; };
        vary(zero(1), zero(9), zero(Reader::codes - 1));
    }
    if constexpr (requires { all[0].basis; }) {
        vary([](auto& levels) { levels.basis[0] = 5; }, [](auto& levels) { levels.basis[1] = 5; },
             [](auto& levels) { for (auto& weight : levels.basis) weight = static_cast<Int16>(4095 - 3 * weight); });
    }
    if constexpr (requires { all[0].offset; }) {
        vary([](auto& levels) { levels.offset = 3; }, [](auto& levels) { levels.offset = -70000; });
    }
    return all;
}

template <class Reader>
bool readings_agree(const typename Reader::Levels& levels) {
    if constexpr (Integral<Reader>) {
        for (unsigned code = 0; code < Reader::codes; ++code) {
            const double level = static_cast<double>(Terms<Reader>::integer(code, levels)) * static_cast<double>(levels.scale);
            if (Reader::decode(code, levels) != level_of<Reader>(code, levels)) return false;
            if (Reader::decode(code, levels) != static_cast<float>(level)) return false;
            for (unsigned term = 0; term < Terms<Reader>::count; ++term) {
                const int digit = Terms<Reader>::digit(code, term);
                if (digit < Terms<Reader>::lowest_digit || digit > Terms<Reader>::highest_digit) return false;
            }
        }
    }
    return true;
}

/// A policy with certain levels.
struct Subject {
    std::string name;
    std::function<unsigned(float)> encode;
    std::vector<double> levels;   ///< of each code
    bool readings_agree;

    double distance(double x) const {
        double nearest = infinity;
        for (const double level : levels) nearest = std::fmin(nearest, std::fabs(level - x));
        return nearest;
    }
    double largest() const {
        double size = 0;
        for (const double level : levels) size = std::fmax(size, std::fabs(level));
        return size;
    }
    /// By how much of the largest level `encode` may miss the middle between two levels: Uniform multiplies by the reciprocal, as
    /// kernels do, and the two levels of AdaptiveBinary are rounded sums. All others are exact.
    double slack() const { return name.rfind("uniform", 0) == 0 || name.rfind("adaptive", 0) == 0 ? 3e-7 : 1e-15; }
};

const std::vector<Subject>& subjects() {
    static const std::vector<Subject> all = [] {
        std::vector<Subject> subjects;
        for_each_policy([&]<class Reader>() {
            for (const auto& levels : some_levels<Reader>()) {
                Subject subject{
                    Reader::name, [levels](float x) { return Reader::encode(x, levels); }, {}, readings_agree<Reader>(levels)};
                for (unsigned code = 0; code < Reader::codes; ++code)
                    subject.levels.push_back(static_cast<double>(Reader::decode(code, levels)));
                subjects.push_back(subject);
            }
        });
        return subjects;
    }();
    return all;
}

/// Ascending: around and beyond the levels, at and beside the middle between neighbours, and what only floats have.
std::vector<float> probes(std::vector<double> levels) {
    constexpr float huge = std::numeric_limits<float>::max();
    std::sort(levels.begin(), levels.end());
    const double low = levels.front(), high = levels.back(), margin = 0.3 * (high - low) + std::fabs(low) / 100;
    std::vector<float> all{-infinity, -huge, -1e-45f, -0.0f, 0.0f, 1e-45f, huge, infinity};
    for (int i = 0; i <= 300; ++i) all.push_back(static_cast<float>(low - margin + (high - low + 2 * margin) * i / 300));
    for (Size i = 1; i < levels.size(); ++i) {
        const float middle = static_cast<float>((levels[i - 1] + levels[i]) / 2);
        all.insert(all.end(), {std::nextafter(middle, -infinity), middle, std::nextafter(middle, infinity)});
    }
    std::sort(all.begin(), all.end());
    return all;
}

}  // namespace

TEST_CASE("a level is encoded as itself") {
    for (const Subject& subject : subjects()) {
        INFO(subject.name);
        const auto& levels = subject.levels;
        Size wrong_level = 0, wrong_code = 0;
        for (unsigned code = 0; code < levels.size(); ++code) {
            const unsigned again = subject.encode(static_cast<float>(levels[code]));
            if (again >= levels.size() || levels[again] != levels[code]) ++wrong_level;
            else if (again != code && std::count(levels.begin(), levels.end(), levels[code]) == 1) ++wrong_code;
        }
        CHECK(wrong_level == 0);
        CHECK(wrong_code == 0);
    }
}

TEST_CASE("encode finds the nearest level, and rises with its argument") {
    for (const Subject& subject : subjects()) {
        INFO(subject.name);
        const auto& levels = subject.levels;
        const double largest = subject.largest();
        double before = -std::numeric_limits<double>::infinity();
        Size out_of_range = 0, not_nearest = 0, falling = 0;
        for (const float x : probes(levels)) {
            const unsigned code = subject.encode(x);
            if (code >= levels.size()) {
                ++out_of_range;
                continue;
            }
            const double finite = std::clamp(static_cast<double>(x), -3 * largest, 3 * largest);
            if (std::fabs(levels[code] - finite) > subject.distance(finite) + subject.slack() * largest) ++not_nearest;
            if (levels[code] < before) ++falling;
            before = levels[code];
        }
        CHECK(out_of_range == 0);
        CHECK(not_nearest == 0);
        CHECK(falling == 0);
    }
}

TEST_CASE("NaN is encoded as the level nearest to zero") {
    for (const Subject& subject : subjects()) {
        INFO(subject.name);
        const unsigned code = subject.encode(std::numeric_limits<float>::quiet_NaN());
        REQUIRE(code < subject.levels.size());
        CHECK(std::fabs(subject.levels[code]) == subject.distance(0));
    }
}

TEST_CASE("all readings of a code agree exactly") {
    for (const Subject& subject : subjects()) {
        INFO(subject.name);
        CHECK(subject.readings_agree);
    }
}

namespace {

/// Of the codes and levels of a few numbers.
template <class Reader>
constexpr UInt64 fingerprint(float from) {
    typename Reader::Levels levels{};
    levels.scale = 0.5f;
    UInt64 hash = 14695981039346656037u;
    for (int i = 0; i < 16; ++i) {
        const unsigned code = Reader::encode(from + static_cast<float>(i) * 0.53f, levels);
        hash = (hash ^ code) * 1099511628211u;
        hash = (hash ^ std::bit_cast<UInt32>(Reader::decode(code, levels))) * 1099511628211u;
    }
    return hash;
}

}  // namespace

TEST_CASE("the constant evaluator gives the same codes and levels") {
    volatile float from = -4.3f;
    std::string different;
    for_each_policy([&]<class Reader>() {
        static constexpr UInt64 at_compile_time = fingerprint<Reader>(-4.3f);
        if (fingerprint<Reader>(from) != at_compile_time) different.append(Reader::name).append(" ");
    });
    CHECK(different == "");
}
