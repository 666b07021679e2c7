// SPDX-License-Identifier: BSL-1.0
// A batch of ResNet-20 in training, forward and back, in float and with two learned bits; one thread, as all rows.
#include "../../examples/cifar10/resnet20.hpp"
#include "../harness/require.hpp"
#include "../harness/rows.hpp"

#include <aquatint/train.hpp>

namespace bench {

namespace {

using namespace aquatint;

constexpr Size batch = 32, classes = 10;

template <class Net>
class TrainingBatch {
public:
    TrainingBatch() {
        train::Random random(5);
        for (float& input : inputs) input = static_cast<float>(random.normal());
        for (float& parameter : model.learned.parameters) parameter += 0.02f * static_cast<float>(random.normal());
        train::start_quantizers(engine, batch, input());
    }
    void run() { loss = step(gradient); }
    /// The gradient of the last layer, behind all quantizers, is the difference of losses a little further on.
    Verdict check() {
        const train::Span span = model.spans().steps.back().weight;
        double square = 0;
        for (Size i = 0; i < span.size; ++i)
            square += static_cast<double>(gradient[span.first + i]) * static_cast<double>(gradient[span.first + i]);
        const train::Learned before = model.learned;
        const double distance = 0.01 / square;   // the loss, a sum over the batch, falls by a hundredth
        for (Size i = 0; i < span.size; ++i)
            model.learned.parameters[span.first + i] -=
                static_cast<float>(distance * static_cast<double>(gradient[span.first + i]));
        std::vector<float> unused;
        model.learned.state = before.state;
        const double fallen = loss - step(unused);
        model.learned = before;
        return std::fabs(fallen - 0.01) < 0.001 ? Verdict::close : Verdict::wrong;
    }

private:
    train::Model<Net> model{train::Seed{1}};
    train::Engine engine{model.description(), model.spans(), model.learned, 1};
    std::vector<float> inputs = std::vector<float>(batch * Net::input_shape.elements()), gradient;
    double loss = 0;

    train::FillInput input() const {
        return [this](Size sample, float* to) {
            std::copy_n(inputs.data() + sample * Net::input_shape.elements(), Net::input_shape.elements(), to);
        };
    }
    double step(std::vector<float>& to) {
        engine.prepare();
        engine.forward(batch, input(), train::Statistics::batch);
        return engine
            .backward(
                batch,
                [](Size sample, const float* outputs, float* of_outputs, Size& correct) {
                    correct += train::largest_of(outputs, classes) == sample % classes ? 1u : 0u;
                    return train::cross_entropy(outputs, classes, sample % classes, 0, 1, of_outputs);
                },
                to)
            .loss;
    }
};

template <class Net>
void add_row(const char* name, std::vector<RowPlan>& rows) {
    rows.push_back({name, [] {
                        const auto ours = std::make_shared<TrainingBatch<Net>>();
                        // Forward, gradient of inputs, gradient of weights; the first layer's inputs have none.
                        constexpr Size first = Net::graph.plan(Net::graph.steps[1]).multiplications();
                        const double products =
                            3.0 * static_cast<double>(cost<Net>.multiply_accumulates) - static_cast<double>(first);
                        Row row{2 * products * static_cast<double>(batch), "float", 0, {}};
                        row.contestants.push_back(
                            {"aquatint", Role::ours, repeated([ours] { ours->run(); }), [ours] { return ours->check(); }});
                        return row;
                    }});
}

using Full = Precision<Real, Real>;

}  // namespace

void add_training_rows(std::vector<RowPlan>& rows) {
    add_row<FullPrecision<cifar10::ResNet20<Full, Full>>>("train/float/resnet20", rows);
    add_row<cifar10::ResNet20<Precision<LearnedBasis<2>, LearnedBasis<2>>, Full>>("train/W2A2-learned/resnet20", rows);
}

}  // namespace bench
