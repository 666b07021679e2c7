// SPDX-License-Identifier: BSL-1.0
// Writes safetensors files: the same tensors are always the same bytes, and every file written is one that the reader accepts.
#pragma once

#include <cstring>

#include <aquatint/interop/file.hpp>
#include <aquatint/interop/safetensors.hpp>

namespace aquatint { inline namespace v0 {

/// One pair of `__metadata__`.
struct MetadataItem {
    std::string_view key;
    std::string_view text;   ///< UTF-8
};

/// `values`, as many as `shape` has, under a name: what `save_safetensors` takes, and what it refuses if the name is too long or
/// the shape cannot be counted. Borrowed, not copied.
template <TensorElement Element>
TensorView tensor_view(std::string_view name, const Extents& shape, const Element* values) {
    static_assert(std::endian::native == std::endian::little, "files are little-endian, and so is what is written from memory");
    TensorView tensor;
    if (name.size() <= safetensors_name_limit)   // an empty name is refused; one cut short would be another name
        for (const char character : name) tensor.name.append(character);
    tensor.dtype = dtype_of<Element>();
    tensor.shape = shape;
    tensor.data = reinterpret_cast<const Byte*>(values);
    shape.count_bytes(traits(tensor.dtype).bits, tensor.bytes);
    return tensor;
}

/// An output that counts.
struct ByteCount {
    Size count = 0;
    void put(const void*, Size size) { count += size; }
};

/// An output to memory; what does not fit is not written.
struct MemoryOutput {
    Byte* memory = nullptr;
    Size capacity = 0;
    Size count = 0;
    void put(const void* bytes, Size size) {
        if (size != 0 && count <= capacity && size <= capacity - count) std::memcpy(memory + count, bytes, size);
        count += size;
    }
};

/// The writer: what is to be written, checked by the rules that the reader has.
class SafetensorsWriter {
public:
    VectorView<const TensorView> tensors;
    VectorView<const MetadataItem> metadata;

    Error problem() const {
        if (tensors.size > safetensors_count_limit || metadata.size > safetensors_count_limit) return too_many_names();
        for (const TensorView& tensor : tensors)
            if (const Error e = tensor_problem(tensor)) return e;
        for (const MetadataItem& item : metadata) {
            if (const Error e = name_problem(item.key)) return e;
            if (!is_utf8(item.text)) return refused(refusal::not_utf8, item.key);
        }
        const auto names = [&](auto take) {
            for (const TensorView& tensor : tensors) take(words(tensor.name));
        };
        const auto keys = [&](auto take) {
            for (const MetadataItem& item : metadata) take(item.key);
        };
        if (const Error e = name_given_twice(names)) return e;
        if (const Error e = name_given_twice(keys)) return e;
        const Size header = header_bytes();
        if (header > safetensors_header_limit) return refused(refusal::header_limit, "", safetensors_header_limit, header);
        Size left = largest_size / 2 - header;
        for (const TensorView& tensor : tensors) {
            if (tensor.bytes > left) return refused(refusal::shape_overflow, words(tensor.name));
            left -= tensor.bytes;
        }
        return {};
    }

    /// The whole file, to anything with `put(bytes, size)`.
    template <class Output>
    void write(Output& output) const {
        const Size header = header_bytes();
        Byte prefix[safetensors_prefix_bytes];
        write_little_endian<UInt64>(header, prefix);
        output.put(prefix, sizeof prefix);
        write_json(output);
        ByteCount written;
        write_json(written);
        for (; written.count < header; ++written.count) output.put(" ", 1);
        for (const TensorView& tensor : tensors) output.put(tensor.data, tensor.bytes);
    }

private:
    static Error name_problem(std::string_view name) {
        if (name.empty() || name.size() > safetensors_name_limit)
            return refused(refusal::name_length, name, safetensors_name_limit, name.size());
        if (name == safetensors_metadata) return refused(refusal::name_reserved, name);
        std::string_view place = name;
        const char* rule = name_rule(place);
        return rule == nullptr ? Error() : refused(rule, name);
    }
    static Error tensor_problem(const TensorView& tensor) {
        const std::string_view name = words(tensor.name);
        if (const Error e = name_problem(name)) return e;
        if (static_cast<Size>(tensor.dtype) >= dtype_count) return refused(refusal::unknown_type, name);
        Size bytes = 0;
        if (const char* rule = tensor.shape.count_bytes(traits(tensor.dtype).bits, bytes)) return refused(rule, name);
        if (bytes != tensor.bytes) return refused(refusal::data_length, name, bytes, tensor.bytes);
        return tensor.data != nullptr || bytes == 0 ? Error() : refused(refusal::no_data, name);
    }

    /// Padded, so that the data begins at a multiple of 8 bytes in the file.
    Size header_bytes() const {
        ByteCount json;
        write_json(json);
        return round_up(json.count, safetensors_prefix_bytes);
    }
    template <class Output>
    void write_json(Output& output) const {
        const auto put = [&](std::initializer_list<std::string_view> parts) {
            for (const std::string_view part : parts) output.put(part.data(), part.size());
        };
        std::string_view comma = "";
        put({"{"});
        if (metadata.size != 0) put({"\"", safetensors_metadata, "\":{"});
        for (const MetadataItem& item : metadata) {
            put({comma, "\"", item.key, "\":\""});
            escape_json(item.text, [&](char character) { output.put(&character, 1); });
            put({"\""});
            comma = ",";
        }
        if (metadata.size != 0) put({"}"});
        Size begin = 0;
        for (const TensorView& tensor : tensors) {
            const Size end = begin + tensor.bytes;
            Text<79> offsets("[");
            offsets.append_number(static_cast<Int64>(begin)).append(',').append_number(static_cast<Int64>(end)).append(']');
            put({comma, "\"", words(tensor.name), "\":{\"dtype\":\"", traits(tensor.dtype).name, "\",\"shape\":",
                 words(tensor.shape.text()), ",\"data_offsets\":", words(offsets), "}"});
            begin = end;
            comma = ",";
        }
        put({"}"});
    }
};

/// Writes the file into memory, and returns how many bytes it has. With a capacity of 0 it only counts; any other capacity that
/// is too small is refused.
inline Result<Size> save_safetensors(Byte* memory, Size capacity, VectorView<const TensorView> tensors,
                                     VectorView<const MetadataItem> metadata = {}) {
    const SafetensorsWriter writer{tensors, metadata};
    if (const Error e = writer.problem()) return e;
    MemoryOutput output{memory, capacity};
    writer.write(output);
    if (capacity != 0 && output.count > capacity) return refused(refusal::no_room, "", output.count, capacity);
    return output.count;
}

/// Writes the file of that name, all of it or none: what was there stays until the new one is complete. The tensors are stored in
/// the order given. Refused: names that the reader refuses, names given twice, texts that are not UTF-8.
inline Error save_safetensors(const std::string& path, VectorView<const TensorView> tensors,
                              VectorView<const MetadataItem> metadata = {}) {
    const SafetensorsWriter writer{tensors, metadata};
    if (const Error e = writer.problem()) return e;
    AtomicFile file(path);
    writer.write(file);
    return file.commit();
}

}}  // namespace aquatint::v0
