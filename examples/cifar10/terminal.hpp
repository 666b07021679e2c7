// SPDX-License-Identifier: BSL-1.0
// What only a terminal shows: progress in one line, and colours.
#pragma once

#include <string>

namespace cifar10 {

/// Writes over the last line of the error stream; nothing where that is no terminal. An empty text clears the line.
void show_progress(const std::string& text);

/// In colour where the output is a terminal, else as it is.
std::string red(const std::string& text);
std::string green(const std::string& text);
std::string bold(const std::string& text);

/// How many columns a text takes: characters of UTF-8, escape sequences not counted.
std::size_t columns_of(const std::string& text);
/// Spaces behind the text, or before it, up to a number of columns.
std::string padded(const std::string& text, std::size_t columns, bool to_the_right = false);

/// Columns of the terminal, 100 where it does not say.
std::size_t terminal_columns();

}  // namespace cifar10
