// The copy that cached() keeps of a model on a server: a model in some store, which has one more
// top-level field. That tells where each of its files came from, and the text of model.json.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tfjs/io/internal/http_cache.h"
#include "tfjs/io/io_handler.h"

namespace tfjs::io::internal {

/// Thrown by KeptCopy::read() when nothing needs to be read: the copy is the newest version.
struct KeptIsNewest {};
/// Thrown by KeptCopy::read() when the store's weights are not what was stored.
struct KeptIsDamaged {
  std::string message;
};

class KeptCopy : public HttpCache {
 public:
  /// `url` is that of the model, `store` where the copy is, `shown` what messages call that.
  KeptCopy(std::string url, IOHandlerPtr store, LoadOptions options);

  /// What the store has, without its weights; not called when it has nothing.
  /// Errors: InvalidArgument: that is no copy of the model at the URL; CorruptData.
  void open(const ModelArtifacts& kept);
  bool is_there() const { return is_there_; }
  const std::string& date() const { return date_; }

  /// `loaded` with the field, to be kept in place of the old copy; nothing when that is the same.
  std::optional<ModelArtifacts> renewed(ModelArtifacts loaded) const;
  /// A kept model as it was loaded from the server.
  static ModelArtifacts without_field(ModelArtifacts kept);

  std::optional<HttpValidators> find(const std::string& url) override;
  bool holds(const std::string& url, const FileIntegrity& integrity) override;
  Bytes read(const std::string& url) override;
  void fetched(const std::string& url, const HttpValidators& validators,
               const Bytes& content) override;

 private:
  struct File {
    HttpValidators validators;
    std::uint64_t offset = 0;  ///< in the weight data
    std::uint64_t length = 0;
    std::string sha256;  ///< as model.json says, or ""
  };
  void read_field(const Json& field);
  Json field() const;

  std::string url_;
  IOHandlerPtr store_;
  LoadOptions options_;
  bool is_there_ = false;
  std::string date_;  ///< of the copy, ISO 8601
  std::optional<HttpValidators> json_validators_;
  std::string json_;  ///< text of model.json; "" for a model that came in an archive
  std::map<std::string, File> files_;
  std::optional<WeightData> weights_;  ///< of the copy, once needed

  // Of the load that uses this
  std::vector<std::string> asked_;  ///< the weight files' URLs in order
  bool is_changed_ = false;
};

}  // namespace tfjs::io::internal
