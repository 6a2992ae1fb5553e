// Several cells on top of each other, as one cell.
#pragma once

#include "tfjs/layers/rnn_cell.h"

namespace tfjs::layers {

struct StackedRNNCellsOptions {
  std::vector<LayerPtr> cells = {};  ///< first the one that sees the input
  std::string name = {};
  bool trainable = true;
};

/// The state list is in reverse order of the cells: the last cell's states come first.
/// Errors: InvalidArgument for no cells, or a layer that is none.
LayerPtr stacked_rnn_cells(StackedRNNCellsOptions options);

}  // namespace tfjs::layers
