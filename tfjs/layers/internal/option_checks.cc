#include "tfjs/layers/internal/option_checks.h"

#include <algorithm>

#include "tfjs/base/error.h"

namespace tfjs::layers {

std::string label(const Layer& layer) {
  return cat(layer.class_name(), " ", quoted(layer.name()));
}

const Shape& one_input(const Layer& layer, const std::vector<Shape>& inputs, int rank,
                       const char* expected) {
  if (inputs.size() != 1 || inputs[0].rank() != rank) {
    throw invalid_argument(label(layer), ": expected one input ", expected, ", got ", inputs);
  }
  return inputs[0];
}

const Shape& one_input_at_least(const Layer& layer, const std::vector<Shape>& inputs, int rank,
                                const char* expected) {
  if (inputs.size() != 1 || inputs[0].rank() < rank) {
    throw invalid_argument(label(layer), ": expected one input ", expected, ", got ", inputs);
  }
  return inputs[0];
}

void check_positive(const Layer& layer, const char* option, std::int64_t value) {
  if (value < 1)
    throw invalid_argument(label(layer), ": ", option, " must be at least 1, got ", value);
}

void check_sizes(const Layer& layer, const char* option, std::vector<std::int64_t>& values,
                 std::size_t count, std::int64_t least) {
  // A copy first: assign() may free the elements before it reads its argument, and libc++'s does.
  if (values.size() == 1) values.assign(count, std::int64_t(values[0]));
  if (values.size() != count) {
    throw invalid_argument(label(layer), ": ", option, " must be one integer or a list of ", count,
                           ", got ", values);
  }
  for (std::int64_t value : values) {
    if (value < least) {
      throw invalid_argument(label(layer), ": ", option, " must be at least ", least, ", got ",
                             values);
    }
  }
}

void check_choice(const Layer& layer, const char* option, std::string& value,
                  std::initializer_list<std::string_view> allowed) {
  std::string snake = to_snake_case(value);
  std::vector<std::string> names;
  for (std::string_view name : allowed) {
    if (snake == name) {
      value = std::move(snake);
      return;
    }
    names.push_back(quoted(name));
  }
  throw invalid_argument(label(layer), ": ", option, " must be ", join(names, " or "), ", got ",
                         quoted(value));
}

void check_strides_or_dilation(const Layer& layer, const std::vector<std::int64_t>& strides,
                               const std::vector<std::int64_t>& dilation_rate) {
  auto above_one = [](std::int64_t value) { return value > 1; };
  if (std::any_of(strides.begin(), strides.end(), above_one) &&
      std::any_of(dilation_rate.begin(), dilation_rate.end(), above_one)) {
    throw invalid_argument(label(layer), ": strides ", strides, " and dilation_rate ",
                           dilation_rate, " must not both be above 1");
  }
}

void check_data_format(const Layer& layer, std::string& data_format) {
  check_choice(layer, "data_format", data_format, {"channels_last", "channels_first"});
}

}  // namespace tfjs::layers
