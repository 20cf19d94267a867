// One run through calls of the C API, in which some allocation fails.
#pragma once

#include "allocations.h"
#include "extman/core.h"

#include <string>

namespace extman::faults {

enum class After {
  kRetry,   // the call that ran out of memory is made once more, then the rest
  kGiveUp,  // everything is freed
};

// Thrown through a scenario, whose handles free themselves.
struct GaveUp {};

class Trial {
 public:
  Trial(Plan plan, After after) : after_(after) { start(plan); }

  // body(error) makes one call.  Returns its code, once memory sufficed.
  template <class Body>
  ExtmanCode call(const char *name, Body body) {
    ExtmanError error = {};
    const ExtmanCode code = once(body, &error);
    hit_ |= thrown() + refused() != 0;
    if (thrown() == 0) {
      // Whoever is refused memory by a null pointer may do without.
      if (code == EXTMAN_NO_MEMORY && refused() == 0) blame(name, "was given all memory", error);
      return told(name, code, error);
    }
    if (code != EXTMAN_NO_MEMORY || std::string(error.message) != "out of memory") {
      blame(name, "ran out of memory", error);
    }
    if (after_ == After::kGiveUp) throw GaveUp();
    start({});
    error = {};
    return told(name, once(body, &error), error);
  }

  void say(const std::string &text) { said_ += text + "\n"; }

  // What came out of all calls, errors among it: the same whatever failed meanwhile.
  const std::string &said() const { return said_; }

  // Whether what was planned happened.
  bool is_hit() const { return hit_; }

  // What a call did wrong, or "".
  const std::string &fault() const { return fault_; }

 private:
  template <class Body>
  static ExtmanCode once(Body body, ExtmanError *error) {
    const InCore in_core;
    return body(error);
  }

  ExtmanCode told(const char *name, ExtmanCode code, const ExtmanError &error) {
    if (code != EXTMAN_OK) {
      say(std::string(name) + ": " + std::to_string(code) + " " + std::to_string(error.line) + ":" +
          std::to_string(error.column) + " " + error.message + " / " + error.hint);
    }
    return code;
  }

  void blame(const char *name, const char *what, const ExtmanError &error) {
    fault_ += std::string(name) + " " + what + ", and says: code " + std::to_string(error.code) +
              ", \"" + error.message + "\"\n";
  }

  After after_;
  bool hit_ = false;
  std::string said_;
  std::string fault_;
};

}  // namespace extman::faults
