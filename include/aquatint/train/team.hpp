// SPDX-License-Identifier: BSL-1.0
// A team of threads that stays together over many short pieces of work. Results do not depend on how many there are.
#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include <aquatint/base/config.hpp>
#include <aquatint/base/integers.hpp>

namespace aquatint { inline namespace AQUATINT_TARGET { namespace train {

/// Work is cut into pieces whose number the caller chooses, never the team; a piece that accumulates something has its own place
/// for it, and these are added up in the order of the pieces.
class Team {
public:
    /// 0: as many as the machine has.
    explicit Team(Size thread_count = 0) {
        if (thread_count == 0) thread_count = most(std::thread::hardware_concurrency(), 1u);
        for (Size i = 1; i < thread_count; ++i) helpers.emplace_back([this, i] { help(i); });
    }
    ~Team() {
        {
            const std::lock_guard<std::mutex> lock(mutex);
            stopping = true;
        }
        begin.notify_all();
        for (std::thread& helper : helpers) helper.join();
    }
    Team(const Team&) = delete;
    Team& operator=(const Team&) = delete;

    Size size() const { return helpers.size() + 1; }

    /// Calls `work(piece, thread)` for every piece; `thread` is below size(), for scratch memory.
    void run(Size count, const std::function<void(Size, Size)>& work) {
        if (helpers.empty() || count <= 1) {
            for (Size piece = 0; piece < count; ++piece) work(piece, 0);
            return;
        }
        {
            const std::lock_guard<std::mutex> lock(mutex);
            current = &work;
            pieces = count;
            next = 0;
            busy = helpers.size();
            ++round;
        }
        begin.notify_all();
        take_pieces(work, 0);
        std::unique_lock<std::mutex> lock(mutex);
        end.wait(lock, [this] { return busy == 0; });
    }

private:
    std::vector<std::thread> helpers;
    std::mutex mutex;
    std::condition_variable begin, end;
    const std::function<void(Size, Size)>* current = nullptr;
    std::atomic<Size> next{0};
    Size pieces = 0, busy = 0;
    UInt64 round = 0;
    bool stopping = false;

    void take_pieces(const std::function<void(Size, Size)>& work, Size thread) {
        for (Size piece = next++; piece < pieces; piece = next++) work(piece, thread);
    }
    void help(Size thread) {
        UInt64 seen = 0;
        for (;;) {
            const std::function<void(Size, Size)>* work = nullptr;
            {
                std::unique_lock<std::mutex> lock(mutex);
                begin.wait(lock, [&] { return stopping || round != seen; });
                if (stopping) return;
                seen = round;
                work = current;
            }
            take_pieces(*work, thread);
            const std::lock_guard<std::mutex> lock(mutex);
            if (--busy == 0) end.notify_one();
        }
    }
};

}}}  // namespace aquatint::train
