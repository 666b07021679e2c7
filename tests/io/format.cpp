// SPDX-License-Identifier: BSL-1.0
#include <memory>

#include "networks.hpp"

using namespace io;

namespace {

/// The bytes alone on the heap, so that a sanitizer sees whoever reads past them.
struct Alone {
    std::unique_ptr<Byte[]> bytes;
    Size size;

    Alone(const Byte* from, Size count) : bytes(new Byte[count]), size(count) { std::copy(from, from + count, bytes.get()); }
    operator VectorView<const Byte>() const { return {bytes.get(), size}; }
};

/// How many changes of single bytes load accepts; `values` of each byte are tried.
template <class Net>
Size accepted_changes(Saved<Net>& saved, unsigned values) {
    Size accepted = 0;
    for (Byte& byte : saved.file) {
        const Byte before = byte;
        for (unsigned change = 1; change < 256; change += 255 / values) {
            byte = static_cast<Byte>(before ^ change);
            accepted += !check_file<Net>(saved.file);
        }
        byte = before;
    }
    return accepted;
}

}  // namespace

TEST_CASE("the frame is where the drawing says") {
    Saved<Digits> saved;
    CHECK(std::string(reinterpret_cast<const char*>(saved.file), 12) == "aquatint\r\n\x1a\n");
    CHECK(read_little_endian<UInt32>(saved.file + 12) == 1);
    CHECK(read_little_endian<UInt64>(saved.file + 16) == schema<Digits>.hash);
    CHECK(read_little_endian<UInt64>(saved.file + 24) == sizeof saved.file);
    CHECK(read_little_endian<UInt64>(saved.file + 32) == sizeof(Parameters<Digits>));
    CHECK(read_little_endian<UInt64>(saved.file + 40) == 5);
    CHECK(read_little_endian<UInt64>(saved.file + 48) == 2 * sizeof(float));
    CHECK(saved_size<Digits> == 64 + sizeof(Parameters<Digits>) + 64 + 64);
    CHECK(std::memcmp(saved.file + 64, &saved.parameters, sizeof saved.parameters) == 0);
    CHECK(std::memcmp(saved.file + file_frame<Digits>.input(), saved.example.elements, 5) == 0);
    for_each_network([]<class Net>() {
        static_assert(saved_size<Net> % 64 == 0);
        static_assert(saved_size<Net> >
                      file_frame<Net>.output() + file_frame<Net>.output_bytes);   // the zero that ends a literal
    });
}

TEST_CASE("every change of a single byte is refused") {
    Saved<Digits> digits;
    CHECK(accepted_changes(digits, 255) == 0);
    Saved<Wide> wide;
    CHECK(accepted_changes(wide, 3) == 0);
    CHECK(digits.refusal() == "");
}

TEST_CASE("with a mended checksum, what has to be zero and what the header says are still refused") {
    Saved<Digits> saved;
    Size refused_zeros = 0, zeros = 0;
    Size used_end = FileFrame::parameters;
    const auto all_refused = [&](Size begin, Size end) {
        for (Size at = begin; at < end; ++at) {
            CHECK(saved.file[at] == 0);
            ++zeros;
            saved.file[at] = 1;
            saved.fix_checksum();
            refused_zeros += saved.refusal() != "";
            saved.file[at] = 0;
        }
    };
    for (Size i = 0; i < layout<Digits>.count; ++i) {
        const Section& section = layout<Digits>.sections[i];
        all_refused(used_end, FileFrame::parameters + section.offset);
        used_end = FileFrame::parameters + section.end();
    }
    all_refused(used_end, file_frame<Digits>.input());
    all_refused(file_frame<Digits>.input() + 5, file_frame<Digits>.output());
    all_refused(file_frame<Digits>.output() + 8, sizeof saved.file);
    CHECK(zeros > 100);
    CHECK(refused_zeros == zeros);
    for (Size at = 0; at < checksum_offset; ++at) {
        saved.file[at] ^= 0x10;
        saved.fix_checksum();
        CHECK(saved.refusal() != "");
        saved.file[at] ^= 0x10;
    }
}

TEST_CASE("every truncation and every longer file is refused") {
    for_each_network([]<class Net>() {
        static Saved<Net> saved;
        Size refused = 0;
        for (Size size = 0; size < sizeof saved.file; ++size) refused += saved.refusal(Alone(saved.file, size)) != "";
        CHECK(refused == sizeof saved.file);
        std::vector<Byte> longer(saved.file, saved.file + sizeof saved.file);
        longer.push_back(0);
        CHECK(saved.refusal(longer) == "file: the size is not what the network's type says; expected " +
                                           std::to_string(sizeof saved.file) + ", found " + std::to_string(longer.size()));
        CHECK(saved.refusal(Alone(saved.file, sizeof saved.file)) == "");
        CHECK(saved.refusal(VectorView<const Byte>()) != "");
    });
}

TEST_CASE("what a header claims is compared, not believed") {
    const auto with = [](Size offset, UInt64 number, unsigned bytes) {
        Saved<Digits> saved;
        for (unsigned i = 0; i < bytes; ++i) saved.file[offset + i] = static_cast<Byte>(number >> 8 * i);
        saved.fix_checksum();
        return saved.refusal();
    };
    CHECK(with(0, 'A', 1) == "file: this is not a file of parameters");
    CHECK(with(8, 0x0a0a, 2) == "file: this is not a file of parameters");
    CHECK(with(12, 2, 4) == "file: the file has a version that this program does not know; expected 1, found 2");
    CHECK(with(24, 1, 8) == "bytes of the file: the size is not what the network's type says; expected 704, found 1");
    CHECK(with(32, UInt64(1) << 63, 8) ==
          "bytes of the parameters: the size is not what the network's type says; expected 512, found more than 2^63");
    CHECK(with(40, 0, 8) == "bytes of the example's input: the size is not what the network's type says; expected 5, found 0");
    CHECK(with(48, ~UInt64(0) >> 1, 8) ==
          "bytes of the example's output: the size is not what the network's type says; expected 8, found 9223372036854775807");
}

TEST_CASE("the file of another network is refused, and both hashes are shown") {
    Saved<Learned> learned;
    Saved<Digits> digits;
    const std::string refusal = digits.refusal(learned.file);
    CHECK(refusal.find("the file belongs to another network") != std::string::npos);
    CHECK(refusal.find(as_hexadecimal(schema<Digits>.hash).c_str()) != std::string::npos);
    CHECK(refusal.find(as_hexadecimal(schema<Learned>.hash).c_str()) != std::string::npos);
}

TEST_CASE("a damaged file shows both checksums") {
    Saved<Digits> saved;
    saved.file[100] ^= 1;
    CHECK(saved.refusal().find("the file is damaged: its checksum differs; expected 0x") != std::string::npos);
}
