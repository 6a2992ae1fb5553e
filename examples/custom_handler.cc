// A place of one's own to save models to and load them from, and a URL scheme for it.
#include <tfjs/tfjs.h>

#include <cstdio>
#include <map>

namespace tf = tfjs;

/// Keeps models in a map: vault://NAME.
class Vault : public tf::io::IOHandler {
 public:
  explicit Vault(std::string name) : name_(std::move(name)) {}

  std::string description() const override { return "vault://" + name_; }

  tf::Future<tf::io::ModelArtifacts> load(const tf::io::LoadOptions&) override {
    return tf::Future<tf::io::ModelArtifacts>::from([this] {
      const auto found = models().find(name_);
      if (found == models().end()) throw tf::not_found("the vault has no model '", name_, "'");
      return found->second;
    });
  }

  tf::Future<tf::io::SaveResult> save(const tf::io::ModelArtifacts& artifacts,
                                      const tf::io::SaveOptions&) override {
    return tf::Future<tf::io::SaveResult>::from([&] {
      models()[name_] = artifacts;
      return tf::io::SaveResult{tf::io::artifacts_info(artifacts)};
    });
  }

 private:
  static std::map<std::string, tf::io::ModelArtifacts>& models() {
    static std::map<std::string, tf::io::ModelArtifacts> all;
    return all;
  }
  std::string name_;
};

int main() {
  const auto route = [](const std::string& url) -> tf::io::IOHandlerPtr {
    if (!url.starts_with("vault://")) return nullptr;
    return std::make_shared<Vault>(url.substr(8));
  };
  tf::io::register_save_router(route);
  tf::io::register_load_router(route);

  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));
    model.save("vault://classifier").get();
    const tf::LayersModel same = tf::load_layers_model("vault://classifier").get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "custom_handler: %s\n", error.what());
    return 1;
  }
}
