#include "tfjs/io/model_management.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "tfjs/base/error.h"

namespace tfjs::io {

namespace {

void check_two_places(const IOHandler& from, const IOHandler& to) {
  if (!from.place().empty() && from.place() == to.place()) {
    throw invalid_argument("source and destination are the same: ", from.description(), " and ",
                           to.description());
  }
}

bool same_bytes(const WeightData& a, const WeightData& b) {
  if (a.size() != b.size()) return false;
  std::size_t piece = 0, begin = 0;  // of b
  for (const Bytes& bytes : a.pieces()) {
    for (std::span<const std::byte> rest = bytes.span(); !rest.empty();) {
      const std::span<const std::byte> other = b.pieces()[piece].span().subspan(begin);
      const std::size_t count = std::min(rest.size(), other.size());
      if (std::memcmp(rest.data(), other.data(), count) != 0) return false;
      rest = rest.subspan(count);
      begin += count;
      if (begin == b.pieces()[piece].size()) {
        ++piece;
        begin = 0;
      }
    }
  }
  return true;
}

/// A field that is null says as much as one that is not there.
std::string text_of(const Json::Object& fields, const std::string& key) {
  const Json* value = fields.find(key);
  return value == nullptr ? "null" : write_json(*value);
}

/// The first thing in which `found` is not what `expected` is, or "".
std::string difference(const ModelArtifacts& expected, const ModelArtifacts& found) {
  if (write_json(expected.model_topology) != write_json(found.model_topology)) {
    return "modelTopology differs";
  }
  if (expected.weight_specs.size() != found.weight_specs.size()) {
    return cat("has ", found.weight_specs.size(), " weights, expected ",
               expected.weight_specs.size());
  }
  for (std::size_t i = 0; i < expected.weight_specs.size(); ++i) {
    if (write_json(to_json(expected.weight_specs[i])) !=
        write_json(to_json(found.weight_specs[i]))) {
      return cat("the entry of weight ", quoted(expected.weight_specs[i].name), " differs");
    }
  }
  for (const Json::Member& field : expected.fields) {
    if (text_of(found.fields, field.first) != write_json(field.second)) {
      return cat("the field ", quoted(field.first), " differs");
    }
  }
  for (const Json::Member& field : found.fields) {
    if (text_of(expected.fields, field.first) != write_json(field.second)) {
      return cat("the field ", quoted(field.first), " is new");
    }
  }
  if (!same_bytes(expected.weight_data, found.weight_data)) return "the weight bytes differ";
  return "";
}

/// What one move does, step by step; the steps share it while they wait for each other.
struct Move {
  IOHandlerPtr from;
  IOHandlerPtr to;
  CopyOptions options;
  ModelArtifacts read;     ///< as it came
  ModelArtifacts written;  ///< after CopyOptions::change
  SaveResult saved;
};

/// The source once more, to see whether it is still the same.
LoadOptions source_again(LoadOptions options) {
  options.on_progress = {};
  options.on_warning = {};
  return options;
}

/// The copy: what says where the source's files are means nothing there.
LoadOptions copy_back(LoadOptions options) {
  options.weight_path_prefix.clear();
  return source_again(std::move(options));
}

}  // namespace

Future<std::map<std::string, ModelArtifactsInfo>> list_models(const Router& router) {
  using Models = std::map<std::string, ModelArtifactsInfo>;
  Future<Models> all = Future<Models>::of({});
  for (const auto& [scheme, list] : router.stores()) {
    all = all.then([list = list](Models models) {
      return list().then([models](const std::vector<StoredModel>& stored) mutable {
        for (const StoredModel& model : stored) models[model.url] = model.info;
        return models;
      });
    });
  }
  return all;
}

Future<SaveResult> copy_model(const IOHandlerPtr& from, const IOHandlerPtr& to,
                              const CopyOptions& options) {
  try {
    check_two_places(*from, *to);
    return from->load(options.load).then([from, to, options](ModelArtifacts artifacts) {
      if (options.change) options.change(artifacts);
      // The destination handler lives until it is done.
      return to->save(artifacts, options.save).then([to](const SaveResult& saved) {
        return saved;
      });
    });
  } catch (...) {
    return Future<SaveResult>::failed(std::current_exception());
  }
}

Future<SaveResult> move_model(const IOHandlerPtr& from, const IOHandlerPtr& to,
                              const CopyOptions& options) {
  try {
    check_two_places(*from, *to);
    if (!from->can_remove()) {
      throw unsupported("cannot move ", from->description(),
                        ": it cannot be removed from there; copy it instead");
    }
    if (!to->loads_what_it_saves()) {
      throw unsupported("cannot move to ", to->description(),
                        ": the copy cannot be read back to be checked; copy it, then remove ",
                        from->description());
    }
    auto move = std::make_shared<Move>(Move{from, to, options, {}, {}, {}});
    return from->load(options.load)
        .then([move](const ModelArtifacts& artifacts) {
          move->read = move->written = artifacts;
          if (move->options.change) move->options.change(move->written);
          return move->to->save(move->written, move->options.save);
        })
        .then([move](const SaveResult& saved) {
          move->saved = saved;
          return move->to->load(copy_back(move->options.load));
        })
        .then([move](const ModelArtifacts& copy) {
          const std::string found = difference(move->written, copy);
          if (!found.empty()) {
            throw corrupt_data("the copy at ", move->to->description(), " is not what was saved (",
                               found, "); ", move->from->description(), " was kept");
          }
          return move->from->load(source_again(move->options.load));
        })
        .then([move](const ModelArtifacts& source) {
          const std::string found = difference(move->read, source);
          if (!found.empty()) {
            throw unavailable(move->from->description(), " changed while it was copied (", found,
                              "); it was kept beside the copy at ", move->to->description());
          }
          return move->from->remove();
        })
        .then([move] { return move->saved; });
  } catch (...) {
    return Future<SaveResult>::failed(std::current_exception());
  }
}

Future<SaveResult> copy_model(const std::string& from, const std::string& to,
                              const CopyOptions& options) {
  try {
    return copy_model(default_router().load_handler(url_of(from)),
                      default_router().save_handler(url_of(to)), options);
  } catch (...) {
    return Future<SaveResult>::failed(std::current_exception());
  }
}

Future<SaveResult> move_model(const std::string& from, const std::string& to,
                              const CopyOptions& options) {
  try {
    return move_model(default_router().load_handler(url_of(from)),
                      default_router().save_handler(url_of(to)), options);
  } catch (...) {
    return Future<SaveResult>::failed(std::current_exception());
  }
}

Future<void> remove_model(const std::string& url) {
  try {
    const IOHandlerPtr handler = default_router().load_handler(url_of(url));
    return handler->remove().then([handler] {});
  } catch (...) {
    return Future<void>::failed(std::current_exception());
  }
}

}  // namespace tfjs::io
