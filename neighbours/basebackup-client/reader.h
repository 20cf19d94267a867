// Reads files of the server ahead: the next request goes out before the last has been
// answered, so that server, network and disk all have something to do (libpq's pipeline
// and single-row modes).
//
// An answer comes in rows of one piece each.  Their size decides how fast it all is: with
// more than 64 kB of row and header, the server's buffers become so large that the C
// library gives their memory back to the kernel after each row, and the kernel clears it
// anew for the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "connection.h"

namespace basebackup {

// What came of a file at one place.
class Piece {
 public:
  explicit Piece(ResultPtr result) : rows_(std::move(result)) {}

  // No such file.
  bool missing() const { return rows_.is_null(0, 0); }
  // Short where the file ended.
  std::string_view data() const { return rows_.get(0, 0); }

 private:
  Rows rows_;
};

// The connection must live longer, and is of no use for anything else.
class Reader {
 public:
  Reader(Connection &connection, uint32_t block_size);

  // A multiple of the block size.
  uint64_t piece() const { return piece_; }

  // Asks for part of a file.  It comes in pieces of piece() bytes, the last perhaps smaller.
  void request(const std::string &path, uint64_t begin, uint64_t end);

  // The next piece of the oldest request.
  Piece next();

  // What is to come yet.
  size_t requests() const { return pieces_.size(); }
  uint64_t bytes() const { return bytes_; }

 private:
  struct Expected {
    uint64_t bytes = 0;  // not yet received
    bool begun = false;
  };

  Connection &connection_;
  uint64_t piece_;
  std::deque<Expected> pieces_;
  uint64_t bytes_ = 0;
};

}  // namespace basebackup
