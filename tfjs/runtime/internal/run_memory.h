// What one run of a plan writes to: its arena, and the pointers that the kernels get. Runs that go
// on at once have one each; a pool keeps them for the next runs.
#pragma once

#include <memory>
#include <mutex>
#include <vector>

#include "tfjs/runtime/internal/memory_plan.h"
#include "tfjs/runtime/internal/output_buffer.h"
#include "tfjs/runtime/internal/plan_layout.h"
#include "tfjs/runtime/parallel.h"

namespace tfjs::runtime::internal {

/// An entry of RunMemory::pointers that changes from run to run.
struct Patch {
  std::size_t pointer;
  std::size_t index;
};

/// The pointers of all steps, one after the other: inputs of step 0, outputs of step 0, inputs of
/// step 1, ...
struct PointerTable {
  struct StepPointers {
    std::size_t inputs;   ///< the first input's entry
    std::size_t outputs;  ///< the first output's entry
  };
  PointerTable() = default;
  PointerTable(const program::Program& program, const PlanLayout& layout);

  std::vector<Place> places;  ///< per entry
  std::vector<StepPointers> steps;
  std::vector<Patch> from_inputs;   ///< entries that are program input `index`
  std::vector<Patch> from_buffers;  ///< entries that are fresh buffer `index`
};

struct RunMemory {
  /// Fills in every pointer that does not depend on the run.
  RunMemory(const program::Program& program, const PlanLayout& layout, const PointerTable& table);

  std::shared_ptr<std::byte> arena;
  std::vector<void*> pointers;
  std::vector<OutputBuffer> buffers;
  std::unique_ptr<Parallel> parallel;
  int threads = 0;  ///< what `parallel` was made for
};

class RunMemoryPool {
 public:
  RunMemoryPool();
  /// An idle one, or null: the caller makes one.
  std::unique_ptr<RunMemory> take();
  void give_back(std::unique_ptr<RunMemory> memory);

 private:
  std::mutex mutex_;
  std::vector<std::unique_ptr<RunMemory>> idle_;
};

}  // namespace tfjs::runtime::internal
