// SPDX-License-Identifier: BSL-1.0
// Tables of text: every line of a column begins or ends where the others do.
#include <aquatint/report/table.hpp>

#include <doctest/doctest.h>

using namespace aquatint;

TEST_CASE("numbers are grouped by thousands") {
    CHECK(grouped(0) == "0");
    CHECK(grouped(999) == "999");
    CHECK(grouped(1000) == "1,000");
    CHECK(grouped(1234567) == "1,234,567");
    CHECK(grouped(~UInt64(0)) == "18,446,744,073,709,551,615");
}

TEST_CASE("columns are as wide as their longest entry, words left, numbers right") {
    TextTable table({{"what"}, {"how many", true}, {"a"}});
    table.add({"pixels", "7", "longer than its heading"});
    table.add({"x", "1,000,000", ""});
    table.rule();
    table.add({"three words here"});
    CHECK(table.text() == "what               how many  a\n"
                          "pixels                    7  longer than its heading\n"
                          "x                 1,000,000\n"
                          "----------------------------------------------------\n"
                          "three words here\n");
    CHECK(table.text(true).substr(0, 9) == "\x1b[2mwhat ");
    CHECK(table.text(true).find("\x1b[0m\npixels") != std::string::npos);
}

TEST_CASE("a table without rows is its heading") { CHECK(TextTable({{"one"}, {"two", true}}).text() == "one  two\n"); }
