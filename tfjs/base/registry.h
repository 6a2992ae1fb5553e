// Names to things. A lookup that fails says what was asked for and which names come close.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tfjs/base/error.h"

namespace tfjs {

/// The names of `known` nearest to `asked` (edit distance, case ignored), best first, at most
/// three.
std::vector<std::string> close_names(std::string_view asked, const std::vector<std::string>& known);

/// " (did you mean 'Dense' or 'Dot'?)", or "" when nothing is close.
std::string did_you_mean(std::string_view asked, const std::vector<std::string>& known);

template <class T>
class Registry {
 public:
  /// `what` names the kind of thing in messages: "layer class".
  explicit Registry(std::string what) : what_(std::move(what)) {}

  /// Adds or replaces.
  void add(std::string_view name, T value) {
    entries_.insert_or_assign(std::string(name), std::move(value));
  }

  const T* find(std::string_view name) const {
    auto it = entries_.find(name);
    return it == entries_.end() ? nullptr : &it->second;
  }

  /// Errors: NotFound naming what was asked for and the close names.
  const T& get(std::string_view name) const {
    if (const T* found = find(name)) return *found;
    throw not_found("unknown ", what_, " ", ::tfjs::quoted(name), did_you_mean(name, names()));
  }

  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& [name, value] : entries_) out.push_back(name);
    return out;
  }

 private:
  std::string what_;
  std::map<std::string, T, std::less<>> entries_;
};

}  // namespace tfjs
