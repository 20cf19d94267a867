#include "reader.h"

#include <algorithm>
#include <array>

namespace basebackup {

namespace {

constexpr uint64_t kLargestPiece = 56 * 1024;

constexpr const char *kName = "basebackup_read";
constexpr const char *kStatement =
    "SELECT pg_catalog.pg_read_binary_file($1, piece, least($4, $3 - piece), true)"
    " FROM pg_catalog.generate_series($2::bigint, $3::bigint - 1, $4::bigint) AS piece";

}  // namespace

Reader::Reader(Connection &connection, uint32_t block_size)
    : connection_(connection), piece_(kLargestPiece / block_size * block_size) {
  const ResultPtr result(PQprepare(connection.get(), kName, kStatement, 4, nullptr));
  check_result(result.get(), connection);
  if (PQenterPipelineMode(connection.get()) != 1) {
    throw connection.failure("could not enter pipeline mode");
  }
}

void Reader::request(const std::string &path, uint64_t begin, uint64_t end) {
  const std::string begin_text = std::to_string(begin);
  const std::string end_text = std::to_string(end);
  const std::string piece_text = std::to_string(piece_);
  const std::array<const char *, 4> values = {path.c_str(), begin_text.c_str(), end_text.c_str(),
                                              piece_text.c_str()};
  // A transaction for each: the server sends an answer when it has it, and keeps no
  // snapshot meanwhile.
  if (PQsendQueryPrepared(connection_.get(), kName, 4, values.data(), nullptr, nullptr, 1) != 1 ||
      PQpipelineSync(connection_.get()) != 1) {
    throw connection_.failure("could not send a request");
  }
  pieces_.push_back({end - begin, false});
  bytes_ += end - begin;
}

Piece Reader::next() {
  Expected &expected = pieces_.front();
  if (!expected.begun && PQsetSingleRowMode(connection_.get()) != 1) {
    throw connection_.failure("could not enter single-row mode");
  }
  expected.begun = true;
  ResultPtr row(PQgetResult(connection_.get()));
  check_result(row.get(), connection_);
  if (PQntuples(row.get()) != 1) throw Error("the server sent less of a file than was asked for");

  const uint64_t length = std::min(expected.bytes, piece_);
  if (static_cast<uint64_t>(PQgetlength(row.get(), 0, 0)) > length) {
    throw Error("the server sent more of a file than was asked for");
  }
  expected.bytes -= length;
  bytes_ -= length;
  if (expected.bytes == 0) {
    // A result without rows, the end of the statement, and the end of its transaction.
    for (int i = 0; i < 3; ++i) {
      const ResultPtr end(PQgetResult(connection_.get()));
      if (end != nullptr) check_result(end.get(), connection_);
    }
    pieces_.pop_front();
  }
  return Piece(std::move(row));
}

}  // namespace basebackup
