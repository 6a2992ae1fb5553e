#include "tfjs/program/dump.h"

#include "tfjs/base/text.h"

namespace tfjs::program {
namespace {

std::string names(const std::vector<ValueId>& ids) {
  std::string text;
  for (ValueId id : ids) text += cat(text.empty() ? "" : ", ", "%", id);
  return text;
}

}  // namespace

std::string dump(const Program& program) {
  std::string text;
  for (ValueId id : program.inputs) text += cat("input %", id, " ", program.values[id].spec, "\n");
  for (std::size_t id = 0; id < program.values.size(); ++id) {
    const Value& value = program.values[id];
    if (!value.constant.is_empty()) text += cat("const %", id, " ", value.spec, "\n");
  }
  for (const Step& step : program.steps) {
    for (std::size_t i = 0; i < step.outputs.size(); ++i) {
      text +=
          cat(i > 0 ? ", " : "", "%", step.outputs[i], " ", program.values[step.outputs[i]].spec);
    }
    text += cat(" = ", step.op->name, "(", names(step.inputs), ")");
    const std::string options = describe_options(step);
    if (!options.empty()) text += " " + options;
    text += "\n";
  }
  text += cat("output ", names(program.outputs), "\n");
  return text;
}

}  // namespace tfjs::program
