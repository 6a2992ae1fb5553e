// A file being written through its descriptor.
#pragma once

#include "tfjs/platform/files.h"
#include "tfjs/platform/posix/descriptor.h"

namespace tfjs::platform::posix {

class PosixWriter : public FileWriter {
 public:
  /// Errors: AlreadyExists unless `replace`; InvalidArgument: something else than a regular file is
  /// there.
  PosixWriter(const std::string& path, bool replace);

  void write(std::span<const std::byte> data) override;
  void sync() override;
  void close() override;

 private:
  std::string path_;
  Descriptor file_;
};

}  // namespace tfjs::platform::posix
