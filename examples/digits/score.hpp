// SPDX-License-Identifier: BSL-1.0
// What a network makes of the test images: right and wrong, and in which time.
#pragma once

#include "images.hpp"

#include <algorithm>
#include <aquatint/network/infer.hpp>
#include <ctime>

namespace digits {

struct Score {
    std::string name;
    Size bytes = 0;                ///< of the stored parameters
    std::vector<Byte> answers;     ///< [count]
    std::vector<float> outputs;    ///< [count][class_count]
    Size correct = 0;
    double microseconds = 0;       ///< an image, in processor time: the median over groups of images
    Size confusion[class_count][class_count]{};   ///< [truth][answer]
};

/// `network(pixels)` gives class_count numbers; it is called in this thread, image by image.
template <class Function>
Score examine(std::string name, Size bytes, const Images& images, Function network) {
    constexpr Size group = 100;
    Score score;
    score.name = std::move(name);
    score.bytes = bytes;
    std::vector<double> times;
    for (Size first = 0; first < images.count(); first += group) {
        const Size last = std::min(first + group, images.count());
        const std::clock_t begin = std::clock();
        for (Size i = first; i < last; ++i) {
            const aquatint::VectorView<const float> outputs = network(images[i]);
            score.answers.push_back(static_cast<Byte>(aquatint::argmax(outputs)));
            score.outputs.insert(score.outputs.end(), outputs.begin(), outputs.end());
        }
        times.push_back(1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / static_cast<double>(last - first));
    }
    for (Size i = 0; i < images.count(); ++i) ++score.confusion[images.labels[i]][score.answers[i]];
    for (Size digit = 0; digit < class_count; ++digit) score.correct += score.confusion[digit][digit];
    const auto middle = times.begin() + std::ssize(times) / 2;
    std::nth_element(times.begin(), middle, times.end());
    score.microseconds = *middle;
    return score;
}

}  // namespace digits
