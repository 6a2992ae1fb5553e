#include "tests/io_faults/faulty_files.h"

#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <mutex>

#include "tests/io_faults/faulty_plan.h"
#include "tfjs/base/error.h"
#include "tfjs/platform/files.h"

namespace tfjs::io {
namespace {

struct Plan {
  std::string folder;
  Fault fault = Fault::None;
  int at = 0;
  bool stays = false;
  bool has_exchange = true;
  bool has_links = true;
  int count = 0;
  std::string failed_call;
  int failed_kinds = 0;
};

std::atomic<bool> is_alive = false;
std::atomic<bool> has_plan = false;
std::mutex plan_mutex;

Plan& the_plan() {
  static Plan plan;
  return plan;
}

bool counts_for(Fault fault, int kinds) {
  switch (fault) {
    case Fault::None:
      return false;
    case Fault::Error:
      return true;
    case Fault::NoRoom:
      return (kinds & kind::kNeedsRoom) != 0;
    case Fault::ShortWrite:
      return (kinds & kind::kIsWrite) != 0;
    case Fault::Interrupted:
      return (kinds & kind::kMayBeInterrupted) != 0;
    case Fault::Kill:
      return (kinds & kind::kChanges) != 0;
  }
  return false;
}

}  // namespace

bool is_faulty() {
  return is_alive;
}

bool is_planned() {
  return has_plan;
}

bool is_in_faulty_folder(const std::string& path) {
  const std::lock_guard lock(plan_mutex);
  const std::string& folder = the_plan().folder;
  return path.starts_with(folder) && (path.size() == folder.size() || path[folder.size()] == '/');
}

Fault next_fault(int kinds, const char* name, const std::string& path) {
  const std::lock_guard lock(plan_mutex);
  Plan& plan = the_plan();
  if (!counts_for(plan.fault, kinds)) return Fault::None;
  const int number = ++plan.count;
  if (number != plan.at && !(plan.stays && number > plan.at)) return Fault::None;
  if (plan.failed_call.empty()) {
    plan.failed_call = cat(name, ' ', path);
    plan.failed_kinds = kinds;
  }
  return plan.fault;
}

bool is_exchange_forbidden() {
  const std::lock_guard lock(plan_mutex);
  return !the_plan().has_exchange;
}

bool are_links_forbidden() {
  const std::lock_guard lock(plan_mutex);
  return !the_plan().has_links;
}

void die() {
  ::kill(::getpid(), SIGKILL);
  for (;;) ::pause();
}

FaultyFiles::FaultyFiles(const std::string& folder) {
  const std::string resolved = platform::files().resolve(folder);
  const std::lock_guard lock(plan_mutex);
  the_plan() = {};
  the_plan().folder = resolved;
  is_alive = true;
}

FaultyFiles::~FaultyFiles() {
  is_alive = false;
  has_plan = false;
}

void FaultyFiles::plan(Fault fault, int at, bool stays) {
  const std::lock_guard lock(plan_mutex);
  Plan& plan = the_plan();
  plan.fault = fault;
  has_plan = fault != Fault::None;
  plan.at = at;
  plan.stays = stays;
  plan.count = 0;
  plan.failed_call.clear();
  plan.failed_kinds = 0;
}

int FaultyFiles::count() const {
  const std::lock_guard lock(plan_mutex);
  return the_plan().count;
}

std::string FaultyFiles::failed_call() const {
  const std::lock_guard lock(plan_mutex);
  return the_plan().failed_call;
}

bool FaultyFiles::has_failed_at_building() const {
  const std::lock_guard lock(plan_mutex);
  return (the_plan().failed_kinds & kind::kNeedsRoom) != 0;
}

void FaultyFiles::forbid_exchange() {
  const std::lock_guard lock(plan_mutex);
  the_plan().has_exchange = false;
}

void FaultyFiles::forbid_links() {
  const std::lock_guard lock(plan_mutex);
  the_plan().has_links = false;
}

}  // namespace tfjs::io
