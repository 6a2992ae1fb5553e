#include "tfjs/layers/internal/edges.h"

#include "tfjs/base/error.h"
#include "tfjs/layers/internal/option_checks.h"

namespace tfjs::layers {
namespace {

Json to_json(const Edge& edge) {
  return Json::array({edge.before, edge.after});
}

Edge edge_from_json(const Json& wrapped, const std::string& what) {
  const Json& json = plain_value(wrapped);
  if (json.is_number()) return {json.as_integer(what), json.as_integer(what)};
  const Json::Array& pair = json.as_array(what);
  if (pair.size() != 2)
    throw corrupt_data(what, ": expected pairs of integers, got ", write_json(json));
  return {pair[0].as_integer(what), pair[1].as_integer(what)};
}

}  // namespace

void describe_edges(Config& c, const char* key, std::vector<Edge>& edges, std::size_t count) {
  if (!c.reading()) {
    if (count == 1) return c.write(key, to_json(edges.at(0)));
    Json::Array out;
    for (const Edge& edge : edges) out.push_back(to_json(edge));
    return c.write(key, Json(std::move(out)));
  }
  const Json* json = c.find(key);
  if (json == nullptr) return;
  const std::string what = c.where(key);
  edges.clear();
  if (count == 1 || json->is_number()) {
    edges.assign(count, edge_from_json(*json, what));
    return;
  }
  for (const Json& edge : json->as_array(what)) edges.push_back(edge_from_json(edge, what));
  if (edges.size() != count) {
    throw corrupt_data(what, ": expected ", count, " pairs of integers, got ", write_json(*json));
  }
}

void check_edges(const Layer& layer, const char* option, std::vector<Edge>& edges,
                 std::size_t count) {
  if (edges.size() == 1) edges.assign(count, Edge(edges[0]));
  if (edges.size() != count) {
    throw invalid_argument(label(layer), ": ", option, " must have one entry per spatial axis (",
                           count, "), got ", edges.size());
  }
  for (const Edge& edge : edges) {
    if (edge.before < 0 || edge.after < 0) {
      throw invalid_argument(label(layer), ": ", option, " must not be negative, got ", edge.before,
                             " and ", edge.after);
    }
  }
}

}  // namespace tfjs::layers
