#include "debian/input.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace extman::bench {

namespace {

constexpr char kHelper[] = "/usr/lib/apt/apt-helper";

bool is_compressed(const std::string &path) {
  for (const char *suffix : {".lz4", ".xz", ".gz", ".bz2", ".zst"}) {
    const std::size_t length = std::strlen(suffix);
    if (path.size() > length && path.compare(path.size() - length, length, suffix) == 0) {
      return true;
    }
  }
  return false;
}

[[noreturn]] void fail(const std::string &path, const std::string &what) {
  throw std::runtime_error(path + ": " + what);
}

}  // namespace

Input::Input(const std::string &path) : path_(path) {
  fd_ = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd_ < 0) fail(path, std::strerror(errno));
  if (is_compressed(path)) start_helper();
}

Input::~Input() {
  if (fd_ >= 0) close(fd_);
  if (helper_ > 0) waitpid(helper_, nullptr, 0);
}

void Input::start_helper() {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) fail(path_, std::strerror(errno));
  helper_ = fork();
  if (helper_ == 0) {
    dup2(ends[1], STDOUT_FILENO);
    execl(kHelper, kHelper, "cat-file", path_.c_str(), static_cast<char *>(nullptr));
    _exit(127);
  }
  close(ends[1]);
  close(fd_);
  fd_ = ends[0];
  if (helper_ < 0) fail(path_, std::strerror(errno));
}

void Input::finish() {
  if (helper_ <= 0) return;
  int status = 0;
  waitpid(helper_, &status, 0);
  helper_ = -1;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fail(path_, std::string(kHelper) + " could not read it");
  }
}

std::string read_all(const std::string &path) {
  Input input(path);
  std::string text;
  char room[1 << 16];
  for (;;) {
    const ssize_t got = read(input.fd(), room, sizeof room);
    if (got < 0) fail(path, std::strerror(errno));
    if (got == 0) break;
    text.append(room, static_cast<std::size_t>(got));
  }
  input.finish();
  return text;
}

}  // namespace extman::bench
