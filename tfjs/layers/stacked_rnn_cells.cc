#include "tfjs/layers/stacked_rnn_cells.h"

#include "tfjs/base/error.h"

namespace tfjs::layers {
namespace {

class StackedRnnCells : public RnnCell {
 public:
  StackedRnnCells() = default;
  explicit StackedRnnCells(const StackedRNNCellsOptions& options)
      : RnnCell(BaseOptions{.name = options.name, .trainable = options.trainable}) {
    for (const LayerPtr& cell : options.cells)
      cells_.push_back(as_cell(cell, "stacked_rnn_cells: cells"));
  }

  std::string class_name() const override { return "StackedRNNCells"; }

  void describe_cell(Config& c) override {
    if (c.reading()) {
      Json cells;
      c.json("cells", cells);
      for (const Json& cell : cells.as_array(c.where("cells"))) {
        cells_.push_back(as_cell(c.registry().make(cell, c.where("cells")), c.where("cells")));
      }
      return;
    }
    Json::Array cells;
    for (const RnnCellPtr& cell : cells_) {
      cells.push_back(
          Json::object({{"class_name", cell->class_name()}, {"config", cell->config()}}));
    }
    c.write("cells", Json(std::move(cells)));
  }

  void validate() override {
    if (cells_.empty())
      throw invalid_argument("stacked_rnn_cells ", quoted(name_), ": needs at least one cell");
  }

  void build(const std::vector<Shape>& inputs) override {
    Shape input = inputs.at(0);
    for (std::size_t i = 0; i < cells_.size(); ++i) {
      NameScope scope(cat("RNNCell_", i));
      cells_[i]->ensure_built_unscoped({input});
      input = cells_[i]->output_shape(input);
    }
  }

  std::vector<Shape> state_shapes(const Shape& step_input) const override {
    std::vector<Shape> reversed;
    Shape input = step_input;
    for (const RnnCellPtr& cell : cells_) {
      std::vector<Shape> states = cell->state_shapes(input);
      reversed.insert(reversed.begin(), states.begin(), states.end());
      input = cell->output_shape(input);
    }
    return reversed;
  }

  Shape output_shape(const Shape& step_input) const override {
    Shape shape = step_input;
    for (const RnnCellPtr& cell : cells_) shape = cell->output_shape(shape);
    return shape;
  }

  std::vector<Tensor> step(const Tensor& x, const std::vector<Tensor>& states) override {
    Tensor output = x;
    std::vector<Tensor> reversed;
    std::size_t end = states.size();
    for (const RnnCellPtr& cell : cells_) {
      const std::size_t count = cell->state_shapes(output.shape()).size();
      std::vector<Tensor> fresh =
          cell->step(output, {states.begin() + static_cast<std::ptrdiff_t>(end - count),
                              states.begin() + static_cast<std::ptrdiff_t>(end)});
      end -= count;
      output = fresh[0];
      reversed.insert(reversed.begin(), fresh.begin() + 1, fresh.end());
    }
    reversed.insert(reversed.begin(), output);
    return reversed;
  }

  std::vector<LayerPtr> inner_layers() const override { return {cells_.begin(), cells_.end()}; }

 private:
  std::vector<RnnCellPtr> cells_;
};

}  // namespace

LayerPtr stacked_rnn_cells(StackedRNNCellsOptions options) {
  return finish(std::make_shared<StackedRnnCells>(options));
}
LayerPtr make_StackedRNNCells() {
  return std::make_shared<StackedRnnCells>();
}

}  // namespace tfjs::layers
