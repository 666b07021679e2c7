// SPDX-License-Identifier: BSL-1.0
// Sets of samples whose distributions are known: quantiles, so that nothing is left to chance.
#pragma once

#include <aquatint/base/integers.hpp>
#include <cmath>
#include <vector>

namespace samples {

using Samples = std::vector<float>;

template <class Inverse>
Samples quantiles(aquatint::Size count, Inverse inverse) {
    Samples all(count);
    for (aquatint::Size i = 0; i < count; ++i)
        all[i] = static_cast<float>(inverse((static_cast<double>(i) + 0.5) / static_cast<double>(count)));
    return all;
}

inline double gaussian_quantile(double probability) {
    double low = -9, high = 9;
    for (int i = 0; i < 45; ++i) {
        const double middle = (low + high) / 2;
        (std::erfc(-middle / std::sqrt(2.0)) / 2 < probability ? low : high) = middle;
    }
    return low;
}
inline Samples gaussian(aquatint::Size count) { return quantiles(count, gaussian_quantile); }
inline Samples laplace(aquatint::Size count) {
    return quantiles(count, [](double p) { return p < 0.5 ? std::log(2 * p) : -std::log(2 - 2 * p); });
}
inline Samples even(aquatint::Size count) {
    return quantiles(count, [](double p) { return 2 * p - 1; });
}
inline Samples after_relu(aquatint::Size count) {
    return quantiles(count, [](double p) { return std::fmax(0.0, gaussian_quantile(p)); });
}
inline Samples shifted(aquatint::Size count) {
    return quantiles(count, [](double p) { return 0.3 + 0.5 * gaussian_quantile(p); });
}
/// One value a hundred times as large as the others.
inline Samples with_outlier(aquatint::Size count) {
    Samples all = gaussian(count);
    all[count / 3] = 100;
    return all;
}
inline std::vector<Samples> various(aquatint::Size count) {
    return {gaussian(count), laplace(count), even(count), after_relu(count), shifted(count), with_outlier(count)};
}

}  // namespace samples
