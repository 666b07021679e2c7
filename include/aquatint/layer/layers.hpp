// SPDX-License-Identifier: BSL-1.0
// All layers.
#pragma once

#include <aquatint/layer/average_pool.hpp>
#include <aquatint/layer/batch_norm.hpp>
#include <aquatint/layer/concat.hpp>
#include <aquatint/layer/conv.hpp>
#include <aquatint/layer/dense.hpp>
#include <aquatint/layer/depthwise.hpp>
#include <aquatint/layer/flatten.hpp>
#include <aquatint/layer/global_average.hpp>
#include <aquatint/layer/input.hpp>
#include <aquatint/layer/leaky_relu.hpp>
#include <aquatint/layer/max_pool.hpp>
#include <aquatint/layer/prelu.hpp>
#include <aquatint/layer/quantized.hpp>
#include <aquatint/layer/relu.hpp>
#include <aquatint/layer/relu6.hpp>
#include <aquatint/layer/residual.hpp>
#include <aquatint/layer/sequential.hpp>
#include <aquatint/layer/softmax.hpp>
#include <aquatint/layer/two_slopes.hpp>
