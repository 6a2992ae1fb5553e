#include "tfjs/runtime/internal/run_memory.h"

namespace tfjs::runtime::internal {
namespace {

// More runs at once than this are rare, and what they leave behind would only be memory held.
constexpr std::size_t kMostIdle = 16;

}  // namespace

PointerTable::PointerTable(const program::Program& program, const PlanLayout& layout) {
  const auto add = [&](program::ValueId id) {
    const Place& place = layout.places[id];
    if (place.kind == Place::Kind::Input) from_inputs.push_back({places.size(), place.index});
    if (place.kind == Place::Kind::Buffer) from_buffers.push_back({places.size(), place.index});
    places.push_back(place);
  };
  steps.reserve(program.steps.size());
  for (const program::Step& step : program.steps) {
    const std::size_t inputs = places.size();
    for (program::ValueId id : step.inputs) add(id);
    steps.push_back({inputs, places.size()});
    for (program::ValueId id : step.outputs) add(id);
  }
}

RunMemory::RunMemory(const program::Program& program, const PlanLayout& layout,
                     const PointerTable& table)
    : arena(allocate_aligned(layout.arena_bytes, kArenaAlignment)) {
  pointers.reserve(table.places.size());
  for (const Place& place : table.places) {
    void* pointer = nullptr;
    if (place.kind == Place::Kind::Arena) pointer = arena.get() + place.index;
    if (place.kind == Place::Kind::Constant) {
      // Kernels get constants among their inputs only and read them. One that the plan has let go
      // is not read.
      const Tensor& constant = program.values[place.index].constant;
      if (!constant.is_empty()) pointer = const_cast<void*>(constant.raw_data());
    }
    pointers.push_back(pointer);
  }
  buffers.reserve(layout.buffers.size());
}

RunMemoryPool::RunMemoryPool() {
  idle_.reserve(kMostIdle);  // so that giving back never fails
}

std::unique_ptr<RunMemory> RunMemoryPool::take() {
  std::lock_guard lock(mutex_);
  if (idle_.empty()) return nullptr;
  std::unique_ptr<RunMemory> memory = std::move(idle_.back());
  idle_.pop_back();
  return memory;
}

void RunMemoryPool::give_back(std::unique_ptr<RunMemory> memory) {
  memory->buffers.clear();
  std::lock_guard lock(mutex_);
  if (idle_.size() < kMostIdle) idle_.push_back(std::move(memory));
}

}  // namespace tfjs::runtime::internal
