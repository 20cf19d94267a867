// The whole way from packages to a plan or an explanation: bytes decide what a small
// universe is like; everything possible is tried out to judge the answer.
#include "check.h"
#include "problem/ask.h"
#include "problem/case_file.h"
#include "solve/judge.h"
#include "solve/random_universe.h"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <random>
#include <string>

using extman::fuzz::check;
namespace test = extman::test;

namespace {

// A byte for each decision; when they are used up, a fixed sequence goes on.
class Bytes {
 public:
  Bytes(const std::uint8_t *data, std::size_t size) : next_(data), end_(data + size) {}

  std::uint32_t operator()() { return next_ < end_ ? *next_++ : after_(); }

 private:
  const std::uint8_t *next_;
  const std::uint8_t *end_;
  std::mt19937 after_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const test::Problem problem = test::random_problem(Bytes(data, size));
  try {
    const test::Outcome outcome = test::ask(problem);
    const test::Outcome backwards = test::ask(problem, test::Telling::kBackwards);
    const std::string fault = test::Judge(problem).fault_of(outcome);
    check(fault.empty(), fault.c_str(), test::describe(problem));
    check(backwards.after == outcome.after && backwards.text() == outcome.text(),
          "the order of files makes no difference", test::describe(problem));
  } catch (const std::exception &error) {
    check(false, error.what(), test::describe(problem));
  }
  return 0;
}
