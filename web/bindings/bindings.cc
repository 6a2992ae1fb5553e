// The way in from JavaScript: four C functions and one memory.
//
// JavaScript writes {"call": ..., "arguments": {...}} as UTF-8 into a buffer of tfjs_allocate() and
// calls tfjs_call(), after which no buffer that was allocated before is JavaScript's any more. The
// answer is a JSON text at tfjs_answer() of tfjs_answer_size() bytes: {"value": ...} or {"error":
// {"code", "message"}}. It, and all bytes it points to, stay until the next call. One function for
// all calls keeps what must agree with the JavaScript side down to names in a list, needs no code
// made at run time (so any Content-Security-Policy that allows WebAssembly will do), and costs
// microseconds a call.
#include <emscripten.h>

#include <exception>
#include <map>
#include <new>
#include <string>
#include <utility>

#include "tfjs/base/error.h"
#include "web/bindings/handed_over.h"
#include "web/bindings/request.h"

namespace tfjs::web {

#define CALL(name) Json name(const Request& request);
#include "web/bindings/calls.def"
#undef CALL

namespace {

using Call = Json (*)(const Request&);

const std::map<std::string, Call, std::less<>>& calls() {
  static const std::map<std::string, Call, std::less<>> all = {
#define CALL(name) {#name, &name},
#include "web/bindings/calls.def"
#undef CALL
  };
  return all;
}

std::string error(std::string_view code, std::string_view message) {
  return write_json(
      Json::object({{"error", Json::object({{"code", code}, {"message", message}})}}));
}

/// A model.json may be 512 deep, and lies three levels down in a call.
constexpr int kMaxDepth = 512 + 3;

std::string answer(std::string_view text) {
  try {
    Json envelope =
        parse_json(text, "call", {.max_depth = kMaxDepth, .max_bytes = ~std::size_t{0}});
    const std::string& name = envelope.at("call", "call").as_string("call");
    const auto found = calls().find(name);
    if (found == calls().end()) throw internal_error("no call ", quoted(name));
    Json* arguments = envelope.as_object("call").find("arguments");
    if (arguments == nullptr) throw internal_error(name, ": no arguments");
    return write_json(
        Json::object({{"value", found->second(Request(name, std::move(*arguments)))}}));
  } catch (const Error& e) {
    return error(tfjs::name(e.code()), e.what());
  } catch (const std::bad_alloc&) {
    return error("Unavailable", "out of memory: WebAssembly can have 4 GiB at most");
  } catch (const std::exception& e) {
    return error("Internal", e.what());
  }
}

std::string& last_answer() {
  static std::string text;
  return text;
}

}  // namespace
}  // namespace tfjs::web

extern "C" {

/// A buffer for `size` bytes, aligned to 64, for the next call; null when there is no memory for
/// it.
EMSCRIPTEN_KEEPALIVE void* tfjs_allocate(std::size_t size) {
  return tfjs::web::allocate(size);
}

EMSCRIPTEN_KEEPALIVE void tfjs_call(char* text, std::size_t size) {
  tfjs::web::end_loans();
  tfjs::web::last_answer() = tfjs::web::answer(std::string_view(text, size));
  tfjs::web::free_untaken();  // the text among them
}

EMSCRIPTEN_KEEPALIVE const char* tfjs_answer() {
  return tfjs::web::last_answer().data();
}

EMSCRIPTEN_KEEPALIVE std::size_t tfjs_answer_size() {
  return tfjs::web::last_answer().size();
}
}
