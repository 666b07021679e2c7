// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <cmath>
#include <memory>
#include <random>

using namespace aquatint;

namespace {

std::string range(std::string_view name, std::size_t begin, std::size_t end) {
    return "\"" + std::string(name) + "\":{\"dtype\":\"U8\",\"shape\":[" + std::to_string(end - begin) + "],\"data_offsets\":[" +
           std::to_string(begin) + "," + std::to_string(end) + "]}";
}

/// Small, and with every construct of the format; the data is at an odd address of the file.
const std::string header = "{\"__metadata__\":{\"format\":\"pt\",\"note\":\"\\u00e9\\n\"},"
                           "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                           "\"b\":{\"dtype\":\"I8\",\"shape\":[],\"data_offsets\":[24,25]}, "
                           "\"none\":{\"dtype\":\"F64\",\"shape\":[0,4],\"data_offsets\":[25,25]} }  ";
const std::size_t data_bytes = 25;

std::string many(std::size_t count) {
    std::string names = "{";
    for (std::size_t i = 0; i < count; ++i) names += (i == 0 ? "" : ",") + range(std::to_string(i), i, i + 1);
    return names + "}";
}

}  // namespace

TEST_CASE("a file is read as it was written") {
    const Bytes bytes = safetensors_file(header, data_bytes);
    const Result<Safetensors> file = open(bytes);
    REQUIRE(file);
    CHECK(file->size() == 3);
    std::string names;
    for (const TensorView& tensor : *file) names.append(words(tensor.name)).append(" ");
    CHECK(names == "a b none ");
    const Result<TensorView> a = file->find("a");
    REQUIRE(a);
    CHECK(a->dtype == Dtype::f32);
    CHECK(a->shape == Extents{2, 3});
    CHECK(a->data == bytes.data() + 8 + header.size());
    CHECK(a->bytes == 24);
    float values[6] = {};
    CHECK_FALSE(file->read("a", {2, 3}, values));
    CHECK(std::bit_cast<UInt32>(values[1]) == 0x07060504u);
    Int8 b = 0;
    CHECK_FALSE(file->read("b", {}, &b));
    CHECK(b == 24);
    CHECK_FALSE(file->read("none", {0, 4}, static_cast<double*>(nullptr)));
    CHECK(*file->metadata("format") == "pt");
    CHECK(*file->metadata("note") == "\xC3\xA9\n");
    CHECK(file->metadata("foo").problem.message() == "foo: the metadata has no such key");
}

TEST_CASE("the frame of the file: too short, a header longer than the file or than the format allows") {
    CHECK(safetensors(nullptr, 0).problem.message() == "the file is too short to hold a header; expected 8, found 0");
    CHECK(refusal_of(Bytes(7)) == "the file is too short to hold a header; expected 8, found 7");
    CHECK(refusal_of(Bytes(8)) == "the header does not begin with '{'");
    Bytes bytes = safetensors_file("{}", 0);
    bytes[0] = 3;
    CHECK(refusal_of(bytes) == "the header is longer than the file; expected at most 2, found 3");
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = 0xFF;
    CHECK(refusal_of(bytes) == "the header is longer than the file; expected at most 2, found 2^63 or more");
    CHECK(refusal_of(" {}", 0) == "the header does not begin with '{'");
    CHECK(refusal_of("[]", 0) == "the header does not begin with '{'");
    CHECK(refusal_of("\xEF\xBB\xBF{}", 0) == "the header does not begin with '{'");
    CHECK(refusal_of(Bytes{'P', 'K', 3, 4, 0, 0, 0, 0, '{', '}'}) ==
          "the header is longer than the file; expected at most 2, found 67324752");

    const std::size_t size = 100'000'100;
    const std::unique_ptr<Byte[]> large(new Byte[size]);              // only its first bytes are ever touched
    const Bytes prefix = {0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, '{'};   // 100,000,001
    std::copy(prefix.begin(), prefix.end(), large.get());
    CHECK(safetensors(large.get(), size).problem.message() ==
          "the header is longer than the format allows; expected at most 100000000, found 100000001");
}

TEST_CASE("the tensors cover the data: no holes, no overlaps, no bytes over") {
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 4, 8) + "}", 8) == "");
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 4, 8) + "}", 12) ==
          "the last bytes of the file belong to no tensor; expected 8, found 12");
    CHECK(refusal_of("{}", 4) == "the last bytes of the file belong to no tensor; expected 0, found 4");
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 5, 8) + "}", 8) ==
          "b: the bytes before the data belong to no tensor; expected 4, found 5");
    CHECK(refusal_of("{" + range("a", 1, 4) + "}", 4) == "a: the bytes before the data belong to no tensor; expected 0, found 1");
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 3, 8) + "}", 8) ==
          "b: the data overlaps that of another tensor; expected 4, found 3");
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 0, 4) + "}", 4) ==
          "b: the data overlaps that of another tensor; expected 4, found 0");
    CHECK(refusal_of("{" + range("a", 0, 8) + "," + range("b", 2, 4) + "}", 8) ==
          "b: the data overlaps that of another tensor; expected 8, found 2");
    // the lengths add up, yet there is a hole
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("b", 2, 4) + "," + range("c", 6, 8) + "}", 8) ==
          "b: the data overlaps that of another tensor; expected 4, found 2");
    CHECK(refusal_of("{" + range("a", 0, 4) + "," + range("empty", 2, 2) + "}", 4) ==
          "empty: the data overlaps that of another tensor; expected 4, found 2");
}

TEST_CASE("the header may list the tensors in any order") {
    const Bytes bytes = safetensors_file("{" + range("c", 6, 8) + "," + range("e", 2, 2) + "," + range("a", 0, 2) + "," +
                                             range("f", 8, 8) + "," + range("b", 2, 6) + "}",
                                         8);
    const Result<Safetensors> file = open(bytes);
    REQUIRE(file);
    CHECK(*file->find("b")->data == 2);
    CHECK(*file->find("c")->data == 6);
    CHECK((*file->begin()).name == "c");
}

TEST_CASE("many tensors: every name and every range is compared with every other, within the limit") {
    const std::size_t count = 3000;
    std::vector<std::string> entries;
    for (std::size_t i = 0; i < count; ++i) entries.push_back(range("n" + std::to_string(i), i, i + 1));
    std::shuffle(entries.begin(), entries.end(), std::mt19937(7));
    const auto joined = [&] {
        std::string text = "{";
        for (const std::string& entry : entries) text += (text == "{" ? "" : ",") + entry;
        return text + "}";
    };
    CHECK(refusal_of(joined(), count) == "");
    entries.push_back(range("n1234", count, count));
    CHECK(refusal_of(joined(), count) == "n1234: the name is given twice");
    entries.back() = range("other", 1234, 1235);
    CHECK(refusal_of(joined(), count).find(": the data overlaps that of another tensor; expected 1235, found 1234") !=
          std::string::npos);
    CHECK(refusal_of(many(16'385), 16'385) == "there are too many names; expected at most 16384");
}

TEST_CASE("a valid file of another model is told apart by its names") {
    const Bytes bytes = safetensors_file(header, data_bytes);
    const Result<Safetensors> file = open(bytes);
    REQUIRE(file);
    const std::string_view right[] = {"b", "none", "a"}, fewer[] = {"a", "none"}, more[] = {"a", "b", "c", "none"};
    CHECK_FALSE(file->holds_exactly(right));
    CHECK(file->holds_exactly(fewer).message() == "b: the file holds a tensor that nobody asked for");
    CHECK(file->holds_exactly(more).message() == "c: the file holds no tensor of this name, found 3 others, the first a");
    float values[6];
    CHECK(file->read("a.weight", {2, 3}, values).message() ==
          "a.weight: the file holds no tensor of this name, found 3 others, the first a");
    CHECK(file->read("a", {3, 2}, values).message() == "a: the shape differs; expected [3,2], found [2,3]");
    Int32 numbers[6];
    CHECK(file->read("a", {2, 3}, numbers).message() == "a: the element type differs; expected I32, found F32");
    CHECK(file->find("__metadata__").problem.rule == refusal::missing);
}

TEST_CASE("values that are not finite are refused, unless they are asked for") {
    Bytes bytes = safetensors_file("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", 8);
    bytes[bytes.size() - 1] = 0x7F;
    bytes[bytes.size() - 2] = 0xC0;
    const Result<Safetensors> file = open(bytes);
    REQUIRE(file);
    float values[2] = {};
    CHECK(file->read("a", {2}, values).message() == "a: a value is not finite, found NaN at index 1");
    CHECK_FALSE(file->read("a", {2}, values, NotFinite::accepted));
    CHECK(std::isnan(values[1]));
}

TEST_CASE("every truncation is refused") {
    const Bytes bytes = safetensors_file(header, data_bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        const Bytes cut(bytes.data(), bytes.data() + size);   // exactly as long: sanitizers see a step too far
        REQUIRE(refusal_of(cut) != "");
    }
    CHECK(refusal_of(bytes) == "");
}

TEST_CASE("every change of one byte of prefix and header is refused or harmless") {
    Bytes bytes = safetensors_file(header, data_bytes);
    std::size_t accepted = 0, sum = 0;
    for (std::size_t place = 0; place < 8 + header.size(); ++place)
        for (unsigned change = 1; change < 256; ++change) {
            bytes[place] = static_cast<Byte>(bytes[place] ^ change);
            if (const Result<Safetensors> file = open(bytes)) {
                ++accepted;
                sum += touch(*file);
            }
            bytes[place] = static_cast<Byte>(bytes[place] ^ change);
        }
    CHECK(accepted > 0);      // other names, other texts of the metadata, types of the same width
    CHECK(accepted < 5000);   // of 60,000
    CHECK(sum > 0);
}

TEST_CASE("bytes that change after the file was opened are harmless") {
    Bytes bytes = safetensors_file(header, data_bytes);
    const Result<Safetensors> file = open(bytes);
    REQUIRE(file);
    std::size_t sum = 0;
    for (std::size_t place = 8; place < 8 + header.size(); ++place)
        for (const char character : std::string("\"{}[],:9\\ \xFF")) {
            const Byte kept = std::exchange(bytes[place], static_cast<Byte>(character));
            for (const TensorView& tensor : *file)
                for (std::size_t i = 0; i < tensor.bytes; ++i) sum += tensor.data[i];
            if (const Result<JsonText> text = file->metadata("note")) sum += text->copy(nullptr, 0);
            bytes[place] = kept;
        }
    CHECK(sum > 0);
}

TEST_CASE("a pretrained float network") {
    const FileBytes bytes = data_file("resnet20_cifar10/resnet20.safetensors");
    if (bytes.size() == 0) return;
    const Result<Safetensors> file = safetensors(bytes.data(), bytes.size());
    REQUIRE(file.problem.message() == "");
    CHECK(file->size() == 97);
    std::size_t values = 0;
    for (const TensorView& tensor : *file) {
        std::vector<float> floats(tensor.bytes / 4);
        CHECK_FALSE(tensor.read(tensor.shape, floats.data()));
        values += floats.size();
    }
    CHECK(values == 271'098);
    float first[16 * 3 * 3 * 3];
    CHECK_FALSE(file->read("conv1.weight", {16, 3, 3, 3}, first));
    CHECK(first[0] == -0.13818146288394928f);
    CHECK(first[1] == -0.1624176800251007f);
    CHECK(*file->metadata("format") == "pt");
    CHECK(file->find("module.conv1.weight").problem.message() ==
          "module.conv1.weight: the file holds no tensor of this name, found 97 others, the first conv1.weight");
}

TEST_CASE("other files of other writers") {
    struct {
        const char* name;
        std::size_t tensors, values;
    } const files[] = {
        {"resnet20_binary_adabin/resnet20_1w1a.safetensors", 195, 272'786},
        {"silero_vad/silero_vad_16k.safetensors", 15, 309'633},
        {"policies/go1_policy.safetensors", 10, 192'504},
        {"policies/t1_policy.safetensors", 10, 214'360},
        {"mlperf_tiny/image_classification/pretrainedResnet_h5.safetensors", 48, 78'666},
    };
    for (const auto& expected : files) {
        CAPTURE(expected.name);
        const FileBytes bytes = data_file(expected.name);
        if (bytes.size() == 0) continue;
        const Result<Safetensors> file = safetensors(bytes.data(), bytes.size());
        REQUIRE(file.problem.message() == "");
        CHECK(file->size() == expected.tensors);
        std::size_t values = 0;
        for (const TensorView& tensor : *file) values += tensor.bytes * 8 / traits(tensor.dtype).bits;
        CHECK(values == expected.values);
    }
}
