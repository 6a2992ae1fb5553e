#include "tfjs/io/model_json.h"

#include <algorithm>
#include <array>
#include <unordered_set>

#include "tfjs/base/ascii.h"
#include "tfjs/base/error.h"
#include "tfjs/io/weight_paths.h"
#include "tfjs/io/weights_codec.h"

namespace tfjs::io {

namespace {

constexpr std::array<std::string_view, 3> kFieldsBeforeManifest = {"format", "generatedBy",
                                                                   "convertedBy"};
constexpr std::array<std::string_view, 5> kFieldsAfterManifest = {
    "signature", "userDefinedMetadata", "modelInitializer", "initializerSignature",
    "trainingConfig"};

bool is_sha256(std::string_view text) {
  return text.size() == 64 && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

FileIntegrity parse_integrity(const Json& value, const std::string& what) {
  FileIntegrity integrity;
  value.as_object(what);
  const Json* length = value.find("byteLength");
  if (length != nullptr && !length->is_null()) {
    const std::int64_t bytes = length->as_integer(cat(what, " byteLength"));
    if (bytes < 0) throw corrupt_data(what, " byteLength must not be negative, got ", bytes);
    integrity.byte_length = static_cast<std::uint64_t>(bytes);
  }
  const Json* sha256 = value.find("sha256");
  if (sha256 != nullptr && !sha256->is_null()) {
    const std::string& digest = sha256->as_string(cat(what, " sha256"));
    if (!is_sha256(digest)) {
      throw corrupt_data(what, " sha256 must be 64 hex digits, got ", quoted(digest));
    }
    integrity.sha256 = lower_case(digest);
  }
  return integrity;
}

/// Adds the files of a manifest group.
void parse_files(const Json& group, const std::string& what, std::vector<WeightFile>& files) {
  const Json::Array& paths = group.at("paths", what).as_array(cat(what, " paths"));
  const std::size_t first = files.size();
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const std::string where = cat(what, " paths[", i, "]");
    files.push_back({checked_weight_path(paths[i].as_string(where), what), {}});
  }
  const Json* integrity = group.find("integrity");
  if (integrity == nullptr || integrity->is_null()) return;
  const Json::Array& entries = integrity->as_array(cat(what, " integrity"));
  if (entries.size() != paths.size()) {
    throw corrupt_data(what, ": integrity has ", entries.size(), " entries for ", paths.size(),
                       " paths");
  }
  for (std::size_t i = 0; i < entries.size(); ++i) {
    files[first + i].integrity = parse_integrity(entries[i], cat(what, " integrity[", i, "]"));
  }
}

void parse_manifest(const Json& manifest, const std::string& what, ModelJson& out) {
  const Json::Array& groups = manifest.as_array(cat(what, ": weightsManifest"));
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string where = cat(what, ": weightsManifest[", i, "]");
    groups[i].as_object(where);
    parse_files(groups[i], where, out.weight_files);
    for (const Json& entry : groups[i].at("weights", where).as_array(cat(where, " weights"))) {
      out.artifacts.weight_specs.push_back(parse_weight_spec(entry, what));
    }
  }
  check_unique_names(out.artifacts.weight_specs, what);
  std::unordered_set<std::string_view> seen;
  for (const WeightFile& file : out.weight_files) {
    if (!seen.insert(file.path).second) {
      throw corrupt_data(what, ": weight path ", quoted(file.path), " is listed twice");
    }
  }
}

Json manifest_json(const std::vector<WeightSpec>& specs,
                   const std::vector<SavedWeightFile>& files) {
  Json::Array paths;
  Json::Array integrity;
  for (const SavedWeightFile& file : files) {
    paths.emplace_back(file.path);
    integrity.push_back(Json::object(
        {{"byteLength", static_cast<double>(file.byte_length)}, {"sha256", file.sha256}}));
  }
  Json::Array weights;
  for (const WeightSpec& spec : specs) weights.push_back(to_json(spec));
  return Json::array({Json::object({{"paths", std::move(paths)},
                                    {"weights", std::move(weights)},
                                    {"integrity", std::move(integrity)}})});
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

ModelJson parse_model_json(std::string_view text, const std::string& what,
                           const JsonLimits& limits) {
  const Json json = parse_json(text, what, limits);
  ModelJson out;
  out.artifacts.origin = what;
  const Json* topology = json.find("modelTopology");
  const Json* manifest = json.find("weightsManifest");
  std::vector<Json::Member> fields;
  for (const Json::Member& member : json.as_object(what)) {
    if (member.first == "modelTopology" || member.first == "weightsManifest") continue;
    fields.push_back(member);
  }
  out.artifacts.fields = Json::Object(std::move(fields));
  if (topology == nullptr && manifest == nullptr) {
    throw corrupt_data(
        what, " is no TensorFlow.js model: it has neither modelTopology nor weightsManifest");
  }
  if (topology != nullptr && !topology->is_null()) {
    topology->as_object(cat(what, ": modelTopology"));
    out.artifacts.model_topology = *topology;
  }
  if (manifest != nullptr && !manifest->is_null()) parse_manifest(*manifest, what, out);
  return out;
}

std::string write_model_json(const ModelArtifacts& artifacts,
                             const std::vector<SavedWeightFile>& files) {
  // Members are joined as text: an integer-like field we do not know must not come before the
  // topology, and the topology need not be copied.
  std::string out = "{";
  const auto add = [&out](std::string_view key, const Json& value) {
    if (out.size() > 1) out.push_back(',');
    out.append(write_json(Json(key)));
    out.push_back(':');
    out.append(write_json(value));
  };
  const auto add_field = [&](std::string_view key) {
    if (const Json* value = artifacts.fields.find(key)) add(key, *value);
  };
  if (!artifacts.model_topology.is_null()) add("modelTopology", artifacts.model_topology);
  for (std::string_view key : kFieldsBeforeManifest) add_field(key);
  add("weightsManifest", manifest_json(artifacts.weight_specs, files));
  for (std::string_view key : kFieldsAfterManifest) add_field(key);
  for (const Json::Member& field : artifacts.fields) {
    if (contains(kFieldsBeforeManifest, field.first) ||
        contains(kFieldsAfterManifest, field.first)) {
      continue;
    }
    add(field.first, field.second);
  }
  out.push_back('}');
  return out;
}

}  // namespace tfjs::io
