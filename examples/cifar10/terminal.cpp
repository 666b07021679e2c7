// SPDX-License-Identifier: BSL-1.0
// Terminals, as POSIX has them.
#include "terminal.hpp"

#include <cstdio>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cifar10 {

namespace {

std::string colored(const char* code, const std::string& text) {
    static const bool terminal = isatty(STDOUT_FILENO) != 0;
    return terminal ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
}

}  // namespace

void show_progress(const std::string& text) {
    static const bool terminal = isatty(STDERR_FILENO) != 0;
    if (terminal) std::fprintf(stderr, "\r\x1b[K%s", text.c_str());
}

std::string red(const std::string& text) {
    return colored("1;31", text);
}
std::string green(const std::string& text) {
    return colored("32", text);
}
std::string bold(const std::string& text) {
    return colored("1", text);
}

std::size_t columns_of(const std::string& text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') i = text.find('m', i);
        else columns += (static_cast<unsigned char>(text[i]) & 0xC0) != 0x80;   // not inside of a character
    }
    return columns;
}
std::string padded(const std::string& text, std::size_t columns, bool to_the_right) {
    const std::size_t taken = columns_of(text);
    const std::string space(columns > taken ? columns - taken : 0, ' ');
    return to_the_right ? space + text : text + space;
}

std::size_t terminal_columns() {
    winsize size{};
    const bool known = ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col != 0;
    return known ? size.ws_col : 100;
}

}  // namespace cifar10
