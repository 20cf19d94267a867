#include "peers/cadical.h"

#include <cadical.hpp>

#include <chrono>

namespace extman::bench {

namespace {

using Clock = std::chrono::steady_clock;

class Deadline : public CaDiCaL::Terminator {
 public:
  explicit Deadline(double limit) : begin_(Clock::now()), limit_(limit) {}
  bool terminate() override {
    return std::chrono::duration<double>(Clock::now() - begin_).count() > limit_;
  }

 private:
  Clock::time_point begin_;
  double limit_;
};

}  // namespace

Verdict cadical_solve(const Cnf &cnf, double limit) {
  CaDiCaL::Solver solver;
  Deadline deadline(limit);
  solver.set("quiet", 1);
  solver.connect_terminator(&deadline);
  for (const std::vector<int> &clause : cnf.clauses) {
    for (int literal : clause) solver.add(literal);
    solver.add(0);
  }
  const int status = solver.solve();
  solver.disconnect_terminator();
  // The numbers of IPASIR, the interface that such solvers have in common.
  if (status == 10) return Verdict::kYes;
  return status == 20 ? Verdict::kNo : Verdict::kUnknown;
}

}  // namespace extman::bench
