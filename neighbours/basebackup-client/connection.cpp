#include "connection.h"

#include <array>
#include <charconv>
#include <iostream>

namespace basebackup {

namespace {

constexpr const char *kReadStatement = "SELECT pg_read_binary_file($1, $2, $3, true)";

// No conversion of file names, and nothing that ends a long backup; what is found by a
// name is core's.
constexpr const char *kSettings =
    "SET search_path = pg_catalog, pg_temp;"
    "SET client_min_messages = warning;"
    "SET statement_timeout = 0;"
    "SET lock_timeout = 0;"
    "SET idle_session_timeout = 0;"
    "SET idle_in_transaction_session_timeout = 0;"
    // From PostgreSQL 17 on.
    "SELECT set_config(name, '0', false) FROM pg_settings WHERE name = 'transaction_timeout'";

std::string without_line_feed(std::string text) {
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

void print_notice(void * /*unused*/, const char *message) { std::cerr << message; }

}  // namespace

int64_t Rows::number(int row, int column) const {
  const std::string_view text = get(row, column);
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) {
    throw Error("the server sent \"" + std::string(text) + "\" where a number was expected");
  }
  return value;
}

Connection::Connection(const std::string &conninfo) {
  const std::array<const char *, 4> keywords = {"dbname", "fallback_application_name",
                                                "client_encoding", nullptr};
  const std::array<const char *, 4> values = {conninfo.c_str(), "basebackup", "SQL_ASCII", nullptr};

  connection_.reset(PQconnectdbParams(keywords.data(), values.data(), 1));
  if (PQstatus(connection_.get()) != CONNECTION_OK) {
    throw Error(without_line_feed(PQerrorMessage(connection_.get())));
  }
  PQsetNoticeProcessor(connection_.get(), print_notice, nullptr);
  const ResultPtr result(PQexec(connection_.get(), kSettings));
  check_result(result.get(), *this);
}

Error Connection::failure(const std::string &what) const {
  return Error(what + ": " + without_line_feed(PQerrorMessage(connection_.get())));
}

void check_result(const PGresult *result, const Connection &connection) {
  switch (PQresultStatus(result)) {
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_COMMAND_OK:
    case PGRES_PIPELINE_SYNC:
      return;
    default:
      break;
  }
  const char *primary = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  if (primary == nullptr) throw connection.failure("lost the connection to the server");
  const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
  const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
  const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  std::string message = std::string("the server says: ") + primary;
  if (detail != nullptr) message += std::string(" (") + detail + ")";
  if (hint == nullptr && state != nullptr && std::string_view(state) == "42501") {
    hint = "A superuser can give the role what it needs by basebackup.grant_to().";
  }
  throw Error(message, hint != nullptr ? hint : "", state != nullptr ? state : "");
}

Rows Connection::query(const std::string &sql, const std::vector<std::string> &parameters) {
  std::vector<const char *> values;
  values.reserve(parameters.size());
  for (const std::string &parameter : parameters) values.push_back(parameter.c_str());
  ResultPtr result(PQexecParams(connection_.get(), sql.c_str(), static_cast<int>(values.size()),
                                nullptr, values.data(), nullptr, nullptr, 0));
  check_result(result.get(), *this);
  return Rows(std::move(result));
}

std::optional<std::string> Connection::read(const std::string &path, uint64_t offset,
                                            uint64_t length) {
  const std::string offset_text = std::to_string(offset);
  const std::string length_text = std::to_string(length);
  const std::array<const char *, 3> values = {path.c_str(), offset_text.c_str(),
                                              length_text.c_str()};
  ResultPtr result(PQexecParams(connection_.get(), kReadStatement, 3, nullptr, values.data(),
                                nullptr, nullptr, 1));
  check_result(result.get(), *this);
  const Rows rows(std::move(result));
  if (rows.is_null(0, 0)) return std::nullopt;
  if (rows.get(0, 0).size() > length) {
    throw Error("the server sent more of a file than was asked for");
  }
  return std::string(rows.get(0, 0));
}

}  // namespace basebackup
