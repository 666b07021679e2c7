// SPDX-License-Identifier: BSL-1.0
// The trained networks: their files, and the names in them of the layers with parameters, in the order of the network's type.
#pragma once

namespace cifar10 {

/// Y. Idelbayev's ResNet-20 (github.com/akamaster/pytorch_resnet_cifar10), 91.73 % of the test images right.
inline constexpr const char* float_file = "resnet20_cifar10/resnet20.safetensors";
inline constexpr const char* float_layers[] = {
    "conv1", "bn1",
    "layer1.0.conv1", "layer1.0.bn1", "layer1.0.conv2", "layer1.0.bn2",
    "layer1.1.conv1", "layer1.1.bn1", "layer1.1.conv2", "layer1.1.bn2",
    "layer1.2.conv1", "layer1.2.bn1", "layer1.2.conv2", "layer1.2.bn2",
    "layer2.0.conv1", "layer2.0.bn1", "layer2.0.conv2", "layer2.0.bn2",
    "layer2.1.conv1", "layer2.1.bn1", "layer2.1.conv2", "layer2.1.bn2",
    "layer2.2.conv1", "layer2.2.bn1", "layer2.2.conv2", "layer2.2.bn2",
    "layer3.0.conv1", "layer3.0.bn1", "layer3.0.conv2", "layer3.0.bn2",
    "layer3.1.conv1", "layer3.1.bn1", "layer3.1.conv2", "layer3.1.bn2",
    "layer3.2.conv1", "layer3.2.bn1", "layer3.2.conv2", "layer3.2.bn2",
    "linear",
};

/// The binary one of AdaBin (github.com/huawei-noah/Efficient-Computing, BinaryNetworks/AdaBin), 88.0 %.
inline constexpr const char* binary_file = "resnet20_binary_adabin/resnet20_1w1a.safetensors";

/// What both trainings subtracted from a colour and divided it by, each of them a number from 0 to 1.
inline constexpr float trained_mean[] = {0.485f, 0.456f, 0.406f};
inline constexpr float trained_deviation[] = {0.229f, 0.224f, 0.225f};

}  // namespace cifar10
