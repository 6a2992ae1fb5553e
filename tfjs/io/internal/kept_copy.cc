#include "tfjs/io/internal/kept_copy.h"

#include <algorithm>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/base/iso_date.h"
#include "tfjs/io/zip_archive.h"
#include "tfjs/platform/clock.h"

namespace tfjs::io::internal {

namespace {

constexpr const char* kField = "cachedFrom";

Json to_json(const HttpValidators& validators) {
  return Json::object({{"etag", validators.etag}, {"lastModified", validators.last_modified}});
}

HttpValidators validators_from(const Json& json, const std::string& what) {
  return {json.at("etag", what).as_string(what), json.at("lastModified", what).as_string(what)};
}

}  // namespace

KeptCopy::KeptCopy(std::string url, IOHandlerPtr store, LoadOptions options)
    : url_(std::move(url)), store_(std::move(store)), options_(std::move(options)) {
  options_.on_progress = {};
  options_.on_warning = {};
  options_.read_weights = true;
  options_.weight_path_prefix.clear();
}

void KeptCopy::open(const ModelArtifacts& kept) {
  const Json* field = kept.fields.find(kField);
  if (field == nullptr || !field->is_object()) {
    throw invalid_argument(store_->description(),
                           " has a model that is no copy of one on a server; keep the copy of ",
                           url_, " elsewhere");
  }
  read_field(*field);
  is_there_ = true;
}

void KeptCopy::read_field(const Json& field) {
  const std::string what = cat(store_->description(), ": ", kField);
  const std::string& url = field.at("url", what).as_string(what);
  if (url != url_) {
    throw invalid_argument(store_->description(), " has a copy of ", url, ", not of ", url_);
  }
  date_ = field.at("date", what).as_string(what);
  json_ = field.at("json", what).as_string(what);
  json_validators_ = validators_from(field, what);
  std::uint64_t offset = 0;
  for (const Json& entry : field.at("files", what).as_array(what)) {
    const std::int64_t length = entry.at("byteLength", what).as_integer(what);
    if (length < 0) throw corrupt_data(what, ": a file has ", length, " bytes");
    const auto size = static_cast<std::uint64_t>(length);
    files_[entry.at("url", what).as_string(what)] = {validators_from(entry, what), offset, size,
                                                     entry.at("sha256", what).as_string(what)};
    offset += size;
  }
}

Json KeptCopy::field() const {
  Json::Array files;
  for (const std::string& url : asked_) {
    const File& file = files_.at(url);
    Json entry = to_json(file.validators);
    entry.set("url", url);
    entry.set("byteLength", static_cast<std::int64_t>(file.length));
    entry.set("sha256", file.sha256);
    files.push_back(std::move(entry));
  }
  Json out = to_json(json_validators_.value_or(HttpValidators()));
  out.set("url", url_);
  out.set("date", iso_date(platform::now_ms()));
  out.set("json", json_);
  out.set("files", Json(std::move(files)));
  return out;
}

std::optional<ModelArtifacts> KeptCopy::renewed(ModelArtifacts loaded) const {
  if (!is_changed_) return std::nullopt;
  loaded.fields.set(kField, field());
  return loaded;
}

ModelArtifacts KeptCopy::without_field(ModelArtifacts kept) {
  kept.fields.erase(kField);
  return kept;
}

std::optional<HttpValidators> KeptCopy::find(const std::string& url) {
  if (url == url_) return json_validators_;
  asked_.push_back(url);
  const auto file = files_.find(url);
  if (file == files_.end()) return std::nullopt;
  return file->second.validators;
}

bool KeptCopy::holds(const std::string& url, const FileIntegrity& integrity) {
  const auto file = files_.find(url);
  return file != files_.end() && integrity.sha256 && integrity.byte_length &&
         *integrity.sha256 == file->second.sha256 && *integrity.byte_length == file->second.length;
}

Bytes KeptCopy::read(const std::string& url) {
  if (url == url_) {
    if (json_.empty()) throw KeptIsNewest();
    return Bytes::copy_of(json_);
  }
  try {
    if (!weights_) weights_ = store_->load(options_).get().weight_data;
    const File& file = files_.at(url);
    return weights_->slice(file.offset, file.length);
  } catch (const Error& error) {
    if (error.code() == ErrorCode::Cancelled) throw;
    throw KeptIsDamaged{error.what()};
  }
}

void KeptCopy::fetched(const std::string& url, const HttpValidators& validators,
                       const Bytes& content) {
  is_changed_ = true;
  if (url != url_) {
    files_[url] = {validators, 0, content.size(), ""};
    return;
  }
  json_validators_ = validators;
  json_.clear();
  if (is_zip(content.text())) return;
  json_ = content.text();
  const std::vector<WeightFile> described =
      parse_model_json(json_, url_, options_.json_limits).weight_files;
  for (std::size_t i = 0; i < std::min(described.size(), asked_.size()); ++i) {
    files_[asked_[i]].sha256 = described[i].integrity.sha256.value_or("");
  }
}

}  // namespace tfjs::io::internal
