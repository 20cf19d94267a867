#include "error.h"

#include <cerrno>
#include <system_error>

namespace basebackup {

Error system_error(const std::string &message) {
  return Error(message + ": " + std::generic_category().message(errno));
}

}  // namespace basebackup
