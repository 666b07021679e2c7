// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

using namespace aquatint;

namespace {

Error write(const std::string& path, const std::string& words) {
    AtomicFile file(path);
    file.put(words.data(), words.size());
    return file.commit();
}
std::string content(const Result<FileBytes>& file) {
    if (file.problem) return file.problem.rule;
    return std::string(reinterpret_cast<const char*>(file.value.data()), file.value.size());
}

}  // namespace

TEST_CASE("what is written is read and mapped") {
    const Folder folder;
    const std::string words(100'000, 'x');
    for (const std::string& text : {words, std::string("one\0two", 7), std::string()}) {
        CHECK_FALSE(write(folder / "f", text));
        CHECK(content(read_file(folder / "f")) == text);
        CHECK(content(map_file(folder / "f")) == text);
        CHECK(reinterpret_cast<std::uintptr_t>(read_file(folder / "f").value.data()) % 64 == 0);
        CHECK(reinterpret_cast<std::uintptr_t>(map_file(folder / "f").value.data()) % 64 == 0);
    }
    CHECK(folder.files() == 1);
}

TEST_CASE("bytes move with their owner") {
    const Folder folder;
    CHECK_FALSE(write(folder / "a", "first"));
    CHECK_FALSE(write(folder / "b", "second"));
    Result<FileBytes> a = read_file(folder / "a"), b = map_file(folder / "b");
    a.value = std::move(b.value);
    CHECK(content(a) == "second");
    const FileBytes c = std::move(a.value);
    CHECK(c.size() == 6);
}

TEST_CASE("what was there stays until the new file is complete") {
    const Folder folder;
    CHECK_FALSE(write(folder / "f", "old"));
    {
        AtomicFile abandoned(folder / "f");
        abandoned.put("new", 3);
        CHECK(content(read_file(folder / "f")) == "old");
        AtomicFile other(folder / "f");   // a second writer of the same file has a temporary file of its own
        other.put("other", 5);
        CHECK(folder.files() == 3);
        CHECK_FALSE(other.commit());
        CHECK(content(read_file(folder / "f")) == "other");
    }
    CHECK(content(read_file(folder / "f")) == "other");
    CHECK(folder.files() == 1);
}

TEST_CASE("what cannot be read or written is an error that names it") {
    const Folder folder;
    CHECK(content(read_file(folder / "none")) == refusal::cannot_open);
    CHECK(content(map_file(folder / "none")) == refusal::cannot_open);
    CHECK(content(read_file(folder.path.string())) == refusal::not_a_file);
    CHECK(content(map_file(folder.path.string())) == refusal::not_a_file);
    const Error e = write("/nowhere/f", "x");
    CHECK(e.rule == refusal::cannot_write);
    CHECK(e.tensor == "/nowhere/f");
    CHECK_FALSE(e.found.empty());
    CHECK(write(folder.path.string(), "x").rule == refusal::cannot_write);   // a folder is there
    CHECK(folder.files() == 0);
    CHECK(std::filesystem::exists(folder.path));
    CHECK_FALSE(std::filesystem::exists(folder.path.string() + ".part0"));
}

TEST_CASE("of a long path the end is shown") {
    const std::string path = "/nowhere/" + std::string(200, 'd') + "/weights.safetensors";
    const std::string shown = read_file(path).problem.tensor.c_str();
    CHECK(shown.size() == 79);
    CHECK(shown.starts_with("...ddd"));
    CHECK(shown.ends_with("/weights.safetensors"));
}
