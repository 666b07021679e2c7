// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <aquatint/interop/save_safetensors.hpp>

using namespace aquatint;

namespace {

Bytes saved(VectorView<const TensorView> tensors, VectorView<const MetadataItem> metadata = {}) {
    const Result<Size> size = save_safetensors(nullptr, 0, tensors, metadata);
    REQUIRE(size.problem.message() == "");
    Bytes bytes(*size, 0xAA);
    REQUIRE(*save_safetensors(bytes.data(), bytes.size(), tensors, metadata) == bytes.size());
    return bytes;
}
std::string refusal_of(VectorView<const TensorView> tensors, VectorView<const MetadataItem> metadata = {}) {
    return save_safetensors(nullptr, 0, tensors, metadata).problem.message().c_str();
}
std::string refusal_of(const TensorView& tensor) { return refusal_of({&tensor, 1}); }

const float floats[] = {1, -2, 3.5f, 0, 1e-40f, 7};
const Int64 number = -42;
const Byte none = 0;

}  // namespace

TEST_CASE("the bytes of a file are these and no others") {
    const TensorView tensors[] = {tensor_view("conv1.weight", {1, 2}, floats)};
    const MetadataItem metadata[] = {{"format", "aquatint \"1\"\n"}};
    std::string expected =
        std::string("\x78\0\0\0\0\0\0\0", 8) +
        R"({"__metadata__":{"format":"aquatint \"1\"\u000a"},"conv1.weight":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}})";
    expected.append(8 + 0x78 - expected.size(), ' ');
    expected.append("\0\0\x80\x3F\0\0\0\xC0", 8);
    const Bytes bytes = saved(tensors, metadata);
    CHECK(std::string(bytes.begin(), bytes.end()) == expected);
}

TEST_CASE("what is written is read back, in the same order, from data aligned to 8 bytes") {
    for (std::size_t length = 1; length < 10; ++length) {   // every amount of padding
        const std::string name(length, 'n');
        const TensorView tensors[] = {tensor_view(name, {2, 3}, floats), tensor_view("count", {}, &number),
                                      tensor_view("empty", {0, 3}, floats), tensor_view("\xC3\xA9/:0", {1}, &none)};
        const MetadataItem metadata[] = {{"a", ""}, {"b", "\x01\xC3\xA9\"\\/"}};
        const Bytes bytes = saved(tensors, metadata);
        const Result<Safetensors> file = open(bytes);
        REQUIRE(file.problem.message() == "");
        std::size_t i = 0;
        for (const TensorView& tensor : *file) {
            CHECK(words(tensor.name) == words(tensors[i].name));
            CHECK(tensor.dtype == tensors[i].dtype);
            CHECK(tensor.shape == tensors[i].shape);
            CHECK(Bytes(tensor.data, tensor.data + tensor.bytes) == Bytes(tensors[i].data, tensors[i].data + tensors[i].bytes));
            ++i;
        }
        CHECK(i == 4);
        CHECK((file->begin()->data - bytes.data()) % 8 == 0);
        CHECK(*file->metadata("a") == "");
        CHECK(*file->metadata("b") == "\x01\xC3\xA9\"\\/");
        const std::vector<TensorView> again = [&] {
            std::vector<TensorView> all;
            for (const TensorView& tensor : *file) all.push_back(tensor);
            return all;
        }();
        CHECK(saved(again, metadata) == bytes);
    }
}

TEST_CASE("an empty file is a file") {
    const Bytes bytes = saved({});
    CHECK(bytes.size() == 16);
    CHECK(open(bytes)->size() == 0);
}

TEST_CASE("memory that is too small is refused and not written past") {
    const TensorView tensors[] = {tensor_view("t", {6}, floats)};
    const Size size = saved(tensors).size();
    for (Size capacity = 1; capacity < size; ++capacity) {
        Bytes memory(capacity);   // exactly as long: sanitizers see a step too far
        CHECK(save_safetensors(memory.data(), capacity, tensors).problem.rule == refusal::no_room);
    }
}

TEST_CASE("what the reader would refuse is not written") {
    CHECK(refusal_of(tensor_view("", {6}, floats)) == "the name is empty or too long; expected 255, found 0");
    CHECK(refusal_of(tensor_view(std::string(255, 'x'), {6}, floats)) == "");
    CHECK(refusal_of(tensor_view(std::string(256, 'x'), {6}, floats)) == "the name is empty or too long; expected 255, found 0");
    CHECK(refusal_of(tensor_view("__metadata__", {6}, floats)) == "__metadata__: the name is reserved by the format");
    CHECK(refusal_of(tensor_view("a\"b", {6}, floats)) == "a\"b: a name holds an escape sequence, or a character that needs one");
    CHECK(refusal_of(tensor_view("a\\b", {6}, floats)) == "a\\b: a name holds an escape sequence, or a character that needs one");
    CHECK(refusal_of(tensor_view("a\nb", {6}, floats)) == "a?b: a text in the header holds a control character");
    CHECK(refusal_of(tensor_view("a\xFF", {6}, floats)) == "a?: a text in the header is not UTF-8");
    CHECK(refusal_of(tensor_view("t", {1, 1, 1, 1, 1, 1, 1, 1, 6}, floats)) == "t: the tensor has too many dimensions");
    CHECK(refusal_of(tensor_view("t", {~Size(0), 2}, floats)) == "t: the shape is too large to be counted");
    CHECK(refusal_of(tensor_view<float>("t", {6}, nullptr)) == "t: the tensor has no data");
    TensorView wrong = tensor_view("t", {6}, floats);
    wrong.bytes = 23;
    CHECK(refusal_of(wrong) == "t: the data is not as long as shape and element type say; expected 24, found 23");
    const TensorView twice[] = {tensor_view("t", {6}, floats), tensor_view("u", {6}, floats), tensor_view("t", {2}, floats)};
    CHECK(refusal_of(twice) == "t: the name is given twice");
    const MetadataItem keys[] = {{"k", "1"}, {"k", "2"}}, text[] = {{"k", "\xC3"}}, key[] = {{"\"", "1"}};
    CHECK(refusal_of({}, keys) == "k: the name is given twice");
    CHECK(refusal_of({}, text) == "k: a text in the header is not UTF-8");
    CHECK(refusal_of({}, key) == "\": a name holds an escape sequence, or a character that needs one");
    const std::vector<TensorView> many(16'385);
    CHECK(refusal_of(many) == "there are too many names; expected at most 16384");
    const TensorView huge[] = {{Text<255>("a"), Dtype::u8, {~Size(0) / 8}, &none, ~Size(0) / 8},
                               {Text<255>("b"), Dtype::u8, {~Size(0) / 8}, &none, ~Size(0) / 8},
                               {Text<255>("c"), Dtype::u8, {~Size(0) / 8}, &none, ~Size(0) / 8},
                               {Text<255>("d"), Dtype::u8, {~Size(0) / 8}, &none, ~Size(0) / 8}};
    CHECK(refusal_of(huge) == "d: the shape is too large to be counted");
}

TEST_CASE("a file on disk is replaced as a whole or not at all") {
    const Folder folder;
    const std::string path = folder / "weights.safetensors";
    const TensorView tensors[] = {tensor_view("t", {2, 3}, floats)};
    CHECK_FALSE(save_safetensors(path, tensors));
    const TensorView wrong[] = {tensor_view("", {2, 3}, floats)};
    CHECK(save_safetensors(path, wrong).rule == refusal::name_length);
    const Result<FileBytes> bytes = read_file(path);
    REQUIRE_FALSE(bytes.problem);
    CHECK(Bytes(bytes->data(), bytes->data() + bytes->size()) == saved(tensors));
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    float values[6] = {};
    CHECK_FALSE(file->read("t", {2, 3}, values));
    CHECK(std::equal(values, values + 6, floats));
    CHECK(folder.files() == 1);
}
