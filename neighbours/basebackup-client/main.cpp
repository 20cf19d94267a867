// basebackup: a base backup over ordinary SQL connections.

#include <cstdio>
#include <exception>
#include <iostream>

#include "backup.h"
#include "error.h"
#include "options.h"

int main(int argc, char **argv) {
  using basebackup::Error;
  using basebackup::Options;
  using basebackup::UsageError;
  try {
    const Options options = basebackup::parse_options(argc, argv);
    if (options.help) {
      std::cout << basebackup::usage();
      return 0;
    }
    if (options.version) {
      std::cout << "basebackup " << BASEBACKUP_VERSION << "\n";
      return 0;
    }
    return basebackup::take_backup(options) ? 0 : 1;
  } catch (const UsageError &error) {
    std::cerr << "basebackup: error: " << error.what()
              << "\nbasebackup: hint: Try \"basebackup --help\" for more information.\n";
  } catch (const Error &error) {
    std::cerr << "basebackup: error: " << error.what() << "\n";
    if (!error.hint().empty()) std::cerr << "basebackup: hint: " << error.hint() << "\n";
  } catch (const std::exception &error) {
    std::cerr << "basebackup: error: " << error.what() << "\n";
  }
  return 1;
}
