// The model zoo: small models with golden inputs and outputs, made with TensorFlow.js 4.22.0
// (tests/fixtures/zoo/README.md).
#pragma once

#include <cmath>
#include <filesystem>
#include <string>
#include <vector>

#include "tfjs/platform/clock.h"
#include "tfjs/platform/files.h"
#include "tfjs/tfjs.h"

namespace tfjs::zoo {

inline std::filesystem::path folder() {
  return std::filesystem::path(TFJS_SOURCE_DIR) / "tests" / "fixtures" / "zoo";
}

/// A tensor of a case: its file, and the name or values the case gives.
struct Golden {
  std::string name;
  Tensor tensor;
};

struct Case {
  std::filesystem::path path;
  Json json;

  std::string text(const char* key) const {
    const Json* value = json.find(key);
    return value != nullptr && value->is_string() ? value->as_string(key) : "";
  }
  double number(const char* key) const { return json.at(key, "case.json").as_number(key); }
  std::string model() const { return (path / "model.json").string(); }

  /// The tensors listed under `key`; with `prefix`, their files are called prefix + file.
  std::vector<Golden> tensors(const char* key) const {
    std::vector<Golden> out;
    const Json* list = json.find(key);
    if (list == nullptr) return out;
    for (const Json& entry : list->as_array(key)) {
      const Json* name = entry.find("name");
      const Json* file = entry.find("file");
      Golden golden;
      if (name != nullptr) golden.name = name->as_string("name");
      if (file != nullptr) {
        golden.tensor = io::read_npy_file((path / file->as_string("file")).string());
      } else {
        std::vector<std::string> values;
        for (const Json& value : entry.at("values_utf8", "case.json").as_array("values_utf8"))
          values.push_back(value.as_string("value"));
        const auto count = static_cast<std::int64_t>(values.size());
        golden.tensor = Tensor::of(std::move(values), {count});
      }
      out.push_back(std::move(golden));
    }
    return out;
  }

  std::vector<Tensor> inputs() const {
    std::vector<Tensor> out;
    for (Golden& golden : tensors("inputs")) out.push_back(std::move(golden.tensor));
    return out;
  }

  bool strict() const {
    const Json* options = json.find("loadOptions");
    const Json* strict = options == nullptr ? nullptr : options->find("strict");
    return strict == nullptr || strict->as_bool("strict");
  }

  LayersModel load() const { return load_layers_model(model(), {.strict = strict()}).get(); }
};

inline Json read_json(const std::filesystem::path& path) {
  const auto folder = platform::files().open_folder(path.parent_path().string());
  const Bytes bytes = folder->open_file(path.filename().string());
  return parse_json(bytes.text(), path.string());
}

inline Case open(const std::string& name) {
  Case found{folder() / name, {}};
  found.json = read_json(found.path / "case.json");
  return found;
}

/// The cases in `sub` ("" or "io") whose case.json has `kind` `wanted`, by name.
inline std::vector<std::string> cases(const std::string& sub,
                                      const std::vector<std::string>& kinds) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder() / sub)) {
    if (!std::filesystem::exists(entry.path() / "case.json")) continue;
    const std::string kind = read_json(entry.path() / "case.json").at("kind", "").as_string("kind");
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end())
      names.push_back((std::filesystem::path(sub) / entry.path().filename()).string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

/// "" when every element of `got` is within atol + rtol * |wanted|, else what is wrong.
inline std::string difference(const Tensor& got, const Tensor& wanted, double atol, double rtol) {
  if (got.spec() != wanted.spec()) return cat("expected ", wanted.spec(), ", got ", got.spec());
  if (wanted.dtype() == DType::String)
    return got.string_values() == wanted.string_values() ? "" : "strings differ";
  if (wanted.dtype() != DType::Float32) {
    const auto a = got.bytes().span(), b = wanted.bytes().span();
    return std::equal(a.begin(), a.end(), b.begin(), b.end()) ? "" : "elements differ";
  }
  const auto a = got.data<float>(), b = wanted.data<float>();
  for (std::size_t i = 0; i < b.size(); ++i) {
    if (std::isnan(a[i]) && std::isnan(b[i])) continue;
    if (a[i] == b[i]) continue;  // infinities too
    if (!(std::abs(double{a[i]} - double{b[i]}) <= atol + rtol * std::abs(double{b[i]})))
      return cat("element ", i, ": expected ", b[i], ", got ", a[i]);
  }
  return "";
}

}  // namespace tfjs::zoo
