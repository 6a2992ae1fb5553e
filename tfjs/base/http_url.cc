#include "tfjs/base/http_url.h"

#include <algorithm>
#include <optional>

#include "tfjs/base/ascii.h"
#include "tfjs/base/error.h"

namespace tfjs {
namespace {

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// What a URL standard's parser encodes in paths and queries, so that "a b.json" may be written.
bool must_be_encoded(char c) {
  return is_control(c) || static_cast<unsigned char>(c) >= 0x80 ||
         std::string_view(" \"<>`{}\\^|").find(c) != std::string_view::npos;
}

std::string encoded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!must_be_encoded(c)) {
      out.push_back(c);
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out.push_back('%');
    out.push_back("0123456789ABCDEF"[byte >> 4]);
    out.push_back("0123456789ABCDEF"[byte & 0xF]);
  }
  return out;
}

/// The length of "scheme:" at the start, or 0.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_letter(text[0])) return 0;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') return i + 1;
    if (!is_letter(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return 0;
  }
  return 0;
}

/// "." and ".." parts worked in (RFC 3986, 5.2.4); "%2e" is '.' too, as servers may take it.
std::string without_dots(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string part = percent_decoded(path.substr(0, end));
    const bool is_last = end == path.size();
    if (part == "/..") {
      out.erase(std::min(out.rfind('/'), out.size()));
      if (is_last) out.push_back('/');
    } else if (part == "/.") {
      if (is_last) out.push_back('/');
    } else {
      out.append(path.substr(0, end));
    }
    path.remove_prefix(end);
  }
  return out.empty() ? "/" : out;
}

/// "host", "host:8080", "[::1]:8080" into `url`; false when it cannot be one.
bool read_host(std::string_view text, HttpUrl& url) {
  std::size_t end = std::min(text.find(':'), text.size());
  if (text.starts_with('[')) {
    const std::size_t bracket = text.find(']');
    if (bracket == std::string_view::npos) return false;
    end = bracket + 1;
    const std::string_view inside = text.substr(1, bracket - 1);
    if (inside.find(':') == std::string_view::npos) return false;
    if (!std::all_of(inside.begin(), inside.end(),
                     [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; })) {
      return false;
    }
  } else {
    const auto can_be = [](char c) {
      return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' ||
             static_cast<unsigned char>(c) >= 0x80;
    };
    if (end == 0 ||
        !std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), can_be)) {
      return false;
    }
  }
  url.host = lower_case(text.substr(0, end));
  url.port = url.is_https ? 443 : 80;
  std::string_view port = text.substr(end);
  if (port.empty() || port == ":") return true;
  if (port[0] != ':' || port.size() > 6) return false;
  int number = 0;
  for (const char c : port.substr(1)) {
    if (!is_digit(c)) return false;
    number = 10 * number + (c - '0');
  }
  url.port = number;
  return number >= 1 && number <= 65535;
}

std::string_view without_fragment(std::string_view text) {
  return text.substr(0, text.find('#'));
}

void set_path_and_query(std::string_view path_and_query, HttpUrl& url) {
  const std::size_t question = std::min(path_and_query.find('?'), path_and_query.size());
  url.path = encoded(without_dots(path_and_query.substr(0, question)));
  url.query = encoded(path_and_query.substr(question));
}

/// `text` as it may stand in a message when it could not be understood.
std::string shown_text(std::string_view text) {
  const std::size_t at = text.substr(0, text.find_first_of("?#")).rfind('@');
  if (at == std::string_view::npos) return quoted(without_fragment(text), 400);
  const std::size_t slashes = text.find("//");
  const std::string start(text.substr(0, slashes < at ? slashes + 2 : 0));
  return quoted(cat(start, "...", without_fragment(text.substr(at))), 400);
}

}  // namespace

std::string HttpUrl::origin() const {
  std::string out = cat(is_https ? "https://" : "http://", host);
  return port == (is_https ? 443 : 80) ? out : cat(out, ':', port);
}

std::string HttpUrl::shown() const {
  std::string out = origin() + path;
  char separator = '?';
  for (std::string_view rest = std::string_view(query).substr(query.empty() ? 0 : 1);
       !rest.empty();) {
    const std::string_view field = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), field.size() + 1));
    const std::size_t equals = field.find('=');
    out.push_back(separator);
    if (equals != std::string_view::npos) out.append(field.substr(0, equals + 1));
    out.append("...");
    separator = '&';
  }
  return out;
}

bool is_http_url(std::string_view text) {
  const std::string scheme = lower_case(text.substr(0, scheme_length(text)));
  return (scheme == "http:" || scheme == "https:") && text.substr(scheme.size()).starts_with("//");
}

HttpUrl parse_http_url(std::string_view text) {
  const auto refuse = [&](std::string_view reason) {
    throw invalid_argument("URL ", shown_text(text), ' ', reason);
  };
  if (std::any_of(text.begin(), text.end(), is_control)) refuse("contains a control character");
  if (!is_http_url(text)) refuse("is none of http:// or https://");
  HttpUrl url;
  const std::size_t scheme = scheme_length(text);
  url.is_https = scheme == std::string_view("https:").size();
  std::string_view rest = without_fragment(text.substr(scheme + 2));
  // A backslash would be a slash to a browser and part of the host to others: in none of both here.
  std::string_view authority = rest.substr(0, rest.find_first_of("/?\\"));
  rest.remove_prefix(authority.size());
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
    const std::string_view credentials = authority.substr(0, at);
    const std::size_t colon = std::min(credentials.find(':'), credentials.size());
    url.user = percent_decoded(credentials.substr(0, colon));
    if (colon < credentials.size()) url.password = percent_decoded(credentials.substr(colon + 1));
    authority.remove_prefix(at + 1);
  }
  if (authority.empty()) refuse("has no host");
  if (!read_host(authority, url)) refuse("has a host or port that cannot be");
  if (rest.starts_with('\\')) refuse("has a backslash after its host");
  set_path_and_query(rest, url);
  return url;
}

HttpUrl resolve_http_url(const HttpUrl& base, std::string_view reference) {
  if (scheme_length(reference) > 0) return parse_http_url(reference);
  const std::string_view scheme = base.is_https ? "https:" : "http:";
  if (reference.starts_with("//")) return parse_http_url(cat(scheme, reference));
  if (std::any_of(reference.begin(), reference.end(), is_control)) {
    throw invalid_argument("URL ", shown_text(reference), " contains a control character");
  }
  reference = without_fragment(reference);
  HttpUrl url = base;
  url.user.clear();
  url.password.clear();
  if (reference.empty()) return url;
  if (reference[0] == '/') {
    set_path_and_query(reference, url);
  } else if (reference[0] == '?') {
    url.query = encoded(reference);
  } else {
    set_path_and_query(base.folder() + std::string(reference), url);
  }
  return url;
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool has_digits = text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
    if (!has_digits) {
      out.push_back(text[i]);
      continue;
    }
    out.push_back(static_cast<char>(16 * hex_value(text[i + 1]) + hex_value(text[i + 2])));
    i += 2;
  }
  return out;
}

}  // namespace tfjs
