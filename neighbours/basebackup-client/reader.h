// Reads files of the server ahead: the next pieces are asked for before the last has
// come, so that server, network and disk all have something to do (libpq's pipeline mode).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "connection.h"

namespace basebackup {

// What came for one request.
class Piece {
 public:
  explicit Piece(ResultPtr result) : rows_(std::move(result)) {}

  bool missing() const { return rows_.is_null(0, 0); }
  std::string_view data() const { return rows_.get(0, 0); }

 private:
  Rows rows_;
};

// The connection must live longer, and is of no use for anything else.
class Reader {
 public:
  explicit Reader(Connection &connection);

  void request(const std::string &path, uint64_t offset, uint64_t length);

  // The answer to the oldest request.
  Piece next();

  size_t outstanding() const { return outstanding_; }

 private:
  Connection &connection_;
  size_t outstanding_ = 0;
};

}  // namespace basebackup
