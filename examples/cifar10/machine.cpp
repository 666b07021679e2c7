// SPDX-License-Identifier: BSL-1.0
// What this program was compiled for, by and with.
#include "report.hpp"

#include <aquatint/arch/detect.hpp>
#include <fstream>

namespace cifar10 {

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2) + ", " + Native::name;
    return Native::name;
}

std::string compiler() {
#if defined(__clang__)
    return "clang " __clang_version__;
#elif defined(__GNUC__)
    return "gcc " __VERSION__;
#else
    return "unknown";
#endif
}

std::string flags() {
    return CIFAR10_FLAGS;
}

}  // namespace cifar10
