// SPDX-License-Identifier: BSL-1.0
// The header of a safetensors file, member by member, with every check that concerns one member alone.
#pragma once

#include <aquatint/interop/scanner.hpp>

namespace aquatint { inline namespace v0 {

inline constexpr Size safetensors_prefix_bytes = 8;             ///< the length of the header, unsigned, little-endian
inline constexpr Size safetensors_header_limit = 100'000'000;   ///< bytes; the limit of the format's own reader
inline constexpr Size safetensors_count_limit = 16'384;         ///< tensors, and keys of metadata; the limit of this reader
inline constexpr Size safetensors_name_limit = 255;             ///< bytes
inline constexpr std::string_view safetensors_metadata = "__metadata__";

/// What the header says of one tensor. The name is a part of the header; `begin` and `end` count from the end of the header.
struct SafetensorsEntry {
    std::string_view name;
    Dtype dtype = Dtype::f32;
    Extents shape;
    UInt64 begin = 0;
    UInt64 end = 0;
};

inline Error too_many_names(const char* where = "") {
    Error e = error(refusal::too_many, where);
    e.expected.append("at most ").append_number(safetensors_count_limit);
    return e;
}

/// The members of a JSON object whose values are strings, one after the other.
struct SafetensorsMetadataWalk {
    Scanner text;
    bool first = true;

    constexpr explicit SafetensorsMetadataWalk(const Scanner& at_the_brace) : text(at_the_brace) { text.expect('{'); }
    /// False after the last member, or if `text` is broken.
    constexpr bool next(std::string_view& key, JsonText& value) {
        if (!text.another('}', first)) return false;
        first = false;
        key = text.name();
        text.expect(':');
        value = {text.quoted()};
        return !text.broken();
    }
};

/// Walks over the tensors of a header in the order in which it lists them. Every step checks whatever one entry can be checked
/// for, so that a step is safe even where the bytes were changed since they were opened.
struct SafetensorsWalk {
    Scanner text;
    UInt64 data_bytes = 0;    ///< that follow the header
    Scanner metadata;         ///< at the value of `__metadata__`, once that has been passed; else at nothing
    Scanner after_metadata;   ///< behind that value; may be set before, so that it is not read again
    bool first = true;
    Error problem;

    SafetensorsWalk() = default;
    SafetensorsWalk(std::string_view header, UInt64 bytes_of_data)
        : text(header, safetensors_prefix_bytes), data_bytes(bytes_of_data) {
        text.expect('{');
    }

    /// False after the last tensor, and then `problem` says whether all is well.
    bool next(SafetensorsEntry& entry) {
        while (text.another('}', first)) {
            first = false;
            entry = {};
            entry.name = text.name();
            text.expect(':');
            if (text.broken()) break;
            if (entry.name != safetensors_metadata) return read_tensor(entry);
            if (!pass_metadata()) return false;
        }
        text.expect_end();
        if (text.broken()) problem = text.problem("");
        return false;
    }

private:
    static constexpr std::string_view fields[] = {"dtype", "shape", "data_offsets"};

    bool pass_metadata() {
        if (!metadata.whole.empty()) problem = error(refusal::name_twice, safetensors_metadata.data());
        metadata = text;
        if (after_metadata.whole.empty()) read_metadata();
        text = after_metadata;
        return !problem;
    }
    void read_metadata() {
        SafetensorsMetadataWalk walk(text);
        std::string_view key;
        Size count = 0;
        for (JsonText value; walk.next(key, value);)
            if (++count > safetensors_count_limit) problem = too_many_names(safetensors_metadata.data());
        after_metadata = walk.text;
        if (walk.text.broken() && !problem) problem = walk.text.problem(safetensors_metadata);
    }
    bool read_tensor(SafetensorsEntry& entry) {
        unsigned seen = 0;
        text.expect('{');
        for (bool first_field = true; text.another('}', first_field); first_field = false) {
            switch (text.field(fields, seen)) {
            case 0: read_dtype(entry.dtype); break;
            case 1: read_shape(entry.shape); break;
            case 2: read_offsets(entry); break;
            default: break;
            }
        }
        text.expect_fields(fields, seen);
        problem = text.broken() ? text.problem(entry.name) : check_entry(entry);
        return !problem;
    }
    void read_dtype(Dtype& dtype) {
        const std::string_view words = text.name();
        if (text.broken()) return;
        Size index = 0;
        while (index < dtype_count && dtype_table[index].name != words) ++index;
        if (index == dtype_count) text.fail_at(words, refusal::unknown_type);
        else dtype = static_cast<Dtype>(index);
    }
    void read_shape(Extents& shape) {
        text.expect('[');
        for (bool first_axis = true; text.another(']', first_axis); first_axis = false) text.append_extent(shape);
    }
    void read_offsets(SafetensorsEntry& entry) {
        text.expect('[');
        entry.begin = text.whole_number();
        text.expect(',');
        entry.end = text.whole_number();
        text.expect(']');
    }
    Error check_entry(const SafetensorsEntry& entry) const {
        if (entry.name.empty() || entry.name.size() > safetensors_name_limit)
            return refused(refusal::name_length, entry.name, safetensors_name_limit, entry.name.size());
        if (entry.end < entry.begin) return refused(refusal::reversed, entry.name, entry.begin, entry.end);
        if (entry.end > data_bytes) return refused(refusal::outside, entry.name, data_bytes, entry.end);
        Size bytes = 0;
        if (const char* rule = entry.shape.count_bytes(traits(entry.dtype).bits, bytes)) {
            Error e = refused(rule, entry.name);
            e.found.append(traits(entry.dtype).name.data()).append(' ').append(entry.shape.text().c_str());
            return e;
        }
        const UInt64 length = entry.end - entry.begin;
        return length == bytes ? Error() : refused(refusal::data_length, entry.name, bytes, length);
    }
};

}}  // namespace aquatint::v0
