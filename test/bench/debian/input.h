// The bytes of a file, whether it is compressed or not.
#pragma once

#include <sys/types.h>

#include <string>

namespace extman::bench {

// Opens a file; one that is compressed is read through apt's own helper, which
// knows every format that apt keeps its lists in.  Throws std::runtime_error.
class Input {
 public:
  explicit Input(const std::string &path);
  Input(const Input &) = delete;
  Input &operator=(const Input &) = delete;
  ~Input();

  int fd() const { return fd_; }

  // Called at the end of the text: throws unless all of it came through.
  void finish();

 private:
  void start_helper();

  std::string path_;
  int fd_ = -1;
  pid_t helper_ = -1;
};

// All of it at once.
std::string read_all(const std::string &path);

}  // namespace extman::bench
