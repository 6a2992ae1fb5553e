// Models in a store that show a mix of two saves: every value and the topology follow from one
// number.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <string>

#include "tfjs/io/handlers/stores.h"
#include "tfjs/io/internal/test_support.h"

namespace tfjs::io {

/// 2.8 MB, more than SQLite's cache.
inline constexpr std::int64_t kRowsBeyondCache = 350000;

inline void save_whole(const std::string& store, const std::string& name, int number,
                       std::int64_t rows) {
  indexed_db(name, {.store = store})->save(small_model(static_cast<float>(number), rows), {}).get();
}

/// Loads a model and returns its number; -1, which also fails the test, when it is not one whole
/// save.
inline int load_whole(const std::string& store, const std::string& name) {
  const ModelArtifacts model = indexed_db(name, {.store = store})->load({}).get();
  const double number = model.model_topology.at("value", "topology").as_number("value");
  for (const NamedTensor& weight : decode_weights(model.weight_specs, model.weight_data)) {
    for (float value : weight.tensor.data<float>()) {
      if (value != number) {
        ADD_FAILURE() << weight.name << " holds " << value << " in the model of " << number;
        return -1;
      }
    }
  }
  return static_cast<int>(number);
}

/// Runs `work` in a process of its own, which exits with what it returns, or 1 after an error.
template <class Work>
pid_t start_process(Work work) {
  const pid_t child = ::fork();
  if (child != 0) return child;
  int code = 1;
  try {
    code = work();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "process: %s\n", error.what());
  }
  ::_exit(code);
}

/// Waits for a process and returns its status as waitpid(2) gives it.
inline int status_of(pid_t process) {
  int status = -1;
  EXPECT_EQ(::waitpid(process, &status, 0), process);
  return status;
}

}  // namespace tfjs::io
