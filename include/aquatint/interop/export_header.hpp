// SPDX-License-Identifier: BSL-1.0
// A file of parameters as a C++ header, so that a program carries its network with it: in flash, without a file system.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <aquatint/interop/file.hpp>
#include <aquatint/io/save.hpp>

namespace aquatint { inline namespace v0 {

namespace refusal {
inline constexpr char array_name[] = "this is not a name that an array can have";
}

inline bool is_array_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (name.empty() || !letter(name[0]) || name.find("__") != name.npos) return false;
    for (const char c : name)
        if (!letter(c) && !digit(c) && c != '_') return false;
    return true;
}

/// A byte inside a string literal: itself, or an octal escape, cut short where no digit follows. Question marks could begin
/// trigraphs.
inline std::string literal_byte(Byte byte, Byte next) {
    const bool plain = byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '\\' && byte != '?';
    if (plain) return std::string(1, static_cast<char>(byte));
    const bool whole = byte >= 64 || (next >= '0' && next <= '9');
    std::string escape = "\\";
    if (whole) escape += static_cast<char>('0' + byte / 64);
    if (whole || byte >= 8) escape += static_cast<char>('0' + byte / 8 % 8);
    return escape + static_cast<char>('0' + byte % 8);
}
/// Bytes as string literals, a line each, that the compiler joins.
inline std::string literal_lines(VectorView<const Byte> bytes) {
    constexpr Size longest = 124;
    std::string text, line;
    for (Size i = 0; i < bytes.size; ++i) {
        const std::string piece = literal_byte(bytes[i], i + 1 < bytes.size ? bytes[i + 1] : Byte(0));
        if (line.size() + piece.size() > longest) {
            text += "    \"" + line + "\"\n";
            line.clear();
        }
        line += piece;
    }
    return text + "    \"" + line + "\"";
}

// clang-format off
/// The text of a header that defines `alignas(64) inline constexpr unsigned char name[]` with these bytes. They end with a zero,
/// as files of parameters do: it is the one that ends the literal. Literals cost compilers less than any list of numbers: 0.1 s
/// for half a megabyte. (MSVC takes no literal of more than 64 KB.)
inline std::string header_text(VectorView<const Byte> file, std::string_view name) {
    const std::string array(name), size = std::to_string(file.size);
    const std::string schema_hash = as_hexadecimal(read_little_endian<UInt64>(file.data + schema_offset)).c_str();
    const std::string use = "const auto& parameters = aquatint::embedded<Net, " + array + ">();";
    const std::string definition = "alignas(64) inline constexpr unsigned char " + array + "[" + size + "] =\n";
    return "// Parameters of a network, schema " + schema_hash + ", " + size + " bytes, exported by aquatint.\n"
           "// Not to be edited.\n" +
           "//\n"
           "//     #include <aquatint/io/embedded.hpp>\n"
           "//     " + use + "   // Net: the network's type\n"
           "#pragma once\n\n"
           "#if defined(__GNUC__)\n"
           "#pragma GCC diagnostic push\n"
           "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
           "#endif\n" +
           definition + literal_lines({file.data, file.size - 1}) + ";\n"
           "#if defined(__GNUC__)\n"
           "#pragma GCC diagnostic pop\n"
           "#endif\n";
}
// clang-format on

}  // inline namespace v0

inline namespace AQUATINT_TARGET {

/// Writes a header that holds what `save` makes, as an array of this name.
template <class Net>
Error export_header(const Parameters<Net>& parameters, Arena<Net>& arena, const InputElement<Net>* example,
                    const std::string& path, std::string_view name) {
    if (!is_array_name(name)) return refused(refusal::array_name, name);
    std::vector<Byte> bytes(saved_size<Net>);
    if (const Error problem = save(parameters, arena, example, bytes)) return problem;
    const std::string text = header_text(bytes, name);
    AtomicFile file(path);
    file.put(text.data(), text.size());
    return file.commit();
}

}}  // namespace aquatint
