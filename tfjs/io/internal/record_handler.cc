#include "tfjs/io/internal/record_handler.h"

#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/base/utf8.h"
#include "tfjs/io/internal/weight_files.h"
#include "tfjs/io/model_record.h"
#include "tfjs/io/weights_codec.h"
#include "tfjs/platform/files.h"
#include "tfjs/platform/record_store.h"

namespace tfjs::io::internal {

namespace {

using platform::RecordStore;

constexpr std::size_t kLongestName = 1024;
constexpr const char* kInfo = "info";
constexpr const char* kModelTopology = "model_topology";
constexpr const char* kWeightSpecs = "weight_specs";
constexpr const char* kModelMetadata = "model_metadata";

std::string space_of(std::string_view scheme) {
  return std::string(scheme.substr(0, scheme.find("://")));
}

std::string path_of(const StoreOptions& options) {
  return options.store.empty() ? default_store_path() : options.store;
}

std::unique_ptr<RecordStore> open_store(const StoreOptions& options) {
  return platform::record_store(path_of(options), options.timeout);
}

void check_name(const std::string& name, std::string_view scheme) {
  if (name.empty()) throw invalid_argument(scheme, " needs a name: ", scheme, "my-model");
  if (name.size() > kLongestName) {
    throw invalid_argument(scheme, ": a name may have ", kLongestName, " bytes, not ", name.size(),
                           ": ", quoted(name));
  }
  if (name.find('\0') != std::string::npos) {
    throw invalid_argument(scheme, ": name ", quoted(name), " contains a NUL character");
  }
  if (!is_utf8(name)) throw invalid_argument(scheme, ": name ", quoted(name), " is not UTF-8");
}

std::string take_record_text(platform::RecordTexts& texts, const char* name,
                             const std::string& what) {
  const auto text = texts.find(name);
  if (text == texts.end()) throw corrupt_data(what, ": its text '", name, "' is missing");
  return std::move(text->second);
}

class RecordHandler : public IOHandler {
 public:
  RecordHandler(std::string_view scheme, std::string name, StoreOptions options)
      : scheme_(scheme), name_(std::move(name)), options_(std::move(options)) {}

  std::string description() const override { return cat(scheme_, name_); }
  bool can_remove() const override { return true; }
  std::string place() const override {
    return cat(scheme_, platform::files().resolve(path_of(options_)), '/', name_);
  }

  Future<ModelArtifacts> load(const LoadOptions& options) override {
    return Future<ModelArtifacts>::from([&] { return load_now(options); });
  }
  Future<SaveResult> save(const ModelArtifacts& artifacts, const SaveOptions& options) override {
    return Future<SaveResult>::from([&] { return save_now(artifacts, options); });
  }
  Future<void> remove() override {
    return Future<void>::from([&] {
      const auto store = open_store(options_);
      if (!store->remove(key())) fail_not_found(*store);
    });
  }

 private:
  platform::RecordKey key() const { return {space_of(scheme_), name_}; }
  [[noreturn]] void fail_not_found(const RecordStore& store) const {
    throw not_found("no model ", quoted(description(), kLongestName), " in ",
                    quoted(store.path(), 4096));
  }
  ModelArtifacts load_now(const LoadOptions& options) const;
  SaveResult save_now(const ModelArtifacts& artifacts, const SaveOptions& options) const;

  std::string scheme_;
  std::string name_;
  StoreOptions options_;
};

ModelArtifacts RecordHandler::load_now(const LoadOptions& options) const {
  const auto store = open_store(options_);
  auto record = store->get(key(), {.read_blob = options.read_weights,
                                   .verify = options.verify,
                                   .max_blob_size = options.max_weight_bytes,
                                   .on_progress = options.on_progress,
                                   .cancel = options.cancel});
  if (!record) fail_not_found(*store);
  const std::string what =
      cat(quoted(store->path(), 4096), ": ", quoted(description(), kLongestName));
  ModelRecord texts;
  texts.model_topology = take_record_text(record->texts, kModelTopology, what);
  texts.weight_specs = take_record_text(record->texts, kWeightSpecs, what);
  texts.model_metadata = take_record_text(record->texts, kModelMetadata, what);
  ModelArtifacts artifacts = parse_model_record(texts, what, options.json_limits);
  artifacts.origin = description();
  if (!options.read_weights) return artifacts;

  WeightData& data = artifacts.weight_data;
  data.append(std::move(record->blob));
  const std::uint64_t surplus =
      surplus_bytes(weight_ranges(artifacts.weight_specs, data, what), data);
  if (surplus > 0 && options.on_warning) {
    options.on_warning(cat(what, ": ", surplus, " bytes after the last weight are ignored"));
  }
  return artifacts;
}

SaveResult RecordHandler::save_now(const ModelArtifacts& artifacts,
                                   const SaveOptions& options) const {
  options.cancel.check("save");
  check_savable(artifacts);
  ModelRecord texts = write_model_record(artifacts);
  SaveResult result{parse_artifacts_info(texts.info, "save"), {}};
  open_store(options_)->put(key(),
                            {{kInfo, std::move(texts.info)},
                             {kModelTopology, std::move(texts.model_topology)},
                             {kWeightSpecs, std::move(texts.weight_specs)},
                             {kModelMetadata, std::move(texts.model_metadata)}},
                            artifacts.weight_data.pieces(),
                            {.on_progress = options.on_progress, .cancel = options.cancel});
  return result;
}

}  // namespace

IOHandlerPtr record_handler(std::string_view scheme, const std::string& name,
                            const StoreOptions& options) {
  std::string plain = name.starts_with(scheme) ? name.substr(scheme.size()) : name;
  check_name(plain, scheme);
  return std::make_shared<RecordHandler>(scheme, std::move(plain), options);
}

std::vector<StoredModel> list_records(std::string_view scheme, const StoreOptions& options) {
  const std::string path = path_of(options);
  if (!platform::files().info(path)) return {};  // also where a build has no stores
  std::vector<StoredModel> models;
  for (const platform::RecordSummary& record : open_store(options)->list(space_of(scheme), kInfo)) {
    const std::string url = cat(scheme, record.name);
    models.push_back({url, parse_artifacts_info(record.text, cat(quoted(path, 4096), ": ",
                                                                 quoted(url, kLongestName)))});
  }
  return models;
}

void register_record_scheme(Router& router, std::string_view scheme,
                            IOHandlerPtr (*make)(const std::string& name,
                                                 const StoreOptions& options)) {
  const std::string prefix(scheme);
  const Route route = [prefix, make](const std::string& url) {
    return url.starts_with(prefix) ? make(url, {}) : nullptr;
  };
  router.register_scheme(prefix);
  router.register_load_router(route);
  router.register_save_router(route);
  router.register_store(prefix, [prefix] {
    return Future<std::vector<StoredModel>>::from([&] { return list_records(prefix, {}); });
  });
}

}  // namespace tfjs::io::internal
