// SPDX-License-Identifier: BSL-1.0
// Whole files in and out, errors as values: read or mapped into memory, and written so that a reader never sees half a file.
#pragma once

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <new>
#include <string>
#include <system_error>
#include <utility>

#include <aquatint/base/error.hpp>
#include <aquatint/interop/refusals.hpp>

#if defined(__unix__) || defined(__APPLE__)
#include <sys/mman.h>
#include <unistd.h>
#endif

namespace aquatint { inline namespace v0 {

// What the standard library lacks; where the system does as well, files are read instead, and flushed no further than to it.
#if defined(__unix__) || defined(__APPLE__)
inline void* map_pages(std::FILE* file, Size size) {
    void* pages = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, fileno(file), 0);
    return pages == MAP_FAILED ? nullptr : pages;
}
inline void unmap_pages(void* pages, Size size) { munmap(pages, size); }
inline bool write_to_disk(std::FILE* file) { return std::fflush(file) == 0 && fsync(fileno(file)) == 0; }
#else
inline void* map_pages(std::FILE*, Size) { return nullptr; }
inline void unmap_pages(void*, Size) {}
inline bool write_to_disk(std::FILE* file) { return std::fflush(file) == 0; }
#endif

/// Of a long path the end is shown.
inline Error file_error(const char* rule, const std::string& path, std::error_code reason = {}) {
    constexpr Size room = 79;
    Error e = error(rule, path.size() > room ? ("..." + path.substr(path.size() - room + 3)).c_str() : path.c_str());
    if (reason) e.found.append(reason.message().c_str());
    return e;
}
inline std::error_code last_error() { return {errno, std::generic_category()}; }

/// A stream that closes itself.
class OpenFile {
public:
    OpenFile() = default;
    OpenFile(const std::string& path, const char* mode) : stream(std::fopen(path.c_str(), mode)) {}
    OpenFile& operator=(OpenFile&& other) noexcept {
        std::swap(stream, other.stream);
        return *this;
    }
    ~OpenFile() { close(); }

    explicit operator bool() const { return stream != nullptr; }
    std::FILE* get() const { return stream; }
    bool close() { return stream == nullptr || std::fclose(std::exchange(stream, nullptr)) == 0; }

private:
    std::FILE* stream = nullptr;
};

/// The bytes of a whole file, at an address that is a multiple of 64. Moves, does not copy.
class FileBytes {
public:
    FileBytes() = default;
    FileBytes(FileBytes&& other) noexcept { *this = std::move(other); }
    FileBytes& operator=(FileBytes&& other) noexcept {
        std::swap(first, other.first);
        std::swap(count, other.count);
        std::swap(mapped, other.mapped);
        return *this;
    }
    ~FileBytes() {
        if (mapped) unmap_pages(first, count);
        else ::operator delete(first, alignment);
    }

    const Byte* data() const { return static_cast<const Byte*>(first); }
    Size size() const { return count; }

private:
    friend Result<FileBytes> read_file(const std::string& path);
    friend Result<FileBytes> map_file(const std::string& path);
    static constexpr std::align_val_t alignment{64};
    void* first = nullptr;
    Size count = 0;
    bool mapped = false;
};

/// The size of a regular file, or why there is none: a directory or a pipe has none.
inline Result<Size> regular_file_size(const std::string& path) {
    std::error_code reason;
    const std::filesystem::file_status status = std::filesystem::status(path, reason);
    if (reason) return file_error(refusal::cannot_open, path, reason);
    if (!std::filesystem::is_regular_file(status)) return file_error(refusal::not_a_file, path);
    const std::uintmax_t size = std::filesystem::file_size(path, reason);
    if (reason) return file_error(refusal::cannot_open, path, reason);
    if (size > ~Size(0)) return file_error(refusal::no_memory, path);
    return static_cast<Size>(size);
}

/// Reads a whole file into memory of its own.
inline Result<FileBytes> read_file(const std::string& path) {
    Result<FileBytes> file;
    const Result<Size> size = regular_file_size(path);
    file.problem = size.problem;
    if (!size) return file;
    FileBytes& bytes = file.value;
    const OpenFile source(path, "rb");
    if (!source) {
        file.problem = file_error(refusal::cannot_open, path, last_error());
    } else if (bytes.first = ::operator new(*size, FileBytes::alignment, std::nothrow); bytes.first == nullptr) {
        file.problem = file_error(refusal::no_memory, path);
    } else if (bytes.count = std::fread(bytes.first, 1, *size, source.get()); bytes.count != *size) {
        file.problem = file_error(refusal::cannot_read, path, last_error());
    }
    return file;
}

/// Maps a file into memory, so that pages come as they are touched; reads it where that cannot be done. Nobody may shorten the
/// file meanwhile (the system ends a program that touches what is gone): read a file that others write to.
inline Result<FileBytes> map_file(const std::string& path) {
    const Result<Size> size = regular_file_size(path);
    const OpenFile source(path, "rb");
    void* pages = size && *size != 0 && source ? map_pages(source.get(), *size) : nullptr;
    if (pages == nullptr) return read_file(path);
    Result<FileBytes> file;
    file.value.first = pages;
    file.value.count = *size;
    file.value.mapped = true;
    return file;
}

/// Writes beside the file of that name, which it replaces, all at once, at `commit`; without that nothing has happened. The first
/// error stays, and `commit` returns it.
class AtomicFile {
public:
    explicit AtomicFile(const std::string& final_path) : path(final_path) {
        for (int attempt = 0; attempt < 100 && !file; ++attempt) {
            temporary = path + ".part" + std::to_string(attempt);
            file = OpenFile(temporary, "wbx");   // never one that is there: it may be another writer's, or a link elsewhere
            if (!file && errno != EEXIST) break;
        }
        if (!file) fail(last_error());
    }
    AtomicFile(const AtomicFile&) = delete;
    AtomicFile& operator=(const AtomicFile&) = delete;
    ~AtomicFile() {
        if (!file) return;
        file.close();
        std::remove(temporary.c_str());
    }

    void put(const void* bytes, Size size) {
        if (!problem && size != 0 && std::fwrite(bytes, 1, size, file.get()) != size) fail(last_error());
    }
    Error commit() {
        if (!problem && !write_to_disk(file.get())) fail(last_error());
        if (!file) return problem;
        std::error_code reason;
        if (!file.close()) reason = last_error();
        if (!problem && !reason) std::filesystem::rename(temporary, path, reason);
        if (reason) fail(reason);
        if (problem) std::remove(temporary.c_str());
        return problem;
    }

private:
    std::string path, temporary;
    OpenFile file;
    Error problem;

    void fail(std::error_code reason) {
        if (!problem) problem = file_error(refusal::cannot_write, path, reason);
    }
};

}}  // namespace aquatint::v0
