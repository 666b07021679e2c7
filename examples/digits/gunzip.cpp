// SPDX-License-Identifier: BSL-1.0
// Deflate: literals and copies of what came before, in codes of variable length.
#include "gunzip.hpp"

#include "../support/refuse.hpp"

#include <algorithm>
#include <array>
#include <aquatint/base/little_endian.hpp>

namespace digits {

using namespace examples;

namespace {

using namespace aquatint;

[[noreturn]] void damaged() {
    refuse("the packed file is damaged");
}

/// Bits from the lowest of each byte on; nothing is read past the end.
class Bits {
public:
    explicit Bits(VectorView<const Byte> bytes) : source(bytes) {}

    unsigned next() {
        if (place == source.size * 8) damaged();
        const unsigned bit = source[place / 8] >> place % 8 & 1u;
        ++place;
        return bit;
    }
    unsigned number(unsigned width) {
        unsigned value = 0;
        for (unsigned i = 0; i < width; ++i) value |= next() << i;
        return value;
    }
    void skip_to_byte() { place = (place + 7) / 8 * 8; }
    /// Bytes that follow whole.
    VectorView<const Byte> take(Size count) {
        const Size first = place / 8;
        if (count > source.size - first) damaged();
        place += count * 8;
        return {source.data + first, count};
    }

private:
    VectorView<const Byte> source;
    Size place = 0;
};

/// A prefix code given by the lengths of its words: shorter ones come first, equal ones in the order of their symbols.
class Code {
public:
    explicit Code(VectorView<const Byte> lengths) {
        for (const Byte length : lengths) ++words[length];
        words[0] = 0;
        unsigned room = 1;
        for (unsigned length = 1; length <= longest; ++length) {
            room *= 2;
            if (words[length] > room) damaged();
            room -= words[length];
        }
        for (unsigned length = 1; length <= longest; ++length)
            for (Size symbol = 0; symbol < lengths.size; ++symbol)
                if (lengths[symbol] == length) symbols.push_back(static_cast<unsigned>(symbol));
    }
    unsigned read(Bits& bits) const {
        unsigned word = 0, first = 0, before = 0;   // first: the least word of this length; before: symbols with shorter words
        for (unsigned length = 1; length <= longest; ++length) {
            word = word << 1 | bits.next();
            first <<= 1;
            if (word - first < words[length]) return symbols[before + (word - first)];
            before += words[length];
            first += words[length];
        }
        damaged();
    }

private:
    static constexpr unsigned longest = 15;
    std::array<unsigned, longest + 1> words{};   ///< how many of each length
    std::vector<unsigned> symbols;
};

/// The output so far is the dictionary.
class Inflater {
public:
    Inflater(VectorView<const Byte> packed, Size most_bytes) : bits(packed), limit(most_bytes) {}

    std::vector<Byte> run() {
        for (bool last = false; !last;) {
            last = bits.next() != 0;
            switch (bits.number(2)) {
            case 0: copy_stored(); break;
            case 1: read_block(fixed_literals(), fixed_distances()); break;
            case 2: read_own_codes(); break;
            default: damaged();
            }
        }
        return std::move(output);
    }

private:
    Bits bits;
    Size limit;
    std::vector<Byte> output;

    void make_room(Size count) const {
        if (count > limit - output.size()) refuse("the packed file holds more than it should");
    }
    void copy_stored() {
        bits.skip_to_byte();
        const unsigned count = bits.number(16), complement = bits.number(16);
        if ((count ^ complement) != 0xFFFFu) damaged();
        make_room(count);
        const VectorView<const Byte> bytes = bits.take(count);
        output.insert(output.end(), bytes.begin(), bytes.end());
    }
    static Code fixed_literals() {
        std::array<Byte, 288> lengths;
        for (Size i = 0; i < lengths.size(); ++i) lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        return Code(VectorView<const Byte>(lengths));
    }
    static Code fixed_distances() {
        std::array<Byte, 30> lengths;
        lengths.fill(5);
        return Code(VectorView<const Byte>(lengths));
    }
    /// The lengths of both codes are themselves coded.
    void read_own_codes() {
        constexpr Byte order[19] = {16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};
        const Size literals = bits.number(5) + 257, distances = bits.number(5) + 1, given = bits.number(4) + 4;
        std::array<Byte, 19> of_lengths{};
        for (Size i = 0; i < given; ++i) of_lengths[order[i]] = static_cast<Byte>(bits.number(3));
        const Code code{VectorView<const Byte>(of_lengths)};
        std::vector<Byte> lengths;
        while (lengths.size() < literals + distances) {
            const unsigned symbol = code.read(bits);
            if (symbol < 16) {
                lengths.push_back(static_cast<Byte>(symbol));
                continue;
            }
            if (symbol == 16 && lengths.empty()) damaged();
            const Byte repeated = symbol == 16 ? lengths.back() : Byte(0);
            const Size times = symbol == 16 ? 3 + bits.number(2) : symbol == 17 ? 3 + bits.number(3) : 11 + bits.number(7);
            lengths.insert(lengths.end(), times, repeated);
        }
        if (lengths.size() != literals + distances) damaged();
        read_block(Code({lengths.data(), literals}), Code({lengths.data() + literals, distances}));
    }
    void read_block(const Code& literals, const Code& distances) {
        constexpr unsigned end = 256, last_length = 285;
        for (;;) {
            const unsigned symbol = literals.read(bits);
            if (symbol == end) return;
            if (symbol < end) {
                make_room(1);
                output.push_back(static_cast<Byte>(symbol));
            } else {
                if (symbol > last_length) damaged();
                const Size length = symbol == last_length ? 258 : 3 + stepped(symbol - 257, 4);
                const unsigned distance = distances.read(bits);
                if (distance >= 30) damaged();
                copy(length, 1 + stepped(distance, 2));
            }
        }
    }
    /// Numbers whose step doubles after every `each` symbols.
    Size stepped(unsigned symbol, unsigned each) {
        if (symbol < 2 * each) return symbol;
        const unsigned extra = symbol / each - 1;
        return (Size(each + symbol % each) << extra) + bits.number(extra);
    }
    /// Source and target may overlap: then the copy repeats itself.
    void copy(Size length, Size distance) {
        if (distance > output.size()) damaged();
        make_room(length);
        for (Size i = 0; i < length; ++i) output.push_back(output[output.size() - distance]);
    }
};

UInt32 checksum(const std::vector<Byte>& bytes) {
    std::array<UInt32, 256> table;
    for (UInt32 i = 0; i < 256; ++i) {
        table[i] = i;
        for (int bit = 0; bit < 8; ++bit) table[i] = table[i] >> 1 ^ ((table[i] & 1) != 0 ? 0xEDB88320u : 0u);
    }
    UInt32 state = ~UInt32(0);
    for (const Byte byte : bytes) state = state >> 8 ^ table[(state ^ byte) & 255];
    return ~state;
}

/// Where the header ends: 10 bytes, then what its flags announce.
Size header_end(VectorView<const Byte> file) {
    constexpr unsigned has_checksum = 2, has_extra = 4, has_name = 8, has_comment = 16;
    const unsigned flags = file[3];
    Size at = 10;
    const auto take = [&](Size count) {
        if (count > file.size - at) damaged();
        at += count;
    };
    if ((flags & has_extra) != 0) {
        take(2);
        take(read_little_endian<UInt16>(file.data + at - 2));
    }
    for (const unsigned text : {has_name, has_comment}) {
        if ((flags & text) == 0) continue;
        do {
            take(1);
        } while (file[at - 1] != 0);
    }
    if ((flags & has_checksum) != 0) take(2);
    return at;
}

}  // namespace

std::vector<Byte> gunzip(VectorView<const Byte> packed, Size limit) {
    constexpr Size shortest = 18, trailer = 8;
    if (packed.size < shortest || packed[0] != 0x1F || packed[1] != 0x8B || packed[2] != 8)
        refuse("this is no file packed by gzip");
    const Size begin = header_end({packed.data, packed.size - trailer});
    std::vector<Byte> bytes = Inflater({packed.data + begin, packed.size - trailer - begin}, limit).run();
    const Byte* const end = packed.data + packed.size - trailer;
    if (read_little_endian<UInt32>(end) != checksum(bytes) ||
        read_little_endian<UInt32>(end + 4) != static_cast<UInt32>(bytes.size()))
        damaged();
    return bytes;
}

}  // namespace digits
