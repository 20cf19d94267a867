// A session of libpq, with exceptions.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "error.h"

namespace basebackup {

struct ResultDeleter {
  void operator()(PGresult *result) const { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

// What a query returned, as text or as binary.
class Rows {
 public:
  explicit Rows(ResultPtr result) : result_(std::move(result)) {}

  int size() const { return PQntuples(result_.get()); }
  bool is_null(int row, int column) const { return PQgetisnull(result_.get(), row, column) != 0; }
  // Empty for NULL.  Lives as long as the rows.
  std::string_view get(int row, int column) const {
    return {PQgetvalue(result_.get(), row, column),
            static_cast<size_t>(PQgetlength(result_.get(), row, column))};
  }
  // Throws Error on text that is no number.
  int64_t number(int row, int column) const;
  bool boolean(int row, int column) const { return get(row, column) == "t"; }

 private:
  ResultPtr result_;
};

// Throws Error with what the server or the library said, and closes the session when it
// goes.
class Connection {
 public:
  explicit Connection(const std::string &conninfo);

  Rows query(const std::string &sql, const std::vector<std::string> &parameters = {});

  // Part of a file of the server; none if there is no such file.  It is shorter than
  // length where the file ends.
  std::optional<std::string> read(const std::string &path, uint64_t offset, uint64_t length);

  PGconn *get() const { return connection_.get(); }

  // For what failed in one of libpq's own functions.
  Error failure(const std::string &what) const;

 private:
  struct Deleter {
    void operator()(PGconn *connection) const { PQfinish(connection); }
  };
  std::unique_ptr<PGconn, Deleter> connection_;
};

// Throws Error if the result is one.
void check_result(const PGresult *result, const Connection &connection);

}  // namespace basebackup
