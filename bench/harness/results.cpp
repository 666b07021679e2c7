// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include <cstdarg>
#include <cstdio>

namespace bench {

namespace {

__attribute__((format(printf, 1, 2))) std::string text(const char* format, ...) {
    char buffer[512];
    va_list arguments;
    va_start(arguments, format);
    std::vsnprintf(buffer, sizeof buffer, format, arguments);
    va_end(arguments);
    return buffer;
}

/// GOP/s that a limit leaves to a row; 0: it does not concern the row.
double gops_at(const MeasuredLimit& limit, const Row& row, double bytes_before) {
    if (limit.up_to == 0) return limit.name == row.ceiling ? limit.rate : 0;
    const bool lies_there = row.weight_bytes > bytes_before && row.weight_bytes <= limit.up_to;
    return lies_there ? limit.rate * row.operations / row.weight_bytes : 0;
}

/// The index of the limit that is reached first; -1: none is known.
int lowest_limit(const std::vector<MeasuredLimit>& limits, const Row& row) {
    int lowest = -1;
    double least = 0, before = 0;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        const double gops = gops_at(limits[i], row, before);
        if (gops > 0 && (lowest < 0 || gops < least)) lowest = static_cast<int>(i), least = gops;
        before = limits[i].up_to;
    }
    return lowest;
}

Result measure_row(const RowPlan& plan, const std::vector<MeasuredLimit>& known, const std::vector<Limit>& loops,
                   const Effort& effort) {
    Row row = plan.make();
    if (effort.alone) row.contestants.erase(row.contestants.begin() + 1, row.contestants.end());
    std::vector<Repeated> runs;
    for (const Contestant& contestant : row.contestants) runs.push_back(contestant.run);
    const int limit = lowest_limit(known, row);
    if (limit >= 0) runs.push_back(loops[static_cast<std::size_t>(limit)].run);
    const auto seconds = take_turns(runs, effort);

    Result result{plan.name, 0, 1e6 * median(seconds[0]), "", 0, noise(seconds[0]), {}, {}};
    result.gops = row.operations / result.microseconds * 1e-3;
    if (limit >= 0) {
        const Limit& loop = loops[static_cast<std::size_t>(limit)];
        const double calls = loop.reads() ? row.weight_bytes / loop.amount : row.operations / loop.amount;
        result.ceiling = loop.name;
        result.share = calls * ratio(seconds.at(row.contestants.size()), seconds[0]);
    }
    for (std::size_t i = 0; i < row.contestants.size(); ++i) {
        const Contestant& c = row.contestants[i];
        Verdict verdict = c.check();
        if (verdict == Verdict::saturates && c.full_range) verdict = Verdict::wrong;
        result.standings.push_back(
            {c.name, c.role, verdict, row.operations / median(seconds[i]) * 1e-9, ratio(seconds[i], seconds[0]), c.full_range});
    }
    for (const Goal& goal : goals_of(plan.name)) {
        GoalResult reached{goal.against, goal.at_least, 0, ""};
        for (std::size_t i = 1; i < row.contestants.size(); ++i) {
            const Standing& s = result.standings[i];
            if (goal.counts(row.contestants[i], s.verdict) && (reached.best.empty() || s.ratio < reached.reached))
                reached.reached = s.ratio, reached.best = s.name;
        }
        if (!reached.best.empty()) result.goals.push_back(reached);
    }
    return result;
}

std::string quoted(const std::string& words) {
    std::string all = "\"";
    for (const char c : words) {
        if (c == '"' || c == '\\') all += '\\';
        if (static_cast<unsigned char>(c) >= 0x20) all += c;
    }
    return all + "\"";
}
/// `"name": value` of each, with commas between them.
template <class Items, class Value>
std::string members(const Items& items, Value value) {
    std::string all;
    for (const auto& item : items) {
        const std::string one = value(item);
        if (!one.empty()) all += (all.empty() ? "" : ", ") + one;
    }
    return all;
}

}  // namespace

bool Result::wrong() const {
    return std::any_of(standings.begin(), standings.end(), [](const Standing& s) { return s.verdict == Verdict::wrong; });
}

double Run::noise() const {
    std::vector<double> all;
    for (const Result& result : results) all.push_back(result.noise);
    return all.empty() ? 0 : median(all);
}
double Run::worst_noise() const {
    double worst = 0;
    for (const Result& result : results) worst = std::max(worst, result.noise);
    return worst;
}
bool Run::saturates(const std::string& contestant) const {
    for (const Result& result : results)
        for (const Standing& s : result.standings)
            if (s.name == contestant && s.verdict == Verdict::saturates) return true;
    return false;
}

void measure(Run& run, const std::vector<RowPlan>& rows, const Effort& effort, const std::function<void(const Result&)>& done) {
    const std::vector<Limit> loops = limits();
    std::vector<Repeated> runs;
    for (const Limit& loop : loops) runs.push_back(loop.run);
    const auto seconds = take_turns(runs, effort);
    for (std::size_t i = 0; i < loops.size(); ++i)
        run.limits.push_back({loops[i].name, loops[i].amount / median(seconds[i]) * 1e-9, loops[i].up_to});
    for (const RowPlan& plan : rows) {
        run.results.push_back(measure_row(plan, run.limits, loops, effort));
        done(run.results.back());
    }
}

std::string result_line(const Result& result) {
    std::string line = text("%-28s %9.3f us %7.1f GOP/s", result.name.c_str(), result.microseconds, result.gops);
    line += result.ceiling.empty() ? text("%21s", "") : text("  %3.0f %% of %-11s", 100 * result.share, result.ceiling.c_str());
    line += text(" ±%4.1f %%", 100 * result.noise);
    for (const Standing& s : result.standings) {
        if (s.role == Role::ours) {
            if (s.verdict != Verdict::exact) line += std::string("   ") + to_text(s.verdict);
            continue;
        }
        line += text("   %s %.2fx", s.name.c_str(), s.ratio);
        if (s.verdict != Verdict::exact) line += std::string(" (") + to_text(s.verdict) + ")";
    }
    return line;
}

std::string summary(const Run& run) {
    std::string all;
    std::size_t met = 0, asked = 0;
    for (const Result& result : run.results)
        for (const GoalResult& goal : result.goals) {
            ++asked;
            met += goal.reached >= goal.at_least;
            all += text("%-28s %5.2fx of %5.2fx  %-7s %s, here %s\n", result.name.c_str(), goal.reached, goal.at_least,
                        goal.reached >= goal.at_least ? "reached" : "MISSED", goal.against.c_str(), goal.best.c_str());
        }
    if (asked != 0) all = "\nasked of us\n" + all + text("%zu of %zu reached\n", met, asked);
    all += text("\nnoise (half the distance of the quartiles of a row's times): %.1f %% in the median, %.1f %% at worst\n",
                100 * run.noise(), 100 * run.worst_noise());
    for (const Result& result : run.results)
        if (result.wrong()) all += "WRONG: " + result.name + "\n";
    return all;
}

std::string to_json(const Run& run) {
    const auto rate = [](bool reads) {
        return [reads](const MeasuredLimit& l) {
            return (l.up_to != 0) == reads ? text("%s: %.1f", quoted(l.name).c_str(), l.rate) : "";
        };
    };
    std::string json = "{\"processor\": " + quoted(run.processor) + ", \"compiler\": " + quoted(run.compiler) +
                       ", \"command\": " + quoted(run.command) + text(", \"noise\": %.4f,\n", run.noise());
    json += " \"ceilings\": {" + members(run.limits, rate(false)) + "},\n";
    json += " \"read_gigabytes_per_second\": {" + members(run.limits, rate(true)) + "},\n \"results\": [\n";
    for (const Result& r : run.results) {
        json += text("  {\"name\": %s, \"gops\": %.2f, \"microseconds\": %.4f, \"noise\": %.4f, ", quoted(r.name).c_str(), r.gops,
                     r.microseconds, r.noise);
        json += r.ceiling.empty() ? "\"ceiling\": null, \"share\": null"
                                  : text("\"ceiling\": %s, \"share\": %.3f", quoted(r.ceiling).c_str(), r.share);
        json += ", \"peers\": {" +
                members(r.standings,
                        [](const Standing& s) {
                            return s.role == Role::ours ? "" : text("%s: %.3f", quoted(s.name).c_str(), s.ratio);
                        }) +
                "}, \"checked\": {" +
                members(r.standings, [](const Standing& s) { return quoted(s.name) + ": " + quoted(to_text(s.verdict)); }) + "}";
        json += ", \"goals\": [" +
                members(r.goals,
                        [](const GoalResult& g) {
                            return "{\"against\": " + quoted(g.against) +
                                   text(", \"at_least\": %.2f, \"reached\": %.3f}", g.at_least, g.reached);
                        }) +
                "]}";
        json += &r == &run.results.back() ? "\n" : ",\n";
    }
    return json + "]}\n";
}

}  // namespace bench
