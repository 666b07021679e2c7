// SPDX-License-Identifier: BSL-1.0
// The list of trainings that cifar10_train keeps beside its checkpoints.
#include "../../examples/cifar10/train/run_list.cpp"

#include <doctest/doctest.h>

namespace {

std::string content(const std::filesystem::path& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}
/// Without the times.
std::string lines_of(const std::filesystem::path& file) {
    std::string text = content(file);
    for (std::size_t at = 0; (at = text.find("  20", at)) != text.npos;) text.replace(at + 2, 16, "now");
    return text;
}

}  // namespace

TEST_CASE("a line for each checkpoint of the folder, set anew where a training stands elsewhere") {
    const std::filesystem::path folder = std::filesystem::temp_directory_path() / "aquatint_test_runs";
    std::filesystem::remove_all(folder);
    std::filesystem::create_directories(folder);
    const std::string one = (folder / "one.checkpoint").string(), two = (folder / "two  b").string();
    cifar10::record_run("", "nothing", {});
    cifar10::record_run(one, "train --rate 0.1", {"trains", "0 of 3", ""});
    cifar10::record_run(two, "train\n--rate\t0.2", {"trains", "1 of 30", "50.00 %"});
    cifar10::record_run(one, "train --rate 0.1", {"trains", "1 of 3", "40.00 %"});
    CHECK(lines_of(folder / "runs.txt") == "checkpoint      state   epochs   test     at (UTC)          command\n"
                                           "one.checkpoint  trains  1 of 3   40.00 %  now  train --rate 0.1\n"
                                           "two b           trains  1 of 30  50.00 %  now  train --rate 0.2\n");
    cifar10::record_run(one, "train  --rate 0.1", {"failed", "", ""});
    CHECK(lines_of(folder / "runs.txt") == "checkpoint      state   epochs   test     at (UTC)          command\n"
                                           "one.checkpoint  failed  1 of 3   40.00 %  now  train --rate 0.1\n"
                                           "two b           trains  1 of 30  50.00 %  now  train --rate 0.2\n");
    std::ofstream(folder / "runs.txt") << "whatever somebody wrote\n\nx  y\n";
    cifar10::record_run(one, "c", {"done", "3 of 3", ""});
    CHECK(content(folder / "runs.txt").find("one.checkpoint") != std::string::npos);
    CHECK(std::distance(std::filesystem::directory_iterator(folder), std::filesystem::directory_iterator()) == 1);
    std::filesystem::remove_all(folder);
}
