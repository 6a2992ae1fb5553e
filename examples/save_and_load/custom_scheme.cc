// A URL scheme of one's own, whose handler works on a thread of its own and settles its futures
// when it is done. examples/custom_handler.cc has the plainest handler.
#include <tfjs/tfjs.h>

#include <cstdio>
#include <functional>
#include <map>
#include <thread>

namespace tf = tfjs;

namespace {

std::map<std::string, tf::io::ModelArtifacts> shelf;

class Shelf : public tf::io::IOHandler {
 public:
  explicit Shelf(std::string name) : name_(std::move(name)) {}

  std::string description() const override { return "shelf://" + name_; }

  tf::Future<tf::io::ModelArtifacts> load(const tf::io::LoadOptions&) override {
    return on_a_thread<tf::io::ModelArtifacts>([name = name_] {
      const auto found = shelf.find(name);
      if (found == shelf.end()) throw tf::not_found("no model '", name, "' on the shelf");
      return found->second;
    });
  }

  tf::Future<tf::io::SaveResult> save(const tf::io::ModelArtifacts& artifacts,
                                      const tf::io::SaveOptions&) override {
    return on_a_thread<tf::io::SaveResult>([name = name_, artifacts] {
      shelf[name] = artifacts;
      return tf::io::SaveResult{tf::io::artifacts_info(artifacts)};
    });
  }

 private:
  /// Starts `work`; what it returns or throws settles the future. The handler may be gone by then.
  template <class T>
  static tf::Future<T> on_a_thread(std::function<T()> work) {
    tf::Promise<T> promise;
    std::thread([promise, work = std::move(work)] {
      try {
        promise.set_value(work());
      } catch (...) {
        promise.set_error(std::current_exception());
      }
    }).detach();
    return promise.future();
  }

  std::string name_;
};

}  // namespace

int main() {
  const auto route = [](const std::string& url) -> tf::io::IOHandlerPtr {
    return url.starts_with("shelf://") ? std::make_shared<Shelf>(url.substr(8)) : nullptr;
  };
  tf::io::register_save_router(route);
  tf::io::register_load_router(route);

  try {
    auto model = tf::sequential();
    model.add(tf::layers::dense({.units = 2, .activation = "softmax", .input_shape = {4}}));
    model.save("shelf://classifier").get();
    const tf::LayersModel same = tf::load_layers_model("shelf://classifier").get();
    std::puts(same.summary().c_str());
    return same.count_params() == model.count_params() ? 0 : 1;
  } catch (const tf::Error& error) {
    std::fprintf(stderr, "custom_scheme: %s\n", error.what());
    return 1;
  }
}
