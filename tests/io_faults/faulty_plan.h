// What faulty_calls.cc asks before each system call, and FaultyFiles tells.
#pragma once

#include <string>

#include "tests/io_faults/faulty_files.h"

namespace tfjs::io {

/// What a call does, by which the plan tells whether it counts: a sum of these.
namespace kind {
inline constexpr int kReads = 0;
inline constexpr int kChanges = 1;
inline constexpr int kNeedsRoom = 2;
inline constexpr int kIsWrite = 4;
inline constexpr int kMayBeInterrupted = 8;
}  // namespace kind

/// True while a FaultyFiles lives.
bool is_faulty();
/// True while it plans a fault: nobody need be asked otherwise.
bool is_planned();
/// True for the folder of the FaultyFiles and for paths below it.
bool is_in_faulty_folder(const std::string& path);
/// The fault of the call `name` on `path`, which begins now; None when it does not count.
Fault next_fault(int kinds, const char* name, const std::string& path);
bool is_exchange_forbidden();
bool are_links_forbidden();

[[noreturn]] void die();

}  // namespace tfjs::io
