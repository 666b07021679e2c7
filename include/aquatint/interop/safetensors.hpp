// SPDX-License-Identifier: BSL-1.0
// Reads safetensors files from bytes that somebody else owns: everything is checked once, nothing is allocated or thrown.
#pragma once

#include <iterator>
#include <tuple>

#include <aquatint/base/view.hpp>
#include <aquatint/interop/safetensors_header.hpp>
#include <aquatint/interop/visit_in_order.hpp>

namespace aquatint { inline namespace v0 {

class Safetensors;

/// Steps through the tensors in the order in which the header lists them.
class SafetensorsIterator {
public:
    using value_type = TensorView;
    using difference_type = std::ptrdiff_t;

    SafetensorsIterator() = default;
    explicit SafetensorsIterator(const Safetensors& file);

    const TensorView& operator*() const { return tensor; }
    const TensorView* operator->() const { return &tensor; }
    SafetensorsIterator& operator++() {
        SafetensorsEntry entry;
        done = !walk.next(entry);
        if (done) return *this;
        tensor = {Text<255>(), entry.dtype, entry.shape, data + entry.begin, static_cast<Size>(entry.end - entry.begin)};
        for (const char character : entry.name) tensor.name.append(character);
        return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return done; }

private:
    SafetensorsWalk walk;
    const Byte* data = nullptr;
    TensorView tensor;
    bool done = true;
};

/// A safetensors file found to be in order, borrowed: the bytes have to stay as they are. Copies freely. A lookup reads the
/// header from its start, which is of no account for hundreds of tensors; iterate where there are tens of thousands.
class Safetensors {
public:
    /// Tensors in the file, `__metadata__` not counted.
    Size size() const { return count; }
    SafetensorsIterator begin() const { return SafetensorsIterator(*this); }
    std::default_sentinel_t end() const { return {}; }

    /// The tensor of that name, or refusal::missing.
    Result<TensorView> find(std::string_view name) const {
        for (const TensorView& tensor : *this)
            if (words(tensor.name) == name) return tensor;
        Error e = refused(refusal::missing, name);
        e.found.append_number(static_cast<Int64>(count)).append(" others");
        if (count != 0) e.found.append(", the first ").append_untrusted(begin()->name.c_str(), begin()->name.length);
        return e;
    }

    /// Copies the elements of a tensor that has to have this shape and the element type of `values`; see TensorView::read.
    template <TensorElement Element>
    Error read(std::string_view name, const Extents& expected, Element* values, NotFinite unusual = NotFinite::refused) const {
        const Result<TensorView> tensor = find(name);
        return tensor ? tensor->read(expected, values, unusual) : tensor.problem;
    }

    /// Refuses a file that lacks one of these names or holds another one: it belongs to another model.
    Error holds_exactly(VectorView<const std::string_view> names) const {
        for (const std::string_view name : names)
            if (const Result<TensorView> tensor = find(name); !tensor) return tensor.problem;
        for (const TensorView& tensor : *this)
            if (std::find(names.begin(), names.end(), words(tensor.name)) == names.end())
                return refused(refusal::extra, words(tensor.name));
        return {};
    }

    /// The text under a key of `__metadata__`, or refusal::no_metadata.
    Result<JsonText> metadata(std::string_view key) const {
        SafetensorsMetadataWalk walk(metadata_text);
        std::string_view found;
        for (JsonText value; walk.next(found, value);)
            if (found == key) return value;
        return refused(refusal::no_metadata, key);
    }

    /// What `safetensors` does, in this order: the frame, every entry, and then the entries against each other.
    static Result<Safetensors> open(const Byte* bytes, Size size) {
        UInt64 length = 0;
        if (const Error e = read_frame(bytes, size, length)) return e;
        const Byte* header = bytes + safetensors_prefix_bytes;
        Safetensors file;
        file.data = header + length;
        file.start = SafetensorsWalk({reinterpret_cast<const char*>(header), static_cast<Size>(length)},
                                     size - safetensors_prefix_bytes - length);
        SafetensorsWalk walk = file.start;
        for (SafetensorsEntry entry; walk.next(entry); ++file.count)
            if (file.count == safetensors_count_limit) return too_many_names();
        if (walk.problem) return walk.problem;
        file.start.after_metadata = walk.after_metadata;
        file.metadata_text = walk.metadata;
        if (const Error e = file.refuse_equal_names()) return e;
        if (const Error e = file.refuse_gaps()) return e;
        return file;
    }

private:
    friend class SafetensorsIterator;
    SafetensorsWalk start;   ///< before the first tensor
    Scanner metadata_text;   ///< at the value of `__metadata__`
    const Byte* data = nullptr;
    Size count = 0;

    static Error read_frame(const Byte* bytes, Size size, UInt64& length) {
        if (size < safetensors_prefix_bytes) return refused(refusal::short_file, "", safetensors_prefix_bytes, size);
        length = read_little_endian<UInt64>(bytes);
        const UInt64 left = size - safetensors_prefix_bytes;
        if (length > safetensors_header_limit || length > left) {
            Error e = error(length > left ? refusal::header_cut : refusal::header_limit);
            e.expected.append("at most ").append_number(static_cast<Int64>(least<UInt64>(left, safetensors_header_limit)));
            if (length >> 63 == 0) e.found.append_number(static_cast<Int64>(length));
            else e.found.append("2^63 or more");
            return e;
        }
        if (length == 0 || bytes[safetensors_prefix_bytes] != '{') return error(refusal::header_start);
        return {};
    }

    /// Calls `take` for every entry.
    template <class Take>
    void each_entry(Take take) const {
        SafetensorsWalk walk = start;
        for (SafetensorsEntry entry; walk.next(entry);) take(entry);
    }
    template <class Take>
    void each_metadata_key(Take take) const {
        SafetensorsMetadataWalk walk(metadata_text);
        std::string_view key;
        for (JsonText value; walk.next(key, value);) take(key);
    }

    Error refuse_equal_names() const {
        const auto names = [&](auto take) { each_entry([&](const SafetensorsEntry& entry) { take(entry.name); }); };
        const auto keys = [&](auto take) { each_metadata_key(take); };
        if (const Error e = name_given_twice(names)) return e;
        return name_given_twice(keys);
    }

    /// The data of all tensors, put in order, covers every byte once. The header may list them in any order.
    Error refuse_gaps() const {
        struct Range {
            UInt64 begin, end;
            std::string_view name;
        };
        const auto ranges = [&](auto take) {
            each_entry([&](const SafetensorsEntry& entry) { take(Range{entry.begin, entry.end, entry.name}); });
        };
        const auto less = [](const Range& a, const Range& b) {
            return std::make_tuple(a.begin, a.end, a.name.data()) < std::make_tuple(b.begin, b.end, b.name.data());
        };
        UInt64 covered = 0;
        Error problem;
        visit_in_order<Range>(ranges, less, [&](const Range& range) {
            if (range.begin != covered)
                problem = refused(range.begin < covered ? refusal::overlap : refusal::hole, range.name, covered, range.begin);
            covered = range.end;
            return !problem;
        });
        if (!problem && covered != start.data_bytes) return refused(refusal::trailing, "", covered, start.data_bytes);
        return problem;
    }
};

inline SafetensorsIterator::SafetensorsIterator(const Safetensors& file) : walk(file.start), data(file.data) { ++*this; }

/// Checks a whole file, `size` bytes at `bytes`, and gives a view of it. Refused: whatever the format does not allow, and a
/// name with escape sequences or of more than 255 bytes, more than 8 axes, more than 16,384 tensors. Uses 40 KiB of stack. Values
/// are not looked at here; TensorView::read refuses the ones that are not finite.
/// Format: https://github.com/huggingface/safetensors (README, "Format").
inline Result<Safetensors> safetensors(const void* bytes, Size size) {
    return Safetensors::open(static_cast<const Byte*>(bytes), size);
}

}}  // namespace aquatint::v0
