#include "reader.h"

#include <array>

namespace basebackup {

namespace {
constexpr const char *kName = "basebackup_read";
}

Reader::Reader(Connection &connection) : connection_(connection) {
  const ResultPtr result(PQprepare(connection.get(), kName, kReadStatement, 3, nullptr));
  check_result(result.get(), connection);
  if (PQenterPipelineMode(connection.get()) != 1) {
    throw connection.failure("could not enter pipeline mode");
  }
}

void Reader::request(const std::string &path, uint64_t offset, uint64_t length) {
  const std::string offset_text = std::to_string(offset);
  const std::string length_text = std::to_string(length);
  const std::array<const char *, 3> values = {path.c_str(), offset_text.c_str(),
                                              length_text.c_str()};
  // A transaction for each: the server sends each answer when it has it, and keeps no
  // snapshot meanwhile.
  if (PQsendQueryPrepared(connection_.get(), kName, 3, values.data(), nullptr, nullptr, 1) != 1 ||
      PQpipelineSync(connection_.get()) != 1) {
    throw connection_.failure("could not send a request");
  }
  ++outstanding_;
}

Piece Reader::next() {
  ResultPtr data(PQgetResult(connection_.get()));
  check_result(data.get(), connection_);
  // The end of the statement, and of its transaction.
  const ResultPtr end(PQgetResult(connection_.get()));
  const ResultPtr sync(PQgetResult(connection_.get()));
  check_result(sync.get(), connection_);
  --outstanding_;
  return Piece(std::move(data));
}

}  // namespace basebackup
