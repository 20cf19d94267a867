#include "support/budget.h"

#include "support/translate.h"

namespace extman::support {

// Not inline: steps are counted in the innermost loops.

void Budget::fail_steps() const {
  throw LimitReached(tr("the solver reached its limit of %s steps", std::to_string(max_steps_)));
}

void Budget::fail_memory() const {
  throw LimitReached(
      tr("the solver reached its memory limit of %s kB", std::to_string(max_memory_ / 1024)));
}

}  // namespace extman::support
