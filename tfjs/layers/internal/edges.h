// Reads, writes and checks the edges that Cropping and ZeroPadding take.
#pragma once

#include <vector>

#include "tfjs/layers/edge.h"
#include "tfjs/layers/layer.h"

namespace tfjs::layers {

/// Reads or writes `count` edges: [1, 2] for one axis, [[1, 1], [2, 2]] for more. Reading, one
/// number n stands for [n, n] and one number alone for all axes.
void describe_edges(Config& c, const char* key, std::vector<Edge>& edges, std::size_t count);

/// `count` edges of at least 0; a single one is repeated for all. Errors: InvalidArgument naming
/// the layer.
void check_edges(const Layer& layer, const char* option, std::vector<Edge>& edges,
                 std::size_t count);

}  // namespace tfjs::layers
