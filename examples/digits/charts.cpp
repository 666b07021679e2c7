// SPDX-License-Identifier: BSL-1.0
// Where things stand in each drawing.
#include "charts.hpp"

#include "svg.hpp"

#include <aquatint/report/table.hpp>

namespace digits {

namespace {

constexpr double page_width = 720;

struct Box {
    double left, top, width, height;
};

/// One quantity over the epochs of both trainings, from `low` to `high`.
void draw_curve(Svg& svg, Box box, const char* title, const std::vector<double>& first, const std::vector<double>& second,
                double low, double high, int digits) {
    const auto epochs = static_cast<double>(first.size() + second.size());
    const auto x = [&](double epoch) { return box.left + box.width * epoch / epochs; };
    const auto y = [&](double number) { return box.top + box.height * (high - std::clamp(number, low, high)) / (high - low); };
    svg.text({box.left, box.top - 10}, title);
    for (const double number : {low, (low + high) / 2, high}) {
        svg.line({box.left, y(number)}, {box.left + box.width, y(number)}, {grey, .4});
        svg.text({box.left - 6, y(number) + 4}, short_number(number, digits), Anchor::end);
    }
    double epoch = 0;
    const std::pair<const std::vector<double>*, const char*> parts[] = {{&first, blue}, {&second, orange}};
    for (const auto& [numbers, colour] : parts) {
        std::vector<Position> points;
        for (const double number : *numbers) points.push_back({x(++epoch), y(number)});
        svg.path(points, {colour});
    }
    svg.text({x(static_cast<double>(first.size()) / 2), box.top + box.height + 18}, "in float", Anchor::middle, {blue});
    svg.text({x(static_cast<double>(first.size()) + static_cast<double>(second.size()) / 2), box.top + box.height + 18},
             "in two bits", Anchor::middle, {orange});
}

std::vector<double> each(const Curve& curve, double Epoch::*quantity) {
    std::vector<double> numbers;
    for (const Epoch& epoch : curve) numbers.push_back(epoch.*quantity);
    return numbers;
}

void draw_weights(Svg& svg, Box box, const LayerView& layer) {
    constexpr Size bins = 96;
    constexpr double reach = 1.5;   // outermost levels at -1 and 1
    Size counts[bins]{}, most = 1;
    for (const float weight : layer.weights) {
        const double place = (static_cast<double>(weight) + reach) / (2 * reach) * bins;
        if (place >= 0 && place < bins) most = std::max(most, ++counts[static_cast<Size>(place)]);
    }
    const auto x = [&](double number) { return box.left + box.width * (number + reach) / (2 * reach); };
    const double step = box.width / bins, ground = box.top + box.height;
    std::vector<Position> outline{{box.left, ground}};
    for (Size i = 0; i < bins; ++i) {
        const double left = box.left + step * static_cast<double>(i),
                     y = ground - box.height * static_cast<double>(counts[i]) / static_cast<double>(most);
        outline.insert(outline.end(), {{left, y}, {left + step, y}});
    }
    outline.push_back({box.left + box.width, ground});
    svg.area(outline, {blue});
    constexpr Size most_drawn = 16;
    const double opacity = std::max(.06, 1.2 / static_cast<double>(std::max<Size>(layer.levels.size(), 1)));
    for (const std::vector<float>& channel : layer.levels)
        if (channel.size() <= most_drawn)
            for (const float level : channel)
                svg.line({x(static_cast<double>(level)), box.top}, {x(static_cast<double>(level)), box.top + box.height},
                         {orange, opacity}, 1.5);
    svg.line({box.left, box.top + box.height}, {box.left + box.width, box.top + box.height});
    for (const double number : {-1.0, 0.0, 1.0})
        svg.text({x(number), box.top + box.height + 16}, short_number(number), Anchor::middle);
    svg.text({box.left, box.top - 24}, layer.name);
    const bool drawn = !layer.levels.empty() && layer.levels.front().size() <= most_drawn;
    svg.text({box.left, box.top - 8},
             aquatint::grouped(layer.weights.size()) + " weights, " + layer.policy +
                 (drawn ? ", " + std::to_string(layer.levels.front().size()) + " levels a channel" : ""));
}

}  // namespace

std::string curves_chart(const Curve& in_float, const Curve& in_two_bits) {
    Svg svg(page_width, 210);
    const std::vector<double> losses[] = {each(in_float, &Epoch::loss), each(in_two_bits, &Epoch::loss)};
    const std::vector<double> shares[] = {each(in_float, &Epoch::test_accuracy), each(in_two_bits, &Epoch::test_accuracy)};
    double most_loss = .1, least_share = 1;
    for (const auto& numbers : losses)
        for (const double number : numbers) most_loss = std::max(most_loss, number);
    for (const auto& numbers : shares)
        for (const double number : numbers) least_share = std::min(least_share, number);
    draw_curve(svg, {40, 30, 290, 150}, "loss on the training images", losses[0], losses[1], 0, std::ceil(most_loss * 10) / 10,
               2);
    draw_curve(svg, {410, 30, 290, 150}, "share of test images read rightly", shares[0], shares[1],
               std::min(std::floor(least_share * 20) / 20, .95), 1, 3);
    return svg.finish();
}

std::string weights_chart(const std::vector<LayerView>& layers) {
    constexpr double row = 190;
    Svg svg(page_width, row * static_cast<double>((layers.size() + 1) / 2));
    for (Size i = 0; i < layers.size(); ++i)
        draw_weights(svg, {i % 2 == 0 ? 10.0 : 380.0, row * static_cast<double>(i / 2) + 44, 330, 110}, layers[i]);
    return svg.finish();
}

std::string sizes_chart(const std::vector<LayerView>& layers) {
    constexpr double row = 52, left = 10, width = 620;
    Size most = 1;
    for (const LayerView& layer : layers) most = std::max({most, layer.float_bytes, layer.bytes});
    Svg svg(page_width, row * static_cast<double>(layers.size()));
    for (Size i = 0; i < layers.size(); ++i) {
        const LayerView& layer = layers[i];
        double top = row * static_cast<double>(i) + 16;
        svg.text({left, top}, layer.name + ": " + layer.policy);
        const std::pair<Size, const char*> bars[] = {{layer.float_bytes, blue}, {layer.bytes, orange}};
        for (const auto& [bytes, colour] : bars) {
            const double length = width * static_cast<double>(bytes) / static_cast<double>(most);
            svg.rectangle({left, top + 4}, std::max(length, 1.0), 12, {colour});
            svg.text({left + length + 6, top + 14}, aquatint::grouped(bytes));
            top += 14;
        }
    }
    return svg.finish();
}

std::string confusion_chart(const Score& score) {
    constexpr double cell = 34, left = 70, top = 40;
    Svg svg(left + cell * class_count + 10, top + cell * class_count + 10);
    svg.text({left + cell * class_count / 2, 14}, "read as", Anchor::middle);
    svg.text({4, top + cell * class_count / 2}, "written");
    for (Size truth = 0; truth < class_count; ++truth) {
        const double y = top + cell * static_cast<double>(truth), x = left + cell * static_cast<double>(truth);
        svg.text({left - 8, y + cell / 2 + 4}, std::to_string(truth), Anchor::end);
        svg.text({x + cell / 2, top - 8}, std::to_string(truth), Anchor::middle);
        Size of_row = 1;
        for (const Size count : score.confusion[truth]) of_row += count;
        for (Size answer = 0; answer < class_count; ++answer) {
            const Size count = score.confusion[truth][answer];
            const Position corner{left + cell * static_cast<double>(answer), y};
            const double share = static_cast<double>(count) / static_cast<double>(of_row),
                         seen = std::min(1.0, std::sqrt(share) * (truth == answer ? 1 : 2));
            svg.rectangle(corner, cell - 1, cell - 1,
                          count == 0 ? Ink{grey, .1} : Ink{truth == answer ? blue : orange, std::max(.15, .8 * seen)});
            if (count != 0)
                svg.text({corner.x + cell / 2, corner.y + cell / 2 + 4}, std::to_string(count), Anchor::middle, {"currentColor"});
        }
    }
    return svg.finish();
}

}  // namespace digits
