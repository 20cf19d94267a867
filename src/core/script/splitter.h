// Cuts SQL text into statements, streaming, holding no more than one
// statement and the piece just fed; of COPY data, only that piece.  The lexical
// rules are those of PostgreSQL's scan.l and psqlscan.l.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "support/no_postgres.h"

namespace extman::script {

enum class PieceKind {
  kMore,       // feed more, or say that it was the last
  kStatement,  // one statement, without its semicolon; never blank or only comments
  kCopyData,   // inline COPY data, cut anywhere
  kCopyEnd,    // the "\." line, or the end of the text
  kMeta,       // a psql line other than \echo, \restrict and \unrestrict
  kEnd         // everything was taken
};

struct Piece {
  PieceKind kind;
  std::string_view text;  // valid until the next call; a NUL stands behind its end
  std::uint64_t offset;   // of its first byte, from the start of the text
  std::uint64_t line;     // of its first byte, from 1
};

class Splitter {
 public:
  explicit Splitter(bool standard_strings);
  ~Splitter();
  Splitter(const Splitter &) = delete;
  Splitter &operator=(const Splitter &) = delete;

  // standard_conforming_strings from here on; between statements only.
  void set_standard_strings(bool on) noexcept;

  // The data is copied.  Throws support::Misuse after a last one.
  void feed(std::string_view data, bool last);

  Piece next();

  // The statement just taken was COPY FROM stdin: data follows its line.
  void expect_copy();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace extman::script
