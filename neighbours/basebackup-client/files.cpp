#include "files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <vector>

#include "error.h"
#include "paths.h"

namespace basebackup {

namespace {

namespace fs = std::filesystem;

constexpr size_t kBuffer = 1 << 20;

class Descriptor {
 public:
  Descriptor(const std::string &path, int flags) : file_(open(path.c_str(), flags | O_CLOEXEC)) {}
  ~Descriptor() {
    if (file_ >= 0) close(file_);
  }
  Descriptor(const Descriptor &) = delete;
  Descriptor &operator=(const Descriptor &) = delete;
  int get() const { return file_; }

 private:
  int file_;
};

}  // namespace

void write_all(int file, std::string_view data, const std::string &name) {
  while (!data.empty()) {
    const ssize_t written = write(file, data.data(), data.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      throw system_error("could not write file \"" + name + "\"");
    }
    data.remove_prefix(static_cast<size_t>(written));
  }
}

bool read_pieces(const std::string &path, const std::function<void(std::string_view)> &piece) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return false;
    throw system_error("could not stat file \"" + path + "\"");
  }
  if (!S_ISREG(status.st_mode)) return false;
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) throw system_error("could not open file \"" + path + "\"");
  std::vector<char> buffer(kBuffer);
  while (true) {
    const ssize_t length = read(file.get(), buffer.data(), buffer.size());
    if (length < 0) {
      if (errno == EINTR) continue;
      throw system_error("could not read file \"" + path + "\"");
    }
    if (length == 0) return true;
    piece({buffer.data(), static_cast<size_t>(length)});
  }
}

std::string read_file(const std::string &path) {
  std::string content;
  if (!read_pieces(path, [&](std::string_view piece) { content += piece; })) {
    throw Error("there is no file \"" + path + "\"");
  }
  return content;
}

int create_file(const std::string &path) {
  const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (file < 0) throw system_error("could not create file \"" + path + "\"");
  return file;
}

void close_file(int file, const std::string &path) {
  if (close(file) != 0) throw system_error("could not write file \"" + path + "\"");
}

void write_file(const std::string &path, std::string_view content) {
  const int file = create_file(path);
  try {
    write_all(file, content, path);
  } catch (...) {
    close(file);
    throw;
  }
  close_file(file, path);
}

void patch_file(const std::string &path, uint64_t offset, std::string_view data) {
  const Descriptor file(path, O_WRONLY | O_NOFOLLOW);
  if (file.get() < 0) throw system_error("could not open file \"" + path + "\"");
  if (lseek(file.get(), static_cast<off_t>(offset), SEEK_SET) < 0) {
    throw system_error("could not seek in file \"" + path + "\"");
  }
  write_all(file.get(), data, path);
}

void remove_file(const std::string &path) {
  if (unlink(path.c_str()) != 0 && errno != ENOENT) {
    throw system_error("could not remove file \"" + path + "\"");
  }
}

void make_directories(const std::string &path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (error) throw Error("could not create directory \"" + path + "\": " + error.message());
}

bool is_empty_directory(const std::string &path) {
  std::error_code error;
  const fs::file_status status = fs::symlink_status(path, error);
  if (status.type() == fs::file_type::not_found) return true;
  if (!fs::is_directory(path, error)) {
    throw Error("\"" + path + "\" exists but is not a directory");
  }
  const bool empty = fs::is_empty(path, error);
  if (error) throw Error("could not read directory \"" + path + "\": " + error.message());
  return empty;
}

void sync_path(const std::string &path) {
  const Descriptor file(path, O_RDONLY);
  if (file.get() < 0) throw system_error("could not open file \"" + path + "\"");
  // Some file systems know no such thing for directories.
  if (fsync(file.get()) != 0 && errno != EINVAL && errno != EBADF) {
    throw system_error("could not write file \"" + path + "\" to disk");
  }
}

}  // namespace basebackup
