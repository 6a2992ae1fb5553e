#include "tfjs/io/io_handler.h"

#include "tfjs/base/error.h"

namespace tfjs::io {

Future<ModelArtifacts> IOHandler::load(const LoadOptions&) {
  return Future<ModelArtifacts>::from([&]() -> ModelArtifacts {
    throw unsupported(description(), " cannot load models, only save them");
  });
}

Future<SaveResult> IOHandler::save(const ModelArtifacts&, const SaveOptions&) {
  return Future<SaveResult>::from([&]() -> SaveResult {
    throw unsupported(description(), " cannot save models, only load them");
  });
}

Future<void> IOHandler::remove() {
  return Future<void>::from([&] { throw unsupported(description(), " cannot remove models"); });
}

}  // namespace tfjs::io
