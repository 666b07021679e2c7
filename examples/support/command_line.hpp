// SPDX-License-Identifier: BSL-1.0
// A command line as a table of options: word, what follows it, meaning, and where it goes.
#pragma once

#include "refuse.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstring>
#include <set>
#include <string>

namespace examples {

template <class Options>
struct Option {
    const char* word;
    const char* follows;   ///< names of the words that follow, separated by a space; may be empty
    const char* meaning;
    void (*put)(Options&, const char* const* values);
};

/// Refuses what is no whole number from `least` on.
template <class Number>
Number whole_number(const char* word, const char* value, Number least) {
    Number number = 0;
    const char* const end = value + std::strlen(value);
    const auto [rest, problem] = std::from_chars(value, end, number);
    if (problem != std::errc() || rest != end || number < least)
        refuse(std::string(word) + " takes a whole number from " + std::to_string(least) + " on, not '" + value + "'");
    return number;
}

/// Refuses words that it does not know, and twice the same.
template <class Options, std::size_t Count>
void read_words(const Option<Options> (&table)[Count], int count, const char* const* words, Options& options) {
    std::set<const Option<Options>*> seen;
    for (int at = 1; at < count;) {
        const Option<Options>* option = nullptr;
        for (const Option<Options>& known : table)
            if (std::strcmp(known.word, words[at]) == 0) option = &known;
        if (option == nullptr) refuse("there is no option '" + std::string(words[at]) + "'; --help lists them");
        int following = *option->follows == '\0' ? 0 : 1;
        for (const char* name = option->follows; *name != '\0'; ++name) following += *name == ' ';
        if (!seen.insert(option).second) refuse(std::string(option->word) + " is given twice");
        if (count - at <= following) refuse(std::string(option->word) + " needs " + option->follows);
        option->put(options, words + at + 1);
        at += 1 + following;
    }
}

/// The table as lines, meanings below each other.
template <class Options, std::size_t Count>
std::string lines_of(const Option<Options> (&table)[Count]) {
    const auto left = [](const Option<Options>& option) { return std::string("  ") + option.word + " " + option.follows; };
    std::size_t width = 0;
    for (const Option<Options>& option : table) width = std::max(width, left(option).size() + 2);
    std::string text;
    for (const Option<Options>& option : table) {
        std::string line = left(option);
        line.resize(width, ' ');
        text += line + option.meaning + "\n";
    }
    return text;
}

}  // namespace examples
