// SPDX-License-Identifier: BSL-1.0
// bench: measures the library beside whatever else is installed.
#include "results.hpp"

#include <aquatint/arch/detect.hpp>

#include <cstdio>
#include <cstring>
#include <fstream>

namespace {

constexpr const char help[] = "bench [--only PREFIX]... [--quick] [--alone] [--list] [--json FILE] [--svg FILE]\n"
                              "  --only PREFIX   only the rows whose names begin so, as in gemm/W4A8; may be said several times\n"
                              "  --quick         fewer rounds, about a minute in all\n"
                              "  --alone         without anybody to be compared with, as for a profiler\n"
                              "  --list          the names of the rows\n"
                              "Exit code 1 where a result is wrong.\n";

struct Options {
    std::vector<std::string> only;
    std::string json, svg;
    bool quick = false, alone = false, list = false, help = false, understood = true;

    bool wants(const std::string& name) const {
        return only.empty() ||
               std::any_of(only.begin(), only.end(), [&](const std::string& prefix) { return name.starts_with(prefix); });
    }
};
Options read_options(int count, const char* const* words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        const bool has_value = i + 1 < count;
        if (word == "--quick") options.quick = true;
        else if (word == "--alone") options.alone = true;
        else if (word == "--list") options.list = true;
        else if (word == "--help") options.help = true;
        else if (word == "--only" && has_value) options.only.emplace_back(words[++i]);
        else if (word == "--json" && has_value) options.json = words[++i];
        else if (word == "--svg" && has_value) options.svg = words[++i];
        else options.understood = false;
    }
    return options;
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2) + ", " + aquatint::Native::name;
    return aquatint::Native::name;
}
std::string compiler() {
#if defined(__clang__)
    return "clang " __clang_version__;
#else
    return "gcc " __VERSION__;
#endif
}

bool write_file(const std::string& path, const std::string& content) {
    if (path.empty()) return true;
    std::ofstream file(path, std::ios::binary);
    file << content;
    file.flush();
    if (!file) std::fprintf(stderr, "%s cannot be written\n", path.c_str());
    return static_cast<bool>(file);
}

}  // namespace

int main(int count, char** words) {
    using namespace bench;
    const Options options = read_options(count, words);
    if (options.help || !options.understood) {
        std::fputs(help, options.help ? stdout : stderr);
        return options.help ? 0 : 2;
    }
    std::vector<RowPlan> all, rows;
    add_product_rows(all);
    add_network_rows(all);
    add_training_rows(all);
    for (const RowPlan& plan : all)
        if (options.wants(plan.name)) rows.push_back(plan);
    if (rows.empty()) {
        std::fprintf(stderr, "no row begins so; --list names them\n");
        return 2;
    }
    if (options.list) {
        for (const RowPlan& plan : rows) std::puts(plan.name.c_str());
        return 0;
    }

    Run run{"bench", compiler() + ", " BENCH_FLAGS, processor(), {}, {}};
    for (int i = 1; i < count; ++i) run.command += std::string(" ") + words[i];
    std::printf("%s\n%s\n%s\n\n", run.command.c_str(), run.processor.c_str(), run.compiler.c_str());
    Effort effort = options.quick ? Effort{0.0002, 41, 5, 0.15} : Effort{};
    effort.alone = options.alone;
    measure(run, rows, effort, [&](const Result& result) {
        if (run.results.size() == 1) {
            for (const MeasuredLimit& limit : run.limits)
                std::printf("%-12s %7.1f %s\n", limit.name.c_str(), limit.rate, limit.up_to == 0 ? "GOP/s" : "GB/s");
            std::printf(
                "\nnames are operation/precision/rows x outputs x inputs; beside each contestant: so many times as fast as it\n");
        }
        std::printf("%s\n", result_line(result).c_str());
        std::fflush(stdout);
    });
    std::fputs(summary(run).c_str(), stdout);
    bool good = write_file(options.json, to_json(run)) && write_file(options.svg, to_svg(run));
    for (const Result& result : run.results) good &= !result.wrong();
    return good ? 0 : 1;
}
