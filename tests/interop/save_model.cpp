// SPDX-License-Identifier: BSL-1.0
#include "files.hpp"

#include <aquatint/aquatint.hpp>
#include <aquatint/interop/read_model.hpp>
#include <aquatint/interop/save_model.hpp>

using namespace aquatint;

namespace {

/// A layer of every kind that has parameters.
using Every = Network<Input<Image<8, 8, 4>>, Conv<6, Kernel<3, 5>>, BatchNorm, PRelu, Depthwise<Kernel<3>>, TwoSlopes,
                      Residual<Conv<6, Kernel<3>, Groups<3>>, BatchNorm>, BatchNorm, Flatten, Dense<5>>;
constexpr const char* names[] = {"first", "first_norm", "prelu", "depth", "slopes", "inner", "inner_norm", "norm", "last"};

FloatModel some_model() {
    FloatModel model;
    float next = 0;
    const auto some = [&](Size count) {
        std::vector<float> values(count);
        for (float& value : values) value = next += 0.25f;
        return values;
    };
    model.layers.resize(std::size(names));
    const auto product = [&](Size i, Size weights, Size biases) {
        model.layers[i].weight = some(weights);
        model.layers[i].bias = some(biases);
    };
    product(0, 6 * 4 * 3 * 5, 6);
    product(3, 6 * 9, 0);
    product(5, 6 * 2 * 9, 0);
    product(8, 5 * 6 * 64, 5);
    for (const Size i : {1u, 6u, 7u})
        for (auto* values : {&model.layers[i].gamma, &model.layers[i].beta, &model.layers[i].mean, &model.layers[i].variance})
            *values = some(6);
    for (auto* values : {&model.layers[2].negative, &model.layers[4].positive, &model.layers[4].negative}) *values = some(6);
    return model;
}
std::string refusal_of(const FloatModel& model, VectorView<const char* const> prefixes = names) {
    const ::Folder folder;
    const std::string message = save_model<Every>(folder / "model.safetensors", model, prefixes).message().c_str();
    CHECK(folder.files() == (message.empty() ? 1 : 0));
    return message;
}

}  // namespace

TEST_CASE("what save_model writes, read_model reads, tensor by tensor, in the shapes of PyTorch") {
    const ::Folder folder;
    const std::string path = folder / "model.safetensors";
    const FloatModel model = some_model();
    REQUIRE(save_model<Every>(path, model, names).message() == "");
    const Result<FileBytes> bytes = read_file(path);
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    REQUIRE(file.problem.message() == "");
    FloatModel read;
    REQUIRE(read_model<Every>(read, *file, names).message() == "");
    REQUIRE(read.layers.size() == model.layers.size());
    for (Size i = 0; i < model.layers.size(); ++i) {
        const FloatLayer &a = read.layers[i], &b = model.layers[i];
        CAPTURE(names[i]);
        CHECK((a.weight == b.weight && a.bias == b.bias && a.gamma == b.gamma && a.beta == b.beta && a.mean == b.mean &&
               a.variance == b.variance && a.positive == b.positive && a.negative == b.negative));
    }
    CHECK(file->find("first.weight")->shape == Extents{6, 4, 3, 5});
    CHECK(file->find("depth.weight")->shape == Extents{6, 1, 3, 3});
    CHECK(file->find("inner.weight")->shape == Extents{6, 2, 3, 3});
    CHECK(file->find("last.weight")->shape == Extents{5, 384});
    CHECK(file->find("norm.running_var")->shape == Extents{6});
    CHECK(file->find("depth.bias").problem);
    CHECK(file->size() == 21);
}

TEST_CASE("a model that a file cannot hold is refused, and no file is left") {
    FloatModel model = some_model();
    CHECK(refusal_of(model) == "");
    CHECK(refusal_of(model, {names, 8}) ==
          "names: the table of names has another number of layers than the network; expected 9, found 8");
    model.layers[1].epsilon = 1e-3f;
    CHECK(refusal_of(model) == "first_norm: a file of float weights has no place for an epsilon other than 1e-5");
    model = some_model();
    model.layers[5].activation_known = true;
    CHECK(refusal_of(model) == "inner: a file of float weights has no place for levels of activations");
    model = some_model();
    model.layers[8].weight.pop_back();
    CHECK(refusal_of(model) ==
          "last.weight: a tensor has another number of elements than the network's type says; expected 1920, found 1919");
    model.layers.pop_back();
    CHECK(refusal_of(model) ==
          "model: the model has another number of layers with parameters than the network; expected 9, found 8");
}

TEST_CASE("a file without a tensor of the network is refused by its name") {
    const ::Folder folder;
    const std::string path = folder / "model.safetensors";
    REQUIRE(save_model<Every>(path, some_model(), names).message() == "");
    const Result<FileBytes> bytes = read_file(path);
    const Result<Safetensors> file = safetensors(bytes->data(), bytes->size());
    constexpr const char* others[] = {"first", "first_norm", "prelu", "depth", "slopes", "inner", "outer_norm", "norm", "last"};
    FloatModel read;
    const Error problem = read_model<Every>(read, *file, others);
    CHECK(std::string(problem.tensor.c_str()) == "outer_norm.weight");
    CHECK(read_model<Every>(read, *file, {names, 3}).message() ==
          "names: the table of names has another number of layers than the network; expected 9, found 3");
}
