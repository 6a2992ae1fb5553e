#include "tfjs/io/handlers/cached.h"

#include <memory>
#include <utility>

#include "tfjs/base/error.h"
#include "tfjs/io/internal/http_load.h"
#include "tfjs/io/internal/http_place.h"
#include "tfjs/io/internal/kept_copy.h"
#include "tfjs/io/router.h"

namespace tfjs::io {

namespace {

using internal::HttpPlace;
using internal::KeptCopy;

class CachedHandler : public IOHandler {
 public:
  CachedHandler(std::shared_ptr<const HttpPlace> place, IOHandlerPtr store)
      : place_(std::move(place)), store_(std::move(store)) {}

  std::string description() const override { return place_->shown(); }
  std::string place() const override { return place_->url().text(); }
  bool can_save() const override { return false; }

  Future<ModelArtifacts> load(const LoadOptions& options) override;

 private:
  std::shared_ptr<const HttpPlace> place_;
  IOHandlerPtr store_;
};

/// What one load needs until it is done; the handler may be gone by then.
struct CachedLoad {
  std::shared_ptr<const HttpPlace> place;
  IOHandlerPtr store;
  LoadOptions options;
  std::shared_ptr<KeptCopy> kept;

  void warn(const std::string& message) const {
    if (options.on_warning) options.on_warning(message);
  }
  /// The copy counts no more, for this reason.
  void forget(const std::string& reason) {
    warn(cat(reason, "; the copy of ", place->shown(), " is made anew"));
    kept = std::make_shared<KeptCopy>(place->url().text(), store, options);
  }
  LoadOptions of_store() const {
    LoadOptions out = options;
    out.weight_path_prefix.clear();
    return out;
  }
  Future<ModelArtifacts> from_store() const {
    return store->load(of_store()).then([](ModelArtifacts kept) {
      return KeptCopy::without_field(std::move(kept));
    });
  }
};
using LoadPtr = std::shared_ptr<CachedLoad>;

/// Looks what is in the store. A store that cannot be read is as good as none.
Future<void> open_store(const LoadPtr& load) {
  LoadOptions specs = load->of_store();
  specs.read_weights = false;
  specs.on_progress = {};
  return load->store->load(specs)
      .then([load](const ModelArtifacts& artifacts) {
        load->kept->open(artifacts);
        return Unit{};
      })
      .recover([load](std::exception_ptr error) -> Unit {
        try {
          std::rethrow_exception(std::move(error));
        } catch (const Error& cause) {
          if (cause.code() == ErrorCode::NotFound) return {};
          if (cause.code() != ErrorCode::CorruptData && cause.code() != ErrorCode::Unavailable) {
            throw;
          }
          load->forget(cause.what());
        }
        return {};
      })
      .then([](Unit) {});
}

/// Puts what came anew in place of the copy; the model that was loaded is returned in any case.
Future<ModelArtifacts> keep(const LoadPtr& load, const ModelArtifacts& loaded) {
  const std::optional<ModelArtifacts> renewed = load->kept->renewed(loaded);
  if (!renewed) return Future<ModelArtifacts>::of(loaded);
  SaveOptions options;
  options.cancel = load->options.cancel;
  return load->store->save(*renewed, options)
      .then([loaded](const SaveResult&) { return loaded; })
      .recover([load, loaded](std::exception_ptr error) {
        try {
          std::rethrow_exception(std::move(error));
        } catch (const Error& cause) {
          if (cause.code() == ErrorCode::Cancelled) throw;
          load->warn(cat("no copy of ", load->place->shown(), " was kept: ", cause.what()));
        }
        return loaded;
      });
}

Future<ModelArtifacts> fetch(const LoadPtr& load);

/// The copy, when the error is one that it helps against; else the error again.
Future<ModelArtifacts> instead_of(const LoadPtr& load, std::exception_ptr error) {
  try {
    std::rethrow_exception(std::move(error));
  } catch (const internal::KeptIsNewest&) {
    return load->from_store();
  } catch (const internal::KeptIsDamaged& damage) {
    load->forget(damage.message);
    return fetch(load);
  } catch (const Error& cause) {
    if (cause.code() != ErrorCode::Unavailable || !load->kept->is_there()) throw;
    load->warn(cat(cause.what(), "; the copy of ", load->kept->date(), " is used"));
    return load->from_store();
  }
}

Future<ModelArtifacts> fetch(const LoadPtr& load) {
  // Without weights there is nothing to keep.
  const auto cache = load->options.read_weights ? load->kept : nullptr;
  return internal::load_over_http(load->place, load->options, cache)
      .then([load, cache](const ModelArtifacts& loaded) {
        return cache ? keep(load, loaded) : Future<ModelArtifacts>::of(loaded);
      })
      .recover([load](std::exception_ptr error) { return instead_of(load, error); });
}

Future<ModelArtifacts> CachedHandler::load(const LoadOptions& options) {
  try {
    const auto load = std::make_shared<CachedLoad>(
        CachedLoad{place_, store_, options,
                   std::make_shared<KeptCopy>(place_->url().text(), store_, options)});
    return open_store(load).then([load] { return fetch(load); });
  } catch (...) {
    return Future<ModelArtifacts>::failed(std::current_exception());
  }
}

std::string default_store(const HttpUrl& url) {
  const std::string plain = url.text();
  return "indexeddb://cached/" + plain.substr(0, plain.find('?'));
}

}  // namespace

IOHandlerPtr cached(const std::string& url, CachedOptions options) {
  const auto place = std::make_shared<const HttpPlace>(url, std::move(options.http));
  const std::string store = options.store.empty() ? default_store(place->url()) : options.store;
  IOHandlerPtr handler = default_router().save_handler(url_of(store));
  if (!handler->loads_what_it_saves()) {
    throw invalid_argument("cached: ", store,
                           " does not load what it saves; no copy can be kept there");
  }
  return std::make_shared<CachedHandler>(place, std::move(handler));
}

}  // namespace tfjs::io
