// SPDX-License-Identifier: BSL-1.0
// Reads files of CIFAR-10's binary version, from bytes that somebody else owns: pictures as they lie, or as a network reads them.
#pragma once

#include <aquatint/base/error.hpp>
#include <aquatint/base/view.hpp>
#include <aquatint/interop/refusals.hpp>

namespace aquatint { inline namespace v0 {

/// The pictures of a file whose records were checked. A record is a label, then the planes of red, green and blue, 32 rows of 32
/// bytes each.
class Cifar10 {
public:
    static constexpr Size side = 32, colors = 3, classes = 10;
    static constexpr Size plane_bytes = side * side, picture_bytes = colors * plane_bytes, record_bytes = 1 + picture_bytes;

    Cifar10() = default;

    Size size() const { return count; }
    Size label(Size picture) const { return record(picture)[0]; }
    /// As it lies in the file: [color][row][column].
    const Byte* planes(Size picture) const { return record(picture) + 1; }
    /// As an Input<Image<32, 32, 3>> reads it: [row][column][color].
    void interleave(Size picture, Byte* pixels) const {
        const Byte* const from = planes(picture);
        for (Size pixel = 0; pixel < plane_bytes; ++pixel)
            for (Size color = 0; color < colors; ++color) pixels[pixel * colors + color] = from[color * plane_bytes + pixel];
    }

private:
    friend Result<Cifar10> cifar10(const void* file, Size size, std::string_view name);
    Cifar10(const Byte* file, Size pictures) : first(file), count(pictures) {}
    const Byte* record(Size picture) const { return first + picture * record_bytes; }

    const Byte* first = nullptr;
    Size count = 0;
};

/// Checks a whole file, `size` bytes at `file`: at least one record, nothing behind the last, labels of the ten classes. The
/// files of the original have 10,000 records each; parts of them are files, too. `name` is for messages. Format: A.
/// Krizhevsky's page, "The CIFAR-10 dataset".
inline Result<Cifar10> cifar10(const void* file, Size size, std::string_view name = "images") {
    constexpr Size record_bytes = Cifar10::record_bytes;
    const Size records = size / record_bytes;
    if (records == 0 || size % record_bytes != 0)
        return refused(refusal::whole_records, name, record_bytes * (records + 1), size);
    const Cifar10 pictures(static_cast<const Byte*>(file), records);
    for (Size i = 0; i < records; ++i) {
        if (pictures.label(i) < Cifar10::classes) continue;
        Error e = refused(refusal::label, name, Cifar10::classes - 1, pictures.label(i));
        e.found.append(" in record ").append_number(static_cast<Int64>(i));
        return e;
    }
    return pictures;
}

}}  // namespace aquatint::v0
