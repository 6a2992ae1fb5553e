// An HTTP server for tests, on a port of its own of 127.0.0.1: answers what the test scripts, lies
// included, and remembers what it was asked.
//
//   TestHttpServer server;
//   server.on("/m/model.json", respond(200, json, "application/json"));
//   server.on("/m/w.bin", [](const TestRequest& request) {
//     return request.nth == 0 ? respond(503) : respond(200, "weights");
//   });
//   load(server.url("/m/model.json"));
//   EXPECT_EQ(server.requests("/m/w.bin").size(), 2u);
//
// Two servers are two origins. http_message.h has the responses, http_files.h files with
// validators and ranges. Handlers run on the threads of their connections, several at once.
// Destroying the server ends all connections, whatever state they are in.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "tfjs/base/error.h"
#include "tfjs/platform/testing/http_connection.h"
#include "tfjs/platform/testing/http_message.h"

namespace tfjs::platform::testing {

/// Clients in this process come to the server itself, whatever proxy the environment names. Set
/// before there are threads.
inline const bool kProxiesAreAvoided = ::setenv("no_proxy", "127.0.0.1", 1) == 0;

/// How much of a request's body is read before the handler is called. What is left is dropped
/// after the answer, or makes the client wait while the answer stalls.
struct BodyPolicy {
  std::size_t read_at_most = std::numeric_limits<std::size_t>::max();
};

class TestHttpServer {
 public:
  using Handler = std::function<TestResponse(const TestRequest&)>;

  /// Errors: Unavailable when there is no socket to be had.
  TestHttpServer() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    struct sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<struct sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 64) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
      throw unavailable("test server: cannot listen on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread([this] { accept_connections(); });
  }
  TestHttpServer(const TestHttpServer&) = delete;
  TestHttpServer& operator=(const TestHttpServer&) = delete;
  ~TestHttpServer() {
    {
      std::lock_guard lock(mutex_);
      is_stopping_ = true;
      ::shutdown(listener_, SHUT_RDWR);
      for (const Client& client : clients_) {
        if (client.socket >= 0) ::shutdown(client.socket, SHUT_RDWR);
      }
    }
    changed_.notify_all();
    acceptor_.join();
    for (Client& client : clients_) client.thread.join();
    ::close(listener_);
  }

  /// "http://127.0.0.1:PORT" and `path`, which begins with '/'.
  std::string url(std::string_view path = "") const { return cat("http://", authority(), path); }
  std::string authority() const { return cat("127.0.0.1:", port_); }

  /// Answers requests for `path`, with any query, by `handler`, in place of who did before.
  void on(const std::string& path, Handler handler, BodyPolicy policy = {}) {
    std::lock_guard lock(mutex_);
    routes_[path] = {std::move(handler), policy};
    counts_.erase(path);
  }
  void on(const std::string& path, TestResponse response, BodyPolicy policy = {}) {
    on(
        path, [response](const TestRequest&) { return response; }, policy);
  }
  /// Answers what no path is registered for; 404 unless set.
  void otherwise(Handler handler) {
    std::lock_guard lock(mutex_);
    otherwise_ = {std::move(handler), {}};
  }

  /// Requests in the order their heads came.
  std::vector<TestRequest> requests() const {
    std::lock_guard lock(mutex_);
    return {requests_.begin(), requests_.end()};
  }
  std::vector<TestRequest> requests(const std::string& path) const {
    std::vector<TestRequest> found;
    for (TestRequest& request : requests()) {
      if (request.path() == path) found.push_back(std::move(request));
    }
    return found;
  }
  int connections() const {
    std::lock_guard lock(mutex_);
    return static_cast<int>(clients_.size());
  }
  /// The most requests that were waiting for their answer to begin at the same time.
  int most_at_once() const {
    std::lock_guard lock(mutex_);
    return most_at_once_;
  }
  /// Waits until `count` requests have come; false after `seconds`.
  bool wait_for_requests(std::size_t count, double seconds = 10) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::duration<double>(seconds),
                             [&] { return requests_.size() >= count; });
  }

 private:
  struct Route {
    Handler handler;
    BodyPolicy policy;
  };
  struct Client {
    int socket = -1;
    std::thread thread;
  };

  void accept_connections() {
    while (true) {
      const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      std::lock_guard lock(mutex_);
      if (is_stopping_) {
        if (socket >= 0) ::close(socket);
        return;
      }
      if (socket < 0) continue;
      const int on = 1;
      ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      const int number = static_cast<int>(clients_.size());
      Client& client = clients_.emplace_back();
      client.socket = socket;
      client.thread = std::thread([this, &client, number] { serve(client, number); });
    }
  }

  void serve(Client& client, int number) {
    HttpConnection connection(client.socket, [this](double seconds) { return sleep(seconds); });
    while (serve_one(connection, number)) {
    }
    std::lock_guard lock(mutex_);
    ::close(client.socket);
    client.socket = -1;
  }

  /// False when the connection is to end.
  bool serve_one(HttpConnection& connection, int number) {
    std::optional<TestRequest> request = connection.read_head();
    if (!request) return false;
    request->connection = number;
    const auto [route, record] = note(*request);
    const bool is_read = connection.read_body(*request, route.policy.read_at_most);
    {
      std::lock_guard lock(mutex_);
      record->body = request->body;
    }
    const TestResponse response = is_read ? route.handler(*request) : TestResponse();
    const bool is_due = is_read && sleep(response.delay_s);
    {
      // Before it is answered, so that the client's next request cannot come in between.
      std::lock_guard lock(mutex_);
      --at_once_;
    }
    return is_due && connection.play(*request, response);
  }

  /// Records the request and finds who answers it.
  std::pair<Route, TestRequest*> note(TestRequest& request) {
    std::lock_guard lock(mutex_);
    request.nth = counts_[request.path()]++;
    most_at_once_ = std::max(most_at_once_, ++at_once_);
    TestRequest& record = requests_.emplace_back(request);
    changed_.notify_all();
    const auto route = routes_.find(request.path());
    return {route == routes_.end() ? otherwise_ : route->second, &record};
  }

  bool sleep(double seconds) const {
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, std::chrono::duration<double>(seconds),
                              [&] { return is_stopping_; });
  }

  int listener_ = -1;
  int port_ = 0;
  mutable std::mutex mutex_;
  mutable std::condition_variable changed_;
  bool is_stopping_ = false;
  std::map<std::string, Route> routes_;
  Route otherwise_{[](const TestRequest& request) {
                     return respond(404, cat("nothing at ", request.target, "\n"), "text/plain");
                   },
                   {}};
  std::list<TestRequest> requests_;  // a list: records stay where they are
  std::map<std::string, int> counts_;
  int at_once_ = 0;
  int most_at_once_ = 0;
  std::list<Client> clients_;
  std::thread acceptor_;
};

}  // namespace tfjs::platform::testing
